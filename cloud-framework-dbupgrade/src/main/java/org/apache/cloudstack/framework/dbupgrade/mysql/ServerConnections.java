package org.apache.cloudstack.framework.dbupgrade.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Other connections at the same database server. */
public final class ServerConnections {

    private static final int NO_SUCH_CONNECTION = 1094;
    private static final int OF_ANOTHER_USER = 1095;

    private ServerConnections() {}

    /** Ends a connection that runs no statement, if it is there and the user may do so. */
    public static void endIfIdle(Connection connection, long id) throws SQLException {
        if (!isIdle(connection, id)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("KILL " + id);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_CONNECTION && e.getErrorCode() != OF_ANOTHER_USER) {
                throw e;
            }
        }
    }

    private static boolean isIdle(Connection connection, long id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SHOW PROCESSLIST")) {
            while (found.next()) {
                if (found.getLong("Id") == id) {
                    return "Sleep".equals(found.getString("Command"));
                }
            }
            return false;
        }
    }
}
