package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * A named lock of one database server, held by a connection. It reports at once when that connection is gone, and which one
 * it is; it means nothing to connections on another server, or on another node of a Galera cluster.
 */
public final class ServerLock {

    private static final int NAME_LIMIT = 64;

    private final String name;

    /** The lock of the databases whose records are in the given schema. */
    public ServerLock(String schema) {
        String full = "dbupgrade:" + schema;
        this.name = full.length() <= NAME_LIMIT ? full : full.substring(0, NAME_LIMIT);
    }

    /**
     * What distinguishes the server of a connection from every other one; empty where named locks are not to be relied on.
     */
    public static String serverOf(Connection connection) throws SQLException {
        Map<String, String> variables = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SHOW GLOBAL VARIABLES WHERE variable_name IN"
                        + " ('server_uuid', 'server_uid', 'hostname', 'port', 'datadir', 'pxc_strict_mode')")) {
            while (found.next()) {
                variables.put(found.getString(1), found.getString(2));
            }
        }
        // a cluster in this mode refuses named locks
        boolean isStrict = Set.of("ENFORCING", "MASTER").contains(String.valueOf(variables.remove("pxc_strict_mode")));
        return isStrict ? "" : String.join(" ", variables.values());
    }

    /** Takes the lock if it is free; a connection that has it may take it again. */
    public boolean tryAcquire(Connection connection) throws SQLException {
        return call(connection, "SELECT GET_LOCK(?, 0)").orElse(0) == 1;
    }

    /** Whether no connection holds it. */
    public boolean isFree(Connection connection) throws SQLException {
        return call(connection, "SELECT IS_FREE_LOCK(?)").orElse(0) == 1;
    }

    /** The connection that holds it, by its number at the server. */
    public OptionalLong holder(Connection connection) throws SQLException {
        return call(connection, "SELECT IS_USED_LOCK(?)");
    }

    /** Lets the next one in. */
    public void release(Connection connection) throws SQLException {
        call(connection, "SELECT RELEASE_LOCK(?)");
    }

    private OptionalLong call(Connection connection, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, name);
            try (ResultSet answer = select.executeQuery()) {
                long number = answer.next() ? answer.getLong(1) : 0;
                return answer.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        }
    }
}
