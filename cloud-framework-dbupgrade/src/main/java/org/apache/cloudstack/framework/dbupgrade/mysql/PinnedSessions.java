package org.apache.cloudstack.framework.dbupgrade.mysql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.execute.SessionPinning;

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
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d+)?");
    private static final Pattern VARIABLE = Pattern.compile("[a-z0-9_]+");

    /** Variables that move by themselves, or that only tell what happened. */
    private static final Set<String> MOVING = Set.of(
            "timestamp",
            "identity",
            "insert_id",
            "last_insert_id",
            "rand_seed1",
            "rand_seed2",
            "error_count",
            "warning_count",
            "in_transaction",
            "last_gtid",
            "gtid_next",
            "pseudo_thread_id",
            "autocommit",
            "statement_id",
            "gtid_seq_no",
            "skip_replication",
            "proxy_user",
            "external_user",
            "wsrep_on");

    /** Global, read-only or unknown in a session: somebody else changed it meanwhile, and it is not ours to restore. */
    private static final Set<Integer> CANNOT_BE_SET = Set.of(1193, 1227, 1228, 1229, 1231, 1232, 1238, 1621);

    private final SessionSettings settings;
    private final String schema;
    private final long lockWaitSeconds;

    /**
     * Pins sessions to these settings.
     *
     * @param schema the current database of every routine
     * @param lockWaitSeconds how long a definition waits for a lock
     */
    public PinnedSessions(SessionSettings settings, String schema, long lockWaitSeconds) {
        this.settings = settings;
        this.schema = schema;
        this.lockWaitSeconds = lockWaitSeconds;
    }

    @Override
    public PinnedSession pin(Connection connection) throws SQLException {
        Map<String, String> found = variables(connection);
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
        connection.setCatalog(schema);
        return new Pinned(connection, found, variables(connection));
    }

    private final class Pinned implements PinnedSession {

        private final Connection connection;
        private final Map<String, String> found;
        private final Map<String, String> pinned;
        private boolean hasOwnMode;

        Pinned(Connection connection, Map<String, String> found, Map<String, String> pinned) {
            this.connection = connection;
            this.found = found;
            this.pinned = pinned;
        }

        @Override
        public void enter(Optional<String> sqlMode) throws SQLException {
            hasOwnMode = sqlMode.isPresent();
            if (hasOwnMode) {
                set(connection, Map.of(SQL_MODE, sqlMode.get()), List.of(SQL_MODE));
            }
        }

        @Override
        public void leave(boolean touched, Set<String> variables) throws SQLException {
            if (touched) {
                connection.rollback();
                connection.setAutoCommit(false);
                connection.setCatalog(schema);
                change(connection, pinned);
                new UserVariables(connection).unset(variables);
                connection.commit();
            } else if (hasOwnMode) {
                set(connection, pinned, List.of(SQL_MODE));
            }
        }

        @Override
        public void restore() throws SQLException {
            change(connection, found);
            new UserVariables(connection).unset(Set.of());
        }
    }

    /** Sets what differs from the given values; a character set resets its collation, so collations come last. */
    private static void change(Connection connection, Map<String, String> wanted) throws SQLException {
        Map<String, String> now = variables(connection);
        List<String> names = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (!MOVING.contains(name)
                    && !value.equals(now.get(name))
                    && VARIABLE.matcher(name).matches()) {
                names.add(name);
            }
        });
        names.sort((a, b) -> Boolean.compare(a.startsWith("collation"), b.startsWith("collation")));
        if (!names.isEmpty() && !set(connection, wanted, names)) {
            for (String name : names) {
                set(connection, wanted, List.of(name));
            }
        }
    }

    private static Map<String, String> variables(Connection connection) throws SQLException {
        Map<String, String> variables = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SHOW SESSION VARIABLES")) {
            while (found.next()) {
                variables.put(
                        found.getString(1),
                        Optional.ofNullable(found.getString(2)).orElse(""));
            }
        }
        return variables;
    }

    /** Whether the server let all of them be set. */
    private static boolean set(Connection connection, Map<String, String> values, List<String> names)
            throws SQLException {
        String assignments =
                names.stream().map(name -> "SESSION " + name + " = ?").collect(Collectors.joining(", "));
        try (PreparedStatement set = connection.prepareStatement("SET " + assignments)) {
            for (int i = 0; i < names.size(); i++) {
                bind(set, i + 1, names.get(i), values.getOrDefault(names.get(i), ""));
            }
            set.execute();
            return true;
        } catch (SQLException e) {
            if (!CANNOT_BE_SET.contains(e.getErrorCode())) {
                throw e;
            }
            return false;
        }
    }

    private static void bind(PreparedStatement set, int place, String name, String value) throws SQLException {
        if (NUMBER.matcher(value).matches()) {
            set.setBigDecimal(place, new BigDecimal(value));
        } else {
            set.setString(place, value.isEmpty() && name.equals("character_set_results") ? null : value);
        }
    }
}
