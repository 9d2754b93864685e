package org.apache.cloudstack.framework.dbupgrade.finding;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every kind of {@link Finding}, with its messages. In them {@code %1$s} is the subject, and the further places are the facts
 * that the code is given. What readers can do differs, so that messages name it as {@link Wording} explains.
 */
public enum FindingCode {
    MALFORMED_NAME(
            "a file or class in a migration location has no migration's name",
            "%1$s is in a migration location, but %2$s.",
            "Rename it, for example to %3$s, or move it elsewhere. The rules are in conventions.md."),
    DUPLICATE_SEQUENCE(
            "two migrations have the same place in a release",
            "%1$s and %2$s both claim place %4$s of release %3$s (A equals 1, B equals 2, and case does not count).",
            "Give one of them another sequence, such as %5$s."),
    MALFORMED_DIRECTIVE(
            "a directive of a script cannot be understood",
            "%1$s, line %2$s: %3$s.",
            "Write one of: %4$s. Directives come before the first statement."),
    UNREADABLE_SCRIPT(
            "a script cannot be split into statements",
            "%1$s cannot be read: %2$s.",
            "Correct the script. It must be UTF-8, with every quote, comment and block closed."),
    TRANSACTION_UNMARKED(
            "a script opens a transaction that takes no checkpoint",
            "%1$s opens %4$s in statement %2$s (line %3$s), which takes no checkpoint, so that nobody could say after an"
                    + " interruption what was done: %5$s.",
            "Write START TRANSACTION … COMMIT, without XA and READ ONLY. Nothing was changed."),
    UNREADABLE_FILE("a file or directory in a migration location cannot be read", "%1$s cannot be read: %2$s.", "%3$s"),
    UNUSABLE_CLASS(
            "a class with a migration's name cannot be used",
            "%1$s cannot be used as a migration: %2$s.",
            "Implement JavaMigration in a concrete class, with a constructor whose arguments are beans, or none."),
    IMPOSSIBLE_CHANGE(
            "a class states a change of the schema that cannot be made",
            "%1$s states a change that cannot be made: %2$s.",
            "Correct the class. It must return the same on every call, and must not query a database."),
    LOCATION_MISSING(
            "a migration location does not exist",
            "There is no migration location %1$s.",
            "Correct {cloud.dbupgrade.locations|--locations}: classpath:<directory> or filesystem:<directory>."),
    NO_MIGRATIONS(
            "no migration was found",
            "No migration was found in %1$s.",
            "Put migrations such as V_400_A__install.sql there, or correct {cloud.dbupgrade.locations|--locations and --jars}. An empty"
                    + " location is refused, because it usually is a packaging mistake."),
    RELEASES_FILE_WRONG(
            "releases.yaml breaks a rule",
            "%1$s, line %2$s: %3$s.",
            "Correct the line. One release is one entry: 4.6.1: {follows: [4.5.3, 4.6.0], shipped: 2015-11-30, note: text}."),
    UNDECLARED_RELEASE(
            "a migration belongs to a release that releases.yaml does not declare",
            "%1$s belongs to release %2$s, which %3$s does not declare.",
            "Declare it there in one line, %2$s: {follows: <releases>}, or give the migration another release."),
    UNKNOWN_RELEASE(
            "the target release is unknown",
            "No migration and no entry of releases.yaml knows the target release %1$s; the newest known one is %2$s.",
            "Correct {cloud.dbupgrade.release|--target}. If it is right, declare it in releases.yaml in one line, %1$s:"
                    + " {follows: <releases>}, or where there is no such file,"
                    + " accept it with {cloud.dbupgrade.unknown-release=allow|--unknown-release}. Nothing was changed."),
    UNKNOWN_TARGET(
            "the release asked for is older than all known ones",
            "Release %1$s is asked for, but the oldest release with migrations is %2$s.",
            "Ask for %2$s or later with {cloud.dbupgrade.release|--target}, or add the migrations of %1$s."),
    SERVER_UNREACHABLE(
            "the database server does not answer",
            "The database server at %1$s does not answer.",
            "Start it, or correct the address in {spring.datasource.url; then start again|--url, DBUPGRADE_URL or the file of"
                    + " --config; then run the same command again}."),
    ACCESS_DENIED(
            "the server refuses user or password",
            "The database server at %1$s refuses the user or the password.",
            "Correct {spring.datasource.username and spring.datasource.password|--user and --password-file, DBUPGRADE_USER and"
                    + " DBUPGRADE_PASSWORD, or the file of --config}. Nothing was changed."),
    DATABASE_MISSING(
            "a database does not exist and may not be created",
            "The database %1$s does not exist.",
            "Create it, or let the upgrade do so: a URL without database name (or with createDatabaseIfNotExist=true){ and"
                    + " cloud.dbupgrade.create-schemas=true|}. Nothing was changed."),
    NO_DATABASE_NAMED(
            "neither the URL nor the settings name a database",
            "The URL %1$s names no database, and {cloud.dbupgrade.schemas is not set|there is no --schemas}.",
            "Name the database in the URL, as in jdbc:mysql://localhost:3306/shop, or with {cloud.dbupgrade.schemas|--schemas}."
                    + " Nothing was changed."),
    URL_DATABASE_NOT_UPGRADED(
            "the URL names a database that is not among those of the upgrade",
            "The URL names the database %1$s, and the upgrade is of %2$s.",
            "Add %1$s to {cloud.dbupgrade.schemas|--schemas}, or let the URL name one of them."),
    DATA_SOURCE_AMBIGUOUS(
            "the application has several data sources, and does not say which one is upgraded",
            "There are migrations in %1$s, and several data sources of which none is the primary one: %2$s.",
            "{Mark the one of the upgrade with @DatabaseUpgradeDataSource, or the application's main one with @Primary, or set"
                    + " cloud.dbupgrade.url. Where nothing is to be upgraded, set cloud.dbupgrade.enabled=false.|Name the database"
                    + " with --url.}"),
    DATA_SOURCE_MISSING(
            "the application has migrations, and no data source",
            "There are migrations in %1$s, and the application has no DataSource, so that nothing would be upgraded.",
            "{Configure one with spring.datasource.url, and do not exclude Spring Boot's DataSourceAutoConfiguration; beside"
                    + " R2DBC, or without a data source of the application, set cloud.dbupgrade.url, user and password. Where nothing"
                    + " is to be upgraded, set cloud.dbupgrade.enabled=false.|Name the database with --url.}"),
    DATABASE_LOST(
            "a database does not exist, while the first one is at a release",
            "The database %1$s does not exist, while %2$s is at release %3$s.",
            "Correct {cloud.dbupgrade.schemas|--schemas}. If %1$s was lost, restore it; if it is new, make it first: CREATE"
                    + " DATABASE %4$s. Nothing was changed."),
    PRIVILEGE_MISSING(
            "the database user lacks a privilege",
            "The database user %1$s lacks a privilege that is needed here.",
            "Let an administrator grant it, and {start|run the same command} again: %2$s;"),
    SERVER_READ_ONLY(
            "the server accepts no writes",
            "The database server at %1$s is read-only.",
            "Connect to the primary, or set read_only=0 there{; a pool of read-only connections needs"
                    + " spring.datasource.hikari.read-only=false|}. Nothing was changed."),
    UNSUPPORTED_SERVER(
            "the server is neither MySQL 8 or later nor MariaDB 10.6 or later",
            "The database server is %1$s.",
            "Use MySQL from 8.0 or MariaDB from 10.6.%2$s Nothing was changed."),
    SERVER_ERROR(
            "the server answered with an unexpected error",
            "The database server at %1$s answered with an error.",
            "Read the server's own message, fix its cause and {start|run the same command} again."),
    DATABASE_NEWER(
            "the database is newer than the code",
            "The database is at release %1$s, and this code is %2$s: %3$s.",
            "{Start code of release %1$s or later|Give migrations of release %1$s or later with --jars or --locations}. There is no downgrade: to go back, restore the backup taken before the"
                    + " upgrade. A release that was recorded by mistake is taken back by 'dbupgrade releases forget'. Nothing"
                    + " was changed."),
    RELEASE_APPLIED(
            "a recorded release cannot be taken back, since migrations of it were applied",
            "Release %1$s cannot be taken back: %2$s of it was applied.",
            "To go back, restore the backup taken before the upgrade. Nothing was changed."),
    OLDER_SERVERS_LIVE(
            "a step that this code cannot do without has to wait until older nodes are gone",
            "%1$s %2$s.",
            "Stop these nodes and {start|run the same command} again, or wait until they have been replaced. One that crashed"
                    + " counts as gone {after cloud.dbupgrade.node-timeout|some minutes after its last heartbeat}. What could be done"
                    + " without harming them was done."),
    ROLLING_IMPOSSIBLE(
            "a step cannot be done while nodes of the release before still run, and rolling upgrades are required",
            "With nodes of release %2$s still running, %1$s %3$s.",
            "Split it into what only adds and what takes away, declare its phase where it is Java, or ship it two releases"
                    + " apart. To upgrade with all nodes stopped, {set cloud.dbupgrade.rolling=auto|add --rolling auto}. Nothing was changed."),
    DATABASE_BEHIND(
            "the database must be upgraded first, and this node may not do it",
            "The database is at release %1$s, and this code needs %2$s.",
            "{Upgrade the database first, or start the node with cloud.dbupgrade.mode=upgrade|Run dbupgrade upgrade first}."
                    + " Nothing was changed."),
    CHANGE_NOT_IN_TARGET(
            "the database holds a change that the code's release does not contain",
            "The database holds %1$s of release %2$s, a change that release %3$s does not contain.",
            "%4$s. Nothing was changed."),
    CONFLICT(
            "two changes of parallel lines do not commute, so that their order would make a difference",
            "%1$s and %2$s stand on lines that do not follow each other, and do not commute: %3$s.",
            "Check both, then state how it is resolved: '-- dbupgrade: resolves=%4$s' in a migration of the release"
                    + " that joins the lines, or '-- dbupgrade: commutes-with=%5$s because …' in %1$s. Nothing was changed."),
    UNKNOWN_ORIGIN(
            "the database has tables, but nothing says at which release",
            "The databases %1$s hold tables (%2$s), but neither a history nor a version table.",
            "Check that this is the right database. If you know its release, record it once with"
                    + " {cloud.dbupgrade.baseline=<release>, such as %3$s|dbupgrade baseline <release>, such as dbupgrade baseline"
                    + " %3$s}. Nothing was changed."),
    LEGACY_UPGRADE_UNFINISHED(
            "an upgrade made before this library took over was left half done",
            "The table %1$s says that an upgrade to %2$s was started and not completed (step 'Upgrade').",
            "Restore the backup taken before that upgrade, or finish it with the software that started it. Nothing was"
                    + " changed."),
    LEGACY_RELEASE_UNKNOWN(
            "the release stated by the version table is not one an upgrade can start from",
            "%5$s says %2$s, %3$s.",
            "Upgrade with older software to %4$s or later first, or bring the missing migrations. Nothing was changed."),
    APPLIED_MIGRATION_CHANGED(
            "a migration was edited after it was applied",
            "%1$s was applied with other content: change id %2$s then, %3$s now.",
            "Put the old content back, and ship the difference as a new migration. Where both contents are right, say so at"
                    + " the head of the new one: '-- dbupgrade: supersedes=%2$s because …'. Nothing was changed."),
    APPLIED_MIGRATION_MISSING(
            "a migration that was applied is gone",
            "The database has %1$s of release %2$s, which this code does not bring.",
            "Put it back, or start the code it came from. Nothing was changed."),
    APPLIED_MIGRATION_RENAMED(
            "a migration was renamed after it was applied",
            "%1$s was applied under this name and is now called %2$s.",
            "Give it its old release and sequence again. Nothing was changed."),
    HISTORY_FOREIGN(
            "Flyway's history holds rows that are not of this library",
            "The history %1$s holds '%2$s', which is no migration of this library.",
            "Point {cloud.dbupgrade.schemas|--schemas} at the right databases, or move the other history to another table."),
    MIGRATION_INTERRUPTED(
            "a migration was cut off inside a statement whose outcome cannot be determined",
            "%1$s was interrupted in statement %2$s of %3$s (line %4$s), and the database does not show whether it took"
                    + " effect: %5$s",
            "Check whether the rows and tables that it changes are as before it. If it took effect, run dbupgrade"
                    + " resolve --done %1$s; if not, dbupgrade resolve --rerun"
                    + " %1$s{, both with the application's configuration. Then start again|. Then run dbupgrade upgrade again}:"
                    + " the upgrade resumes after the statement, or with it. Or restore the backup taken before the upgrade."),
    SESSION_LOST(
            "a half-done migration needs something that ended with its session",
            "%1$s stopped before statement %2$s of %3$s (line %4$s). The %5$s %6$s, which statement %7$s made and"
                    + " statement %8$s may use, ended with its session.",
            "Check what statements %7$s to %8$s have done so far. Either undo it and run dbupgrade resolve --rerun %1$s: the"
                    + " upgrade resumes with statement %7$s. Or finish it by hand and run dbupgrade resolve --done %1$s: it resumes"
                    + " after statement %8$s. Or restore the backup taken before the upgrade."),
    RESUMED_SCRIPT_CHANGED(
            "a half-done migration was edited in the part that is done",
            "%1$s was changed in its first %2$s statements, which are done.",
            "Put those statements back as they were; the failed statement and those after it may be changed."),
    MIGRATION_FAILED(
            "a migration failed",
            "%1$s failed%2$s. %3$s.",
            "%4$s To go back, restore the backup taken before the upgrade."),
    MIGRATION_UNFINISHED(
            "an upgrade was interrupted inside a migration",
            "%1$s was interrupted%2$s. %3$s.",
            "{Start|Run dbupgrade upgrade} again: the upgrade goes on there. To go back, restore the backup taken before the"
                    + " upgrade."),
    FLYWAY_STOPPED(
            "Flyway stopped between two migrations, as when a callback failed",
            "Flyway stopped: %1$s.",
            "Correct the callback. Then {start|run dbupgrade upgrade} again: the migrations that are done stay done."),
    RECORDS_UNREADABLE(
            "the records in the database are not ones that this version of the library writes",
            "The records in %1$s cannot be read: %2$s.",
            "{Start the code|Use the tool} that wrote them, or restore a backup. Nothing was changed."),
    PREFLIGHT_WARNING("a check before the upgrade warns", "The check '%1$s' warns: %2$s.", "%3$s."),
    PREFLIGHT_STOP("a check before the upgrade says no", "The check '%1$s' stops the upgrade: %2$s.", "%3$s."),
    REPEATABLE_READS_DROPPED(
            "a repeatable reads what a migration of the same upgrade drops",
            "%1$s reads %2$s, which %3$s drops, so that it would fail after that.",
            "Change %1$s so that it does without %2$s, in the same release. If it is not needed any more, drop what it made in a"
                    + " migration and end it with '-- dbupgrade: until=<version>'. Nothing was changed."),
    OBJECT_MISSING(
            "something that an applied migration made, and that the upgrade needs, is not in the databases",
            "%1$s, line %2$s, needs the %3$s, which %4$s made and which does not exist any more.",
            "Restore it: the backup that these databases came from may lack it, as a dump without --routines does. A procedure that"
                    + " migrations call belongs into R_<name>.sql with '-- dbupgrade: when=before', which runs again when it is"
                    + " missing. Nothing was changed."),
    VIEW_INVALID(
            "a view cannot be read after the upgrade",
            "The view %1$s cannot be read: %2$s.",
            "Correct its script so that it reads what is there now: R_<name>.sql where a repeatable makes it, else a new"
                    + " migration. Where it is not yours, name it in"
                    + " {cloud.dbupgrade.verify.ignore|verify.ignore of the file of --config}."),
    ROUTINE_USES_DROPPED(
            "a routine or trigger uses what the upgrade dropped",
            "The %1$s uses %2$s, which %3$s dropped, so that it fails when it runs.",
            "Correct its script so that it uses what is there now: R_<name>.sql where a repeatable makes it, else a new"
                    + " migration."),
    UPGRADE_RUNNING(
            "another node upgrades the database and does not finish",
            "Another node holds the upgrade of %1$s, for longer than %2$s.",
            "Read the log of that node{| (dbupgrade status names it)}. When it is gone, {start|run the same command} again."),
    CONNECTION_LOST(
            "the connection to the database server breaks again and again at the same place",
            "The connection broke %2$s times in a row while %1$s was upgraded, without one statement done in between.",
            "Look at the server's log: it may have ended while it ran the next statement. Then {start|run dbupgrade upgrade}"
                    + " again: the upgrade resumes there."),
    UPGRADE_UNFINISHED(
            "the database is between two releases, so that it can be compared with neither",
            "The database %1$s is not just at one release: %2$s.",
            "Let the upgrade end, or {start it again|run dbupgrade upgrade again}; then verify."),
    DATABASE_DIFFERS(
            "the database is not what its release makes",
            "The database is at release %1$s, and is not what that release makes: %2$s.",
            "Read all of it with dbupgrade verify, and revert what was changed by hand."),
    SCHEMA_NOT_VISIBLE(
            "the account does not see all of the schema",
            "The server does not show the account %1$s all %2$s, so these cannot be compared.",
            "Run this, or use an account that sees all: %3$s."),
    SNAPSHOT_MISSING(
            "a release carries no snapshot of its schema",
            "Release %1$s carries no snapshot, schema/%1$s.json below a location of migrations, so that the schema cannot be"
                    + " compared.",
            "Upgrade a fresh database to the release, and write the snapshot with dbupgrade snapshot <directory>."),
    SNAPSHOT_TWICE(
            "a release carries two snapshots of its schema",
            "%1$s and %2$s are both snapshots of release %3$s.",
            "Keep one of them, taken from a database that has all migrations."),
    SNAPSHOT_UNREADABLE(
            "the snapshot of a release's schema cannot be read",
            "The snapshot %1$s cannot be read: %2$s.",
            "Upgrade a fresh database to its release, and write the snapshot again with dbupgrade snapshot <directory>."),
    SNAPSHOT_OUTDATED(
            "the snapshot of a release's schema was taken from other migrations",
            "The snapshot %1$s was taken when release %2$s had the id %3$s, and now it has %4$s; differences may come from"
                    + " that.",
            "Upgrade a fresh database to its release, and write the snapshot again with dbupgrade snapshot <directory>."),
    QUERY_MALFORMED(
            "a verification query does more than read, or is none",
            "%1$s, line %2$s: %3$s.",
            "Write SELECT, WITH … SELECT or SHOW. What changes something is a migration."),
    QUERY_FAILED(
            "a verification query ended in an error",
            "The query in %1$s, line %2$s, ended in an error, so that it shows nothing.",
            "Correct it, or say '-- dbupgrade: until=<version>' when later releases have no more what it asks for."),
    CUT_REFUSED(
            "a release cannot be cut as things are", "Release %1$s cannot be cut: %2$s.", "%3$s Nothing was renamed."),
    GIT_UNREADABLE(
            "a git repository cannot be the source of the releases",
            "The repository %1$s does not show the releases: %2$s.",
            "Give a full clone with its tags, as git clone or git fetch --unshallow --tags makes it."),
    RELEASE_TAGGED_TWICE(
            "two tags name one release and different commits",
            "The tags %1$s and %2$s name the same release and different commits; %1$s was taken.",
            "Delete the wrong tag, or rename it."),
    RELEASE_NOT_TAGGED(
            "a tag carries a migration of a release that has no tag",
            "%1$s belongs to release %2$s, which has no tag, and is carried by tag %3$s.",
            "Tag release %2$s, or declare it in releases.yaml by hand; migrations of the release next are cut before a"
                    + " release is tagged."),
    RELEASE_WITHOUT_ANCESTOR(
            "a release other than the first descends from no tagged release",
            "Release %1$s descends from no lower release's tag, so that git cannot know what it follows.",
            "Declare it in releases.yaml by hand, %1$s: {follows: [<releases>]}. The entry will be kept."),
    HIGHER_RELEASE_IN_ANCESTRY(
            "a release descends from a higher one",
            "Release %1$s descends from the tag of release %2$s, which is higher; this was left out of the graph.",
            "A release follows lower ones only. Look whether a newer line was merged into an older one by mistake."),
    CARRIED_WITHOUT_ANCESTRY(
            "a release carries the migrations of another one and does not descend from its tag",
            "Release %1$s carries all migrations of release %2$s, but does not descend from its tag.",
            "If it contains that release, say so in releases.yaml by hand, %1$s: {follows: [%3$s]}. The entry will be kept."),
    FOLLOWS_NOT_BORNE_OUT(
            "releases.yaml says that a release follows another one, and its tag says otherwise",
            "Release %1$s was said to follow %2$s, but its tag neither descends from that release nor carries %3$s.",
            "Merge the change into the line of %1$s and ship it with the next release. The word was taken out of"
                    + " releases.yaml."),
    RELEASED_MIGRATION_CHANGED(
            "a migration has another content in a tag than in the tag of its own release",
            "%1$s has change id %2$s in tag %3$s, and %4$s in tag %5$s.",
            "Put the released content back, and ship the difference as a new migration. Where both contents are right, say"
                    + " so at the head of the new one: '-- dbupgrade: supersedes=<change id> because …'."),
    RELEASED_MIGRATION_REMOVED(
            "a migration of a release is missing from a later one that follows it",
            "%1$s is part of release %2$s, and tag %3$s, which follows it, lacks it.",
            "Put it back. A database that has it will be refused otherwise."),
    MIGRATION_ADDED_AFTER_RELEASE(
            "a migration was added to a release after its tag",
            "%1$s was not part of release %2$s when it was tagged, and is carried by tag %3$s.",
            "Give it the release that first shipped it. Databases that were at %2$s never ran it."),
    NOT_MERGED_FORWARD(
            "a change of one line is missing from the next release of a newer line",
            "%1$s, shipped with release %2$s, is missing from release %3$s.",
            "Merge it forward, so that the next release of that line carries it. Until then a database at %2$s has no way"
                    + " there."),
    BACKUP_TOOL_UNUSABLE(
            "the executable that a backup or a restore needs is not there, or is of the other product",
            "%1$s cannot be used: %2$s.",
            "Install the executables of the server's own product (such as Debian's packages mariadb-client and"
                    + " mysql-client), put them on the PATH, or name their directory with --tools. Nothing was changed."),
    BACKUP_NOT_EXACT(
            "a restore of the backup would not bring everything back",
            "A backup of %1$s would not bring everything back: %2$s.",
            "%3$s Nothing was written."),
    BACKUP_NO_SPACE(
            "the disk has no space for a backup",
            "The tables hold %2$s of data, and %1$s has space for %3$s, less than a quarter of it.",
            "Free space there, or name another directory. Nothing was written."),
    BACKUP_LITTLE_SPACE(
            "the disk may have too little space for a backup",
            "The tables hold %2$s of data, and %1$s has space for %3$s; it depends on how far the data can be compressed.",
            "Free space there when the backup fails."),
    BACKUP_FAILED(
            "a backup could not be taken",
            "No backup of %1$s was taken: %2$s.",
            "%3$s Nothing of the backup was left behind."),
    BACKUP_DAMAGED(
            "a backup is incomplete, or was changed after it was taken",
            "The backup %1$s cannot be used: %2$s.",
            "Use another backup, or another copy of this one. No database was changed."),
    BACKUP_FOREIGN(
            "a backup is not one of what is to be restored",
            "The backup %1$s is not restored: %2$s.",
            "%3$s No database was changed."),
    BACKUP_UNSAFE(
            "a backup has statements that no restore needs",
            "The backup %1$s is not restored: %2$s.",
            "No backup that this release takes has that: someone changed it and made its checksums again, or an earlier release"
                    + " took it. Use another backup, or another copy of this one. No database was changed."),
    BACKUP_DEFINERS(
            "views or stored programs of a backup run with the rights of other accounts",
            "Views, procedures, functions, triggers or events of the backup %1$s run with the rights of %2$s, with"
                    + " rights that the restoring account does not have.",
            "Check where the backup comes from before applications use the databases."),
    RESTORE_UNFINISHED(
            "the databases are those of a restore that is not done",
            "A restore of %1$s was started and is not done, so the databases are incomplete.",
            "Run the same dbupgrade restore again; it starts from the beginning."),
    RESTORE_FAILED(
            "a restore stopped in the middle",
            "The restore of %1$s stopped: %2$s.",
            "Fix the cause, and run the same dbupgrade restore again; it starts from the beginning. Until one is done, the databases %3$s are"
                    + " incomplete; start no application on them.");

    private final String meaning;
    private final String problem;
    private final String remedy;

    FindingCode(String meaning, String problem, String remedy) {
        this.meaning = meaning;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** One phrase for the table of the manual. */
    public String meaning() {
        return meaning;
    }

    /** A finding of this kind about the subject; the facts fill the places of the code's messages. */
    public Finding about(String subject, Object... facts) {
        return because("", subject, facts);
    }

    /** Like {@link #about}, with evidence such as the server's own error. */
    public Finding because(String evidence, String subject, Object... facts) {
        return new Finding(this, subject, List.of(facts), evidence);
    }

    String problem(Finding finding, Audience audience) {
        return text(problem, finding, audience);
    }

    String remedy(Finding finding, Audience audience) {
        return text(remedy, finding, audience);
    }

    private static String text(String template, Finding finding, Audience audience) {
        Object[] places = Stream.concat(Stream.of(finding.subject()), finding.facts().stream())
                .map(fact -> fact instanceof Wording wording ? wording.to(audience) : fact)
                .toArray();
        return new Wording(template).to(audience).formatted(places);
    }
}
