package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalEntry;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The records of an upgrade in the first schema: the journal, and beside it what others read, Flyway's history and
 * CloudStack's version table. All of them are written in the same transactions, so they never disagree.
 */
public final class UpgradeRecords {

    private final Connection connection;
    private final UpgradeSettings settings;
    private final Function<ReleaseVersion, ReleaseId> releaseIds;
    private final Schemas schemas;
    private final Journal journal;
    private final JournalWriter writer;
    private final FlywayHistory history;
    private final VersionTable versionTable;

    private boolean hasVersionTable;
    private NavigableSet<ReleaseVersion> committed = new TreeSet<>();
    private NavigableSet<ReleaseVersion> reached = committed;

    UpgradeRecords(
            Connection connection,
            UpgradeSettings settings,
            Journal journal,
            JournalWriter writer,
            Function<ReleaseVersion, ReleaseId> releaseIds) {
        String first = settings.schemas().get(0);
        this.connection = connection;
        this.settings = settings;
        this.releaseIds = releaseIds;
        this.schemas = new Schemas(settings.schemas());
        this.journal = journal;
        this.writer = writer;
        this.history = new FlywayHistory(first);
        this.versionTable = new VersionTable(first);
    }

    /** Makes databases and tables that are missing. */
    void create() throws SQLException {
        for (String missing : schemas.missing(connection)) {
            schemas.create(connection, missing, settings.session());
        }
        journal.create(connection);
        committed = journal.reached(connection);
        reached = committed;
        hasVersionTable = versionTable.exists(connection, schemas);
    }

    /** Takes note that what was written is committed. */
    void committed() {
        committed = reached;
    }

    /**
     * Records the migrations that were already there, and does not commit: with half of them, and without their releases, the
     * next start would run the rest.
     *
     * @return whether there are any
     */
    boolean takeOver(Plan plan) throws SQLException {
        List<JournalEntry> taken = plan.steps().stream()
                .filter(step -> step.action() == Action.BASELINE)
                .map(step -> JournalEntry.there(step.migration()))
                .toList();
        writer.write(taken);
        writer.reach(idsOf(plan.baselined()));
        reached = with(plan.baselined());
        return !taken.isEmpty() || !plan.baselined().isEmpty();
    }

    /** Makes Flyway's history ready for what Flyway is to call; does not commit. */
    void prepareHistory(Collection<Migration> planned) throws SQLException {
        history.forget(connection, planned);
    }

    /** What Flyway's history lacks. */
    List<Migration> withoutHistory(Collection<Migration> migrations) throws SQLException {
        return history.lacking(connection, journal, migrations);
    }

    /**
     * Notes that migrations are done, and with them releases. It may have been rolled back, and be written again. Does not
     * commit.
     */
    void done(List<JournalEntry> entries, NavigableSet<ReleaseVersion> complete) throws SQLException {
        reached = committed;
        for (JournalEntry entry : entries) {
            lookForVersionTable(entry.migration());
        }
        writer.write(entries);
        reach(complete);
    }

    /** Forgets that migrations were to be run, of which nothing was sent; does not commit. */
    void forget(Collection<Migration> intended) throws SQLException {
        for (Migration migration : intended) {
            writer.forget(migration);
        }
    }

    /**
     * Notes that releases are complete; does not commit. The version table, where there is one, receives those above all
     * others only: its newest row is what other software takes for the release of the database.
     */
    void reach(NavigableSet<ReleaseVersion> releases) throws SQLException {
        NavigableSet<ReleaseVersion> news = new TreeSet<>(releases);
        news.removeAll(reached);
        if (news.isEmpty()) {
            return;
        }
        writer.reach(idsOf(news));
        if (hasVersionTable) {
            for (ReleaseVersion release : reached.isEmpty() ? news : news.tailSet(reached.last(), false)) {
                versionTable.complete(connection, release);
            }
        }
        reached = with(news);
    }

    private NavigableSet<ReleaseVersion> with(Collection<ReleaseVersion> more) {
        NavigableSet<ReleaseVersion> all = new TreeSet<>(reached);
        all.addAll(more);
        return all;
    }

    /** Looks again whether there is a version table, where the migration may have made or dropped it. */
    private void lookForVersionTable(Migration migration) throws SQLException {
        boolean mayHave = !(migration.source() instanceof Source.Script script)
                || script.content().mentions(VersionTable.NAME);
        if (mayHave) {
            hasVersionTable = versionTable.exists(connection, schemas);
        }
    }

    private Map<ReleaseVersion, ReleaseId> idsOf(Collection<ReleaseVersion> releases) {
        Map<ReleaseVersion, ReleaseId> ids = new TreeMap<>();
        releases.forEach(release -> ids.put(release, releaseIds.apply(release)));
        return ids;
    }
}
