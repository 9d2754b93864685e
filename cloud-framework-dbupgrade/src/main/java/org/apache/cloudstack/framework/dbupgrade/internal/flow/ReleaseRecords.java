package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.ContractWatermark;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Lease;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalRow;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PreparedStatements;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Takes back a release that was recorded by mistake, while nobody upgrades.
 *
 * @param settings how the upgrade is done
 * @param connections to the databases
 * @param leases who upgrades
 */
public record ReleaseRecords(UpgradeSettings settings, Connections connections, Leases leases) {

    /**
     * Takes a release back, and gives the newest one that stays.
     *
     * @throws IllegalArgumentException when it is not recorded, or nothing else is
     * @throws UpgradeRefusedException when migrations of it were applied
     */
    public ReleaseVersion forget(ReleaseVersion release) {
        return connections.with(connection -> forgetAlone(connection, release));
    }

    private ReleaseVersion forgetAlone(Connection connection, ReleaseVersion release) throws SQLException {
        boolean hasRecords = new Schemas(List.of(schema()))
                .tables(connection).stream().anyMatch(table -> table.name().equals(Journal.JOURNAL_TABLE));
        if (!hasRecords) {
            throw new IllegalArgumentException("No release is recorded in " + schema());
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        // an upgrade that was cut off may still have it, where nothing reports that its connection is gone
        Duration timeout = settings.waits().leaseDuration().multipliedBy(2);
        Lease lease = leases.acquire(connection, timeout, holder -> {})
                .orElseThrow(() -> new UpgradeRefusedException(
                        List.of(FindingCode.UPGRADE_RUNNING.about(schema(), Durations.text(timeout))), null));
        try {
            return forget(connection, lease, release);
        } finally {
            leases.release(connection, lease);
            connection.setAutoCommit(autoCommit);
        }
    }

    private ReleaseVersion forget(Connection connection, Lease lease, ReleaseVersion release) throws SQLException {
        Journal journal = new Journal(schema());
        ReleaseVersion rest = newestBeside(release, journal.reached(connection));
        refuseWhenApplied(release, journal.rows(connection).values());
        ContractWatermark mark = new ContractWatermark(schema());
        boolean isMark = mark.read(connection).equals(Optional.of(release));
        VersionTable versions = new VersionTable(schema());
        boolean hasVersions = versions.exists(connection, new Schemas(List.of(schema())));
        connection.setAutoCommit(false);
        try (PreparedStatements open = new PreparedStatements(connection)) {
            if (hasVersions) {
                versions.forget(connection, release, journal.reachedOn(connection, release));
            }
            if (isMark) {
                mark.set(connection, rest);
            }
            JournalWriter writer = new JournalWriter(journal, open, lease);
            writer.forget(release);
            writer.commit();
            return rest;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private ReleaseVersion newestBeside(ReleaseVersion release, NavigableSet<ReleaseVersion> recorded) {
        if (!recorded.contains(release)) {
            throw new IllegalArgumentException(
                    "Release " + release + " is not recorded in " + schema() + ", where " + recorded + " are");
        }
        recorded.remove(release);
        if (recorded.isEmpty()) {
            throw new IllegalArgumentException("Release " + release + " is the only one recorded in " + schema());
        }
        return recorded.last();
    }

    private static void refuseWhenApplied(ReleaseVersion release, Iterable<JournalRow> rows) {
        for (JournalRow row : rows) {
            if (ReleaseVersion.tryParse(row.release()).equals(Optional.of(release))) {
                throw new UpgradeRefusedException(
                        List.of(FindingCode.RELEASE_APPLIED.about(release.toString(), row.script())), null);
            }
        }
    }

    private String schema() {
        return settings.schemas().get(0);
    }
}
