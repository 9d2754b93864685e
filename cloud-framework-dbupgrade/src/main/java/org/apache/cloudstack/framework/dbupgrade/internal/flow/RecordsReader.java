package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.DatabaseRecords;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Reads what databases say of themselves in the tables of their first schema. */
public record RecordsReader(String schema, Leases leases) {

    private static final DatabaseRecords NONE =
            new DatabaseRecords(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    /** All of them. */
    public DatabaseRecords read(Connection connection) throws SQLException {
        return read(connection, true);
    }

    /** The same without the journal, which may be what cannot be read. */
    DatabaseRecords ofReleases(Connection connection) throws SQLException {
        return read(connection, false);
    }

    private DatabaseRecords read(Connection connection, boolean withJournal) throws SQLException {
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
