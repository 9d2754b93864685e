package org.apache.cloudstack.framework.dbupgrade.osc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.TableAlteration;

/**
 * A table and its copy, which nothing else has the names of. Triggers are known by what they write to.
 *
 * @param table the table
 * @param copy the name of the copy while it is made
 * @param replaced the name of the table after the copy took its place
 */
public record TableCopy(TableName table, String copy, String replaced) {

    private static final String TRIGGERS = """
            SELECT trigger_name FROM information_schema.triggers
            WHERE trigger_schema = ? AND INSTR(action_statement, ?) > 0""";

    /** The copy's full name. */
    public TableName copied() {
        return new TableName(table.schema(), copy);
    }

    /** Makes an empty copy. */
    public void begin(Connection connection) throws SQLException {
        run(connection, "CREATE TABLE " + quoted(copy) + " LIKE " + quoted(table.name()));
    }

    /** Changes the copy as a statement says. */
    public void alter(Connection connection, TableAlteration alteration) throws SQLException {
        run(connection, alteration.of(table.schema(), copy));
    }

    /** Puts the copy in the table's place at once. */
    public void swap(Connection connection) throws SQLException {
        run(
                connection,
                "RENAME TABLE " + quoted(table.name()) + " TO " + quoted(replaced) + ", " + quoted(copy) + " TO "
                        + quoted(table.name()));
    }

    /** Drops the table that the copy replaced, with the triggers on it. */
    public void dropReplaced(Connection connection) throws SQLException {
        run(connection, "DROP TABLE " + quoted(replaced));
    }

    /**
     * Drops what there is of the copy, with the triggers that fill it, in one moment for everybody who writes to the table; and
     * the table that it replaced.
     */
    public void remove(Connection connection) throws SQLException {
        boolean hasTable = has(connection, table.name());
        if (has(connection, replaced) && hasTable) {
            dropReplaced(connection);
        }
        if (!has(connection, copy)) {
            return;
        }
        List<String> triggers = triggers(connection);
        if (hasTable && !triggers.isEmpty()) {
            run(connection, "LOCK TABLES " + quoted(table.name()) + " WRITE, " + quoted(copy) + " WRITE");
        }
        try {
            for (String trigger : triggers) {
                run(connection, "DROP TRIGGER " + quoted(trigger));
            }
            run(connection, "DROP TABLE " + quoted(copy));
        } finally {
            run(connection, "UNLOCK TABLES");
        }
    }

    /** The connection that holds the lock by which anyone who fills the copy is known; empty when nobody does. */
    public static OptionalLong holder(Connection connection, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT IS_USED_LOCK(?)")) {
            select.setString(1, lock);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long holder = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(holder);
            }
        }
    }

    private boolean has(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
            select.setString(1, table.schema());
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private List<String> triggers(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TRIGGERS)) {
            select.setString(1, table.schema());
            select.setString(2, Identifier.quote(copy));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private String quoted(String name) {
        return Identifier.quote(table.schema(), name);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(sql);
        }
    }
}
