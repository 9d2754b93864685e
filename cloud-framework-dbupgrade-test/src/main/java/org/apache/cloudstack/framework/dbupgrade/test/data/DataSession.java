package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A strict session in UTC on a connection that goes back as it came. */
final class DataSession implements AutoCloseable {

    private static final String STRICT =
            "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    private final Connection connection;
    private final boolean autoCommit;
    private final String mode;
    private final String zone;
    private final String checks;

    private DataSession(Connection connection, boolean autoCommit, String mode, String zone, String checks) {
        this.connection = connection;
        this.autoCommit = autoCommit;
        this.mode = mode;
        this.zone = zone;
        this.checks = checks;
    }

    static DataSession begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT @@session.sql_mode, @@session.time_zone, @@session.foreign_key_checks")) {
            row.next();
            DataSession session = new DataSession(
                    connection, connection.getAutoCommit(), row.getString(1), row.getString(2), row.getString(3));
            session.set(STRICT, "+00:00", "1");
            connection.setAutoCommit(false);
            return session;
        }
    }

    void checkForeignKeys(boolean checked) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION foreign_key_checks = " + (checked ? "1" : "0"));
        }
    }

    private void set(String newMode, String newZone, String newChecks) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(
                "SET SESSION sql_mode = ?, SESSION time_zone = ?, SESSION foreign_key_checks = ?")) {
            set.setString(1, newMode);
            set.setString(2, newZone);
            set.setInt(3, newChecks.equals("0") || newChecks.equals("OFF") ? 0 : 1);
            set.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        set(mode, zone, checks);
        connection.setAutoCommit(autoCommit);
    }
}
