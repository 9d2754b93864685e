package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionPinning;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionState;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionTrace;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.QuoteRules;
import org.apache.cloudstack.framework.dbupgrade.migration.SessionSettings;

/**
 * Pins the settings of a session, and puts back all that a script set: what the script may have touched is found by
 * comparing all session variables, since nobody can foresee which ones it sets.
 */
public final class PinnedSessions implements SessionPinning {

    private static final String PIN = """
            SET character_set_client = ?, character_set_results = ?, character_set_connection = ?,
                collation_connection = ?, sql_mode = ?, time_zone = ?, foreign_key_checks = ?, unique_checks = 1,
                sql_safe_updates = 0, lock_wait_timeout = ?""";
    private static final String SQL_MODE = "sql_mode";

    private final SessionSettings settings;
    private final String schema;
    private final long lockWaitSeconds;

    /**
     * Pins sessions to these settings.
     *
     * @param schema the current database of every migration
     * @param lockWaitSeconds how long a DDL statement waits for a metadata lock
     */
    public PinnedSessions(SessionSettings settings, String schema, long lockWaitSeconds) {
        this.settings = settings;
        this.schema = schema;
        this.lockWaitSeconds = lockWaitSeconds;
    }

    @Override
    public PinnedSession pin(Connection connection) throws SQLException {
        SessionVariables variables = new SessionVariables(connection);
        Map<String, String> found = variables.read();
        // the driver quotes the name as the mode that it met asks for
        connection.setCatalog(schema);
        try (PreparedStatement pin = connection.prepareStatement(PIN)) {
            pin.setString(1, settings.characterSet());
            pin.setString(2, settings.characterSet());
            pin.setString(3, settings.characterSet());
            pin.setString(4, settings.collation());
            pin.setString(5, settings.sqlMode());
            pin.setString(6, settings.timeZone());
            pin.setInt(7, settings.foreignKeyChecks() ? 1 : 0);
            pin.setLong(8, lockWaitSeconds);
            pin.execute();
        }
        return new Pinned(connection, found, variables.read());
    }

    private final class Pinned implements PinnedSession {

        private final Connection connection;
        private final SessionVariables variables;
        private final Map<String, String> found;
        private final Map<String, String> pinned;
        private Optional<String> ownMode = Optional.empty();

        Pinned(Connection connection, Map<String, String> found, Map<String, String> pinned) {
            this.connection = connection;
            this.variables = new SessionVariables(connection);
            this.found = found;
            this.pinned = pinned;
        }

        @Override
        public void enter(Optional<String> sqlMode) throws SQLException {
            ownMode = sqlMode;
            if (ownMode.isPresent()) {
                variables.set(Map.of(SQL_MODE, ownMode.get()));
            }
        }

        @Override
        public void leave(boolean touched, Set<String> userVariables) throws SQLException {
            if (touched) {
                connection.rollback();
                connection.setAutoCommit(false);
                begin(pinned, userVariables);
                connection.commit();
            } else if (ownMode.isPresent()) {
                variables.set(Map.of(SQL_MODE, settings.sqlMode()));
            }
        }

        /** Under ANSI quotes a name may be in either kind of quotes, whichever the driver takes. */
        private void select() throws SQLException {
            if (QuoteRules.of(found.getOrDefault(SQL_MODE, "")).ansiQuotes()) {
                variables.set(Map.of(SQL_MODE, "ANSI_QUOTES"));
            }
            connection.setCatalog(schema);
        }

        private void begin(Map<String, String> values, Set<String> userVariables) throws SQLException {
            select();
            variables.reset();
            variables.restore(values);
            new UserVariables(connection).unset(userVariables);
        }

        /** The settings that the migration started with. */
        private Map<String, String> begun() {
            Map<String, String> values = new TreeMap<>(pinned);
            ownMode.ifPresent(mode -> values.put(SQL_MODE, mode));
            return values;
        }

        @Override
        public SessionState state(SessionTrace trace) throws SQLException {
            return new SessionCapture(connection, begun(), schema).state(trace);
        }

        @Override
        public boolean restore(SessionState state, SessionTrace trace) throws SQLException {
            SessionCapture session = new SessionCapture(connection, begun(), schema);
            boolean isWhole = session.endAllBut(state, trace);
            begin(begun(), trace.variables());
            for (String statement : state.statements()) {
                variables.run(statement);
            }
            return isWhole;
        }

        @Override
        public void restore() throws SQLException {
            variables.reset();
            variables.restore(found);
            new UserVariables(connection).unset(Set.of());
        }
    }
}
