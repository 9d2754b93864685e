package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.execute.Journal;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** The records of an upgrade in the first schema, written on a connection of their own. */
final class UpgradeRecords {

    private final Connection connection;
    private final UpgradeSettings settings;
    private final Schemas schemas;
    private final Journal journal;
    private final FlywayHistory history;
    private final VersionTable versionTable;

    UpgradeRecords(Connection connection, UpgradeSettings settings) {
        String first = settings.schemas().get(0);
        this.connection = connection;
        this.settings = settings;
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
        connection.setCatalog(settings.schemas().get(0));
        journal.create(connection);
        List<Routine> there = plan.steps().stream()
                .filter(step -> !step.runs())
                .map(Step::routine)
                .toList();
        if (!there.isEmpty()) {
            inTransaction(() -> {
                journal.recordThere(connection, there);
                journal.reach(connection, upTo(plan.from().orElseThrow(), plan.reached()));
            });
        }
    }

    private static NavigableSet<ReleaseVersion> upTo(ReleaseVersion last, NavigableSet<ReleaseVersion> releases) {
        return new TreeSet<>(releases).headSet(last, true);
    }

    void forgetFailures(Collection<Routine> routines) throws SQLException {
        for (Routine routine : routines) {
            history.forget(connection, routine);
        }
    }

    /** Notes that releases are complete, also in the version table where there is one. */
    void reach(Plan plan, NavigableSet<ReleaseVersion> releases) throws SQLException {
        NavigableSet<ReleaseVersion> known = journal.reached(connection);
        boolean hasVersionTable = versionTable.exists(connection, schemas);
        inTransaction(() -> {
            for (ReleaseVersion release : releases) {
                if (!known.contains(release)) {
                    journal.reach(connection, List.of(release));
                    if (hasVersionTable) {
                        versionTable.complete(connection, release);
                    }
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
