package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.cloudstack.framework.dbupgrade.execute.Journal;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** The records of an upgrade in the first schema, written on a connection of their own. */
final class UpgradeRecords {

    private final Connection connection;
    private final UpgradeSettings settings;
    private final Function<ReleaseVersion, ReleaseId> releaseIds;
    private final Schemas schemas;
    private final Journal journal;
    private final FlywayHistory history;
    private final VersionTable versionTable;

    UpgradeRecords(Connection connection, UpgradeSettings settings, Function<ReleaseVersion, ReleaseId> releaseIds) {
        String first = settings.schemas().get(0);
        this.connection = connection;
        this.settings = settings;
        this.releaseIds = releaseIds;
        this.schemas = new Schemas(settings.schemas());
        this.journal = new Journal(first);
        this.history = new FlywayHistory(first);
        this.versionTable = new VersionTable(first);
    }

    /**
     * Makes databases and tables. What was there already is recorded in one transaction together with the releases it
     * belongs to: half of it would make the next start run the rest.
     */
    void prepare(Plan plan) throws SQLException {
        for (String missing : schemas.missing(connection)) {
            schemas.create(connection, missing, settings.session());
        }
        journal.create(connection);
        List<Routine> there = plan.steps().stream()
                .filter(step -> step.action() == Action.TAKE_OVER)
                .map(Step::routine)
                .toList();
        if (!plan.takenOver().isEmpty()) {
            inTransaction(() -> {
                journal.recordThere(connection, there);
                journal.reach(connection, idsOf(plan.takenOver()));
            });
        }
    }

    private Map<ReleaseVersion, ReleaseId> idsOf(Collection<ReleaseVersion> releases) {
        Map<ReleaseVersion, ReleaseId> ids = new TreeMap<>();
        releases.forEach(release -> ids.put(release, releaseIds.apply(release)));
        return ids;
    }

    boolean hasHistory() throws SQLException {
        TableName table = new TableName(settings.schemas().get(0), FlywayHistory.TABLE);
        return !schemas.columns(connection, table).isEmpty();
    }

    void forgetFailures(Collection<Routine> routines) throws SQLException {
        for (Routine routine : routines) {
            history.forget(connection, routine);
        }
    }

    /**
     * Notes that releases are complete. The version table, where there is one, is told of those above all others only:
     * its newest row is what other software takes for the release of the database.
     */
    void reach(NavigableSet<ReleaseVersion> releases) throws SQLException {
        NavigableSet<ReleaseVersion> known = journal.reached(connection);
        NavigableSet<ReleaseVersion> news = new TreeSet<>(releases);
        news.removeAll(known);
        if (news.isEmpty()) {
            return;
        }
        boolean hasVersionTable = versionTable.exists(connection, schemas);
        inTransaction(() -> {
            journal.reach(connection, idsOf(news));
            for (ReleaseVersion release : known.isEmpty() ? news : news.tailSet(known.last(), false)) {
                if (hasVersionTable) {
                    versionTable.complete(connection, release);
                }
            }
        });
    }

    private void inTransaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }
}
