package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A connection whose variables let everything be read and written as it is. */
final class ServerSession implements AutoCloseable {

    /** Seconds; a connection that a test forgot would otherwise hold a table for ever. */
    private static final int LONGEST_WAIT = 30;

    private static final List<String> START = List.of(
            // SHOW CREATE VIEW leaves out the name of the database that is selected
            "USE information_schema",
            "SET NAMES utf8mb4",
            "SET SESSION time_zone = '+00:00', foreign_key_checks = 0, unique_checks = 0, sql_quote_show_create = 1",
            "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', innodb_strict_mode = 0",
            "SET SESSION lock_wait_timeout = " + LONGEST_WAIT + ", innodb_lock_wait_timeout = " + LONGEST_WAIT);

    private final Connection connection;

    private ServerSession(Connection connection) {
        this.connection = connection;
    }

    /** A connection of its own, which nobody uses after it. */
    static ServerSession open(DataSource unpooled) throws SQLException {
        ServerSession session = new ServerSession(unpooled.getConnection());
        try {
            session.begin();
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** Puts back what the creation of something has changed. */
    void begin() throws SQLException {
        for (String statement : START) {
            run(statement);
        }
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // braces in the text of a routine are no JDBC escapes
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** The rows by label in lower case; what is NULL is not in them. */
    List<Map<String, String>> rows(String sql, String... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            try (ResultSet found = select.executeQuery()) {
                List<Map<String, String>> rows = new ArrayList<>();
                while (found.next()) {
                    rows.add(row(found));
                }
                return rows;
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static Map<String, String> row(ResultSet found) throws SQLException {
        Map<String, String> row = new LinkedHashMap<>();
        ResultSetMetaData columns = found.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            @Nullable String value = found.getString(i);
            if (value != null) {
                row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
            }
        }
        return row;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
