package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a server reports about itself and of those it works with; for checks before an upgrade. */
public final class ServerState {

    private static final String LONG_TRANSACTIONS = """
            SELECT trx_mysql_thread_id, TIMESTAMPDIFF(SECOND, trx_started, NOW())
            FROM information_schema.innodb_trx
            WHERE trx_mysql_thread_id NOT IN (0, CONNECTION_ID())
              AND trx_started < NOW() - INTERVAL %d SECOND""";

    private final Connection connection;

    /** Asks on a connection. */
    public ServerState(Connection connection) {
        this.connection = connection;
    }

    /**
     * A transaction that has been open for long.
     *
     * @param connection the number of its connection
     * @param seconds how long it has been open
     */
    public record LongTransaction(long connection, long seconds) {}

    /** Global variables, by lower-case name; those that the server does not have are missing. */
    public Map<String, String> variables(List<String> names) throws SQLException {
        return named("SHOW GLOBAL VARIABLES WHERE variable_name IN ('" + String.join("', '", names) + "')");
    }

    /** The state of a Galera cluster, by lower-case name; empty on other servers. */
    public Map<String, String> galera() throws SQLException {
        return named("SHOW GLOBAL STATUS WHERE variable_name IN ('wsrep_cluster_status', 'wsrep_ready',"
                + " 'wsrep_local_state_comment')");
    }

    /**
     * Replication from another server.
     *
     * @param source the other server
     * @param secondsBehind how far this one lags; empty when it does not replicate just now
     */
    public record Replication(String source, Optional<Long> secondsBehind) {}

    /** The server that this one replicates from. */
    public Optional<String> source() throws SQLException {
        return replication().map(Replication::source);
    }

    /** How this server replicates from another one; empty when it does not. */
    public Optional<Replication> replication() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW REPLICA STATUS")) {
            return rows.next()
                    ? Optional.of(new Replication(
                            valueIn(rows, "source_host", "master_host").orElse("another server"),
                            valueIn(rows, "seconds_behind_source", "seconds_behind_master")
                                    .map(Long::valueOf)))
                    : Optional.empty();
        }
    }

    private static Optional<String> valueIn(ResultSet row, String... labels) throws SQLException {
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String label = row.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT);
            if (List.of(labels).contains(label)) {
                return Optional.ofNullable(row.getString(column));
            }
        }
        return Optional.empty();
    }

    /** Counters of the server's status, by lower-case name; those that it does not have are missing. */
    public Map<String, Long> counters(String... names) throws SQLException {
        Map<String, Long> counters = new TreeMap<>();
        named("SHOW GLOBAL STATUS WHERE variable_name IN ('" + String.join("', '", names) + "')")
                .forEach((name, value) -> counters.put(name, Long.valueOf(value)));
        return counters;
    }

    /** Transactions of others that have been open for longer than this. */
    public List<LongTransaction> transactionsOpenFor(int seconds) throws SQLException {
        List<LongTransaction> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LONG_TRANSACTIONS.formatted(seconds))) {
            while (rows.next()) {
                found.add(new LongTransaction(rows.getLong(1), rows.getLong(2)));
            }
        }
        return found;
    }

    private Map<String, String> named(String query) throws SQLException {
        Map<String, String> values = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.put(rows.getString(1).toLowerCase(Locale.ROOT), String.valueOf(rows.getString(2)));
            }
        }
        return values;
    }
}
