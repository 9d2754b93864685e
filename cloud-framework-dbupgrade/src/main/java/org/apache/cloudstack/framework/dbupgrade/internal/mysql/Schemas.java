package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.migration.SessionSettings;

/** Looks at and creates the databases of an upgrade. */
public final class Schemas {

    private final List<String> names;

    /** The databases of an upgrade; the first holds its records. */
    public Schemas(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Those of the databases that do not exist. */
    public List<String> missing(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(
                select(connection, "SELECT schema_name FROM information_schema.schemata WHERE schema_name = ?", names));
        return missing;
    }

    /** Creates one database. */
    public void create(Connection connection, String name, SessionSettings settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS " + Identifier.quote(name) + " CHARACTER SET "
                    + settings.characterSet() + " COLLATE " + settings.collation());
        }
    }

    /** All tables and views of the databases, each with its database's name, in the order of the databases. */
    public List<TableName> tables(Connection connection) throws SQLException {
        List<TableName> tables = new ArrayList<>();
        for (String schema : names) {
            String query =
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name";
            select(connection, query, List.of(schema)).forEach(table -> tables.add(new TableName(schema, table)));
        }
        return tables;
    }

    /** The columns of one table, in lower case; empty when there is no such table. */
    public List<String> columns(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT LOWER(column_name) FROM information_schema.columns"
                        + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position")) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            return strings(select);
        }
    }

    private static List<String> select(Connection connection, String query, List<String> keys) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (String key : keys) {
                select.setString(1, key);
                found.addAll(strings(select));
            }
        }
        return found;
    }

    private static List<String> strings(PreparedStatement select) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /**
     * A table with its database.
     *
     * @param schema the database
     * @param name the table
     */
    public record TableName(String schema, String name) {
        @Override
        public String toString() {
            return schema + "." + name;
        }
    }
}
