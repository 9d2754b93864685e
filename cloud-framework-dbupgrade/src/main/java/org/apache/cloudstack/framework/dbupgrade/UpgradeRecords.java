package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.cloudstack.framework.dbupgrade.execute.Journal;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalEntry;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalRow;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.execute.OpenStatements;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The records of an upgrade in the first schema: the journal, and beside it what others read, Flyway's history and
 * CloudStack's version table. All of them are written in the same transactions, so they never disagree.
 */
final class UpgradeRecords {

    private final OpenStatements statements;
    private final Connection connection;
    private final UpgradeSettings settings;
    private final Function<ReleaseVersion, ReleaseId> releaseIds;
    private final Schemas schemas;
    private final Journal journal;
    private final JournalWriter writer;
    private final FlywayHistory history;
    private final VersionTable versionTable;

    private boolean hasVersionTable;
    private Draft committed = new Draft(new TreeSet<>(), 1);
    private Draft draft = committed;

    /**
     * What is to be known of the records while they are written.
     *
     * @param reached the releases that are complete
     * @param rank the rank of the next row of Flyway's history
     */
    private record Draft(NavigableSet<ReleaseVersion> reached, int rank) {

        Draft withRank(int next) {
            return new Draft(reached, next);
        }

        Draft with(Collection<ReleaseVersion> more) {
            NavigableSet<ReleaseVersion> all = new TreeSet<>(reached);
            all.addAll(more);
            return new Draft(all, rank);
        }
    }

    /**
     * How a step ended.
     *
     * @param milliseconds how long it took
     * @param success whether it came to its end
     */
    record Ended(Step step, long milliseconds, boolean success) {}

    UpgradeRecords(
            OpenStatements statements,
            UpgradeSettings settings,
            Journal journal,
            JournalWriter writer,
            Function<ReleaseVersion, ReleaseId> releaseIds) {
        String first = settings.schemas().get(0);
        this.statements = statements;
        this.connection = statements.connection();
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
        history.create(connection);
        committed = new Draft(journal.reached(connection), history.nextRank(connection));
        hasVersionTable = versionTable.exists(connection, schemas);
    }

    /** Begins to write a transaction, which may have been rolled back and be written again. */
    void begin() {
        draft = committed;
    }

    /** Takes note that what was written is committed. */
    void committed() {
        committed = draft;
    }

    /**
     * Records what was there already, together with the releases it belongs to: half of it would make the next start run
     * the rest. Does not commit.
     */
    void takeOver(Plan plan) throws SQLException {
        List<Routine> taken = plan.steps().stream()
                .filter(step -> step.action() == Action.TAKE_OVER)
                .map(Step::routine)
                .toList();
        writer.write(taken.stream().map(JournalEntry::there).toList());
        there(taken);
        writer.reach(idsOf(plan.takenOver()));
        draft = draft.with(plan.takenOver());
    }

    /** Gives Flyway's history the rows that it lacks, as when somebody dropped it; does not commit. */
    void completeHistory(Collection<Routine> routines) throws SQLException {
        Set<String> told = new HashSet<>();
        history.rows(connection).stream().filter(FlywayHistory.Row::success).forEach(row -> told.add(row.key()));
        Map<String, JournalRow> rows = journal.rows(connection);
        List<Routine> lacking = new ArrayList<>();
        for (Routine routine : routines) {
            JournalRow row = rows.get(routine.key());
            if (row != null && row.state().isInDatabase() && !told.contains(routine.key())) {
                lacking.add(routine);
            }
        }
        there(lacking);
    }

    /** Gives Flyway's history routines whose change is in the database, though they were not run; does not commit. */
    void there(Collection<Routine> routines) throws SQLException {
        List<FlywayHistory.NewRow> rows = new ArrayList<>();
        for (Routine routine : routines) {
            rows.add(nextRow(routine, 0, true));
        }
        history.add(statements, rows);
    }

    /** Gives Flyway's history the end of steps; does not commit. */
    void ended(List<Ended> ended) throws SQLException {
        List<FlywayHistory.NewRow> rows = new ArrayList<>();
        for (Ended end : ended) {
            Step step = end.step();
            if (step.action() == Action.RESUME || step.routine() instanceof Repeatable) {
                history.forgetFailures(connection, step.routine());
            }
            rows.add(nextRow(step.routine(), end.milliseconds(), end.success()));
        }
        history.add(statements, rows);
    }

    private FlywayHistory.NewRow nextRow(Routine routine, long milliseconds, boolean success) {
        int rank = draft.rank();
        draft = draft.withRank(rank + 1);
        return new FlywayHistory.NewRow(rank, routine, milliseconds, success);
    }

    /**
     * Notes that releases are complete; does not commit. The version table, where there is one, is told of those above all
     * others only: its newest row is what other software takes for the release of the database.
     */
    void reach(NavigableSet<ReleaseVersion> releases) throws SQLException {
        NavigableSet<ReleaseVersion> news = new TreeSet<>(releases);
        news.removeAll(draft.reached());
        if (news.isEmpty()) {
            return;
        }
        writer.reach(idsOf(news));
        if (hasVersionTable) {
            NavigableSet<ReleaseVersion> known = draft.reached();
            for (ReleaseVersion release : known.isEmpty() ? news : news.tailSet(known.last(), false)) {
                versionTable.complete(connection, release);
            }
        }
        draft = draft.with(news);
    }

    /** Looks again whether there is a version table, where the routine may have made or dropped it. */
    void lookForVersionTable(Routine routine) throws SQLException {
        boolean mayHave = !(routine.source() instanceof Source.Script script)
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
