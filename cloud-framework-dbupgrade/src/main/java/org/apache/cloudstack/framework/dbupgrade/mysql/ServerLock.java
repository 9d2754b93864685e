package org.apache.cloudstack.framework.dbupgrade.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** A named lock of one server, held by a connection, so that of servers which start together one upgrades. */
public final class ServerLock {

    private static final int NAME_LIMIT = 64;
    private static final int VALID_WITHIN_SECONDS = 5;

    private final String name;

    /** The lock of the databases whose records are in the given schema. */
    public ServerLock(String schema) {
        String full = "dbupgrade:" + schema;
        this.name = full.length() <= NAME_LIMIT ? full : full.substring(0, NAME_LIMIT);
    }

    /** Waits for the lock; false when another connection still holds it in the end. */
    public boolean acquire(Connection connection, Duration patience) throws SQLException {
        try (PreparedStatement get = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
            get.setString(1, name);
            get.setLong(2, patience.toSeconds());
            return isOne(get);
        }
    }

    /** Whether another connection holds it. */
    public boolean isHeldElsewhere(Connection connection) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("SELECT IS_USED_LOCK(?) <> CONNECTION_ID()")) {
            ask.setString(1, name);
            return isOne(ask);
        }
    }

    /** Lets the next one in. */
    public void release(Connection connection) throws SQLException {
        if (!connection.isValid(VALID_WITHIN_SECONDS)) {
            // the server released it together with the connection, and an error here would hide why that was lost
            return;
        }
        try (PreparedStatement release = connection.prepareStatement("SELECT RELEASE_LOCK(?)")) {
            release.setString(1, name);
            isOne(release);
        }
    }

    private static boolean isOne(PreparedStatement call) throws SQLException {
        try (ResultSet answer = call.executeQuery()) {
            return answer.next() && answer.getInt(1) == 1;
        }
    }
}
