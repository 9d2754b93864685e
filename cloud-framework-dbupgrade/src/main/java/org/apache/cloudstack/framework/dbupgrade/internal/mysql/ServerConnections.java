package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** The connections of a server by their ids, as one of them sees the others. */
public final class ServerConnections {

    private static final int UNKNOWN_CONNECTION = 1094;
    private static final int OF_ANOTHER_ACCOUNT = 1095;
    private static final int NO_PRIVILEGE = 1227;

    private final Connection asking;

    /** Connections as the asking one sees them. */
    public ServerConnections(Connection asking) {
        this.asking = asking;
    }

    /** What a connection is at. */
    public enum Activity {
        /** There is no such connection. */
        GONE,
        /** It runs no statement; a transaction may be open on it. */
        IDLE,
        /** It runs a statement, or takes back what a killed one did. */
        BUSY,
        /** There is none of the asking account, which may not see those of others. */
        UNSEEN
    }

    /** The id of a connection. */
    public static long idOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()")) {
            id.next();
            return id.getLong(1);
        }
    }

    /** What the connection with this id is at. */
    public Activity activity(long id) throws SQLException {
        Optional<Session> session = Session.of(asking, id);
        if (session.isPresent()) {
            return session.get().isIdle() ? Activity.IDLE : Activity.BUSY;
        }
        return seesAll() ? Activity.GONE : Activity.UNSEEN;
    }

    /**
     * Ends a connection; the server takes back what its open transaction did, which may go on after this returns.
     *
     * @return whether there was such a connection
     * @throws SQLException also when the account may not end it
     */
    public boolean kill(long id) throws SQLException {
        try (Statement statement = asking.createStatement()) {
            statement.execute("KILL CONNECTION " + id);
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == UNKNOWN_CONNECTION) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Ends a connection that has run no statement for some time, if it is there and the account may do so; again if need be.
     *
     * @param time for how long; the server counts whole seconds
     * @return whether it was ended
     */
    public boolean endIfIdle(long id, Duration time) throws SQLException {
        boolean isIdle = Session.of(asking, id)
                .filter(session -> session.isIdle() || session.isEnded())
                .filter(session -> session.since().compareTo(time) >= 0)
                .isPresent();
        if (!isIdle) {
            return false;
        }
        try {
            return kill(id);
        } catch (SQLException e) {
            if (e.getErrorCode() == OF_ANOTHER_ACCOUNT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether a connection was ended some time ago, and is listed nevertheless. A Galera node keeps one for ever that it was just
     * going to abort; no statement is taken from it any more.
     */
    public boolean isEnded(long id, Duration time) throws SQLException {
        return Session.of(asking, id)
                .filter(session -> session.isEnded() && session.since().compareTo(time) >= 0)
                .isPresent();
    }

    /** The list of transactions asks for the same privilege, and says when it is missing. */
    private boolean seesAll() throws SQLException {
        try (Statement statement = asking.createStatement()) {
            statement.execute("SELECT 1 FROM information_schema.innodb_trx LIMIT 1");
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_PRIVILEGE) {
                return false;
            }
            throw e;
        }
    }
}
