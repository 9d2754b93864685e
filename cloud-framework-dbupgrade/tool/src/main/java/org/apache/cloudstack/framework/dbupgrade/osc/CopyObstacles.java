package org.apache.cloudstack.framework.dbupgrade.osc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** What a table has that would not be the same on a copy in its place, or would not go on while it is copied. */
public final class CopyObstacles {

    private static final int SMALL = 1000;

    private CopyObstacles() {}

    /** Of a table that is to be copied, as a clause; empty when there is none. */
    public static Optional<String> of(Connection connection, TableName table) throws SQLException {
        if (isInCluster(connection)) {
            return Optional.of("the server is a node of a Galera cluster");
        }
        if (!any(connection, """
                SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?
                AND table_type = 'BASE TABLE' AND engine = 'InnoDB' AND create_options NOT LIKE '%partitioned%'""", table)) {
            return Optional.of("it is no table of InnoDB in one piece");
        }
        if (isSmall(connection, table)) {
            return Optional.of("it has fewer than " + SMALL + " rows");
        }
        if (any(
                connection,
                "SELECT 1 FROM information_schema.triggers WHERE event_object_schema = ? AND event_object_table = ?",
                table)) {
            return Optional.of("it has triggers, which would be missing for a moment");
        }
        return ofConstraints(connection, table);
    }

    /** Constraints that a copy cannot have, or not by the same names. */
    public static Optional<String> ofConstraints(Connection connection, TableName table) throws SQLException {
        if (any(connection, """
                SELECT 1 FROM information_schema.table_constraints
                WHERE table_schema = ? AND table_name = ? AND constraint_type NOT IN ('PRIMARY KEY', 'UNIQUE')""", table) || any(connection, """
                SELECT 1 FROM information_schema.key_column_usage
                WHERE referenced_table_schema = ? AND referenced_table_name = ?""", table)) {
            return Optional.of(
                    "it has checks or foreign keys, or foreign keys refer to it, and those would get other names");
        }
        return Optional.empty();
    }

    private static boolean isInCluster(Connection connection) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet row = jdbc.executeQuery("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'")) {
            return row.next() && row.getString(2).equalsIgnoreCase("ON");
        }
    }

    private static boolean isSmall(Connection connection, TableName table) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet row = jdbc.executeQuery("SELECT COUNT(*) FROM (SELECT 1 FROM "
                        + Identifier.quote(table.schema(), table.name()) + " LIMIT " + SMALL + ") some")) {
            row.next();
            return row.getInt(1) < SMALL;
        }
    }

    private static boolean any(Connection connection, String query, TableName table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query + " LIMIT 1")) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }
}
