package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Another connection as the server lists it, without the text of its statement.
 *
 * @param user its account's name
 * @param host where it comes from, without port
 * @param command what it does, such as {@code Sleep} or {@code Query}
 * @param since how long it has been doing that
 * @param state what its statement is at; empty when it runs none
 */
record Session(String user, String host, String command, Duration since, String state) {

    /** The command of a connection without a statement. */
    static final String IDLE = "Sleep";

    private static final String ENDED = "Killed";

    /** MySQL's other list is empty where the performance schema is switched off. */
    private static final String ALL = "SELECT id, user, host, command, time, state FROM information_schema.processlist";

    private static final String PORT = ":\\d+$";

    /** The connections other than the asking one that its account may see, by their ids. */
    static Map<Long, Session> visible(Connection asking) throws SQLException {
        try (PreparedStatement select = asking.prepareStatement(ALL + " WHERE id <> CONNECTION_ID()")) {
            return sessions(select);
        }
    }

    /** One connection; empty when there is none, or the account may not see it. */
    static Optional<Session> of(Connection asking, long id) throws SQLException {
        try (PreparedStatement select = asking.prepareStatement(ALL + " WHERE id = ?")) {
            select.setLong(1, id);
            return Optional.ofNullable(sessions(select).get(id));
        }
    }

    private static Map<Long, Session> sessions(PreparedStatement select) throws SQLException {
        Map<Long, Session> sessions = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                sessions.put(
                        rows.getLong(1),
                        new Session(
                                text(rows, 2),
                                text(rows, 3).replaceFirst(PORT, ""),
                                text(rows, 4),
                                Duration.ofSeconds(rows.getLong(5)),
                                text(rows, 6)));
            }
        }
        return sessions;
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        return Optional.ofNullable(rows.getString(column)).orElse("");
    }

    boolean isIdle() {
        return command.equals(IDLE);
    }

    /** Whether it was ended, and is listed nevertheless. */
    boolean isEnded() {
        return command.equals(ENDED) && state.isEmpty();
    }

    /** Whether its statement waits for a lock other than one on rows. */
    boolean isWaiting() {
        return state.startsWith("Waiting for") && state.endsWith("lock");
    }
}
