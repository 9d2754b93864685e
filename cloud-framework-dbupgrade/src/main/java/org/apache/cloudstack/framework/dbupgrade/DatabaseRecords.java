package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.VersionTable;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What the databases say of themselves, without their migrations.
 *
 * @param release the highest release that is complete; empty where there are no records
 * @param releaseId what names the whole state of that release
 * @param unfinished the files that were begun and are not done, each with its state
 * @param upgrader who upgrades just now
 */
public record DatabaseRecords(
        Optional<ReleaseVersion> release,
        Optional<String> releaseId,
        List<String> unfinished,
        Optional<LeaseHolder> upgrader) {

    private static final DatabaseRecords NONE =
            new DatabaseRecords(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public DatabaseRecords {
        unfinished = List.copyOf(unfinished);
    }

    /** The tables in the first schema that records are in, those of CloudStack's own upgrades too. */
    public static Set<String> tables() {
        Set<String> tables = new TreeSet<>(Journal.TABLES);
        tables.addAll(List.of(FlywayHistory.TABLE, Leases.TABLE, VersionTable.NAME));
        return tables;
    }

    static DatabaseRecords read(Connection connection, String schema, Leases leases) throws SQLException {
        return read(connection, schema, leases, true);
    }

    /** The same without the journal, which may be what cannot be read. */
    static DatabaseRecords ofReleases(Connection connection, String schema, Leases leases) throws SQLException {
        return read(connection, schema, leases, false);
    }

    private static DatabaseRecords read(Connection connection, String schema, Leases leases, boolean withJournal)
            throws SQLException {
        try {
            Journal journal = new Journal(schema);
            NavigableMap<ReleaseVersion, String> reached = journal.releaseIds(connection);
            List<String> unfinished = !withJournal
                    ? List.of()
                    : journal.rows(connection).values().stream()
                            .filter(row -> !row.state().isInDatabase())
                            .map(row -> row.script() + " " + row.state())
                            .sorted()
                            .toList();
            return new DatabaseRecords(
                    Optional.ofNullable(reached.isEmpty() ? null : reached.lastKey()),
                    Optional.ofNullable(
                            reached.isEmpty() ? null : reached.lastEntry().getValue()),
                    unfinished,
                    leases.isHeldElsewhere(connection) ? leases.holder(connection) : Optional.empty());
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return NONE;
            }
            throw e;
        }
    }
}
