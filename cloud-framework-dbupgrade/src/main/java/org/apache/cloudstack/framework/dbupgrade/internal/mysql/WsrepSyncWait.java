package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Reading, on a node of a Galera cluster, what was committed on another one just before. */
public final class WsrepSyncWait {

    private static final int NO_SUCH_VARIABLE = 1193;

    private WsrepSyncWait() {}

    /** Lets every statement of the session wait until its node has what the cluster has; for other servers, does nothing. */
    public static void on(Connection connection) throws SQLException {
        set(connection, "15");
    }

    /** Puts back what is usual there. */
    public static void off(Connection connection) throws SQLException {
        set(connection, "DEFAULT");
    }

    private static void set(Connection connection, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION wsrep_sync_wait = " + value);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_VARIABLE) {
                throw e;
            }
        }
    }
}
