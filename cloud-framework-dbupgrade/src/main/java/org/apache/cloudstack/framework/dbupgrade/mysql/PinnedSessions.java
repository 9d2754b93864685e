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
import org.jspecify.annotations.Nullable;

/**
 * Pins the settings of a session, and puts back all that a script set: what the script may have touched is found by
 * comparing all session variables, since nobody can foresee which ones it sets. For one upgrade, which runs in one thread.
 */
public final class PinnedSessions implements SessionPinning {

    private static final String PIN = """
            SET character_set_client = ?, character_set_results = ?, character_set_connection = ?,
                collation_connection = ?, sql_mode = ?, time_zone = ?, foreign_key_checks = ?, unique_checks = 1,
                sql_safe_updates = 0""";
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

    private static final Set<String> PINNED = Set.of(
            "character_set_client",
            "character_set_results",
            "character_set_connection",
            "collation_connection",
            "sql_mode",
            "time_zone",
            "foreign_key_checks",
            "unique_checks",
            "sql_safe_updates");

    /** Global, read-only or unknown in a session: somebody else changed it meanwhile, and it is not ours to restore. */
    private static final Set<Integer> CANNOT_BE_SET = Set.of(1193, 1227, 1228, 1229, 1231, 1232, 1238, 1621);

    private final SessionSettings settings;
    private @Nullable Connection last;
    private Map<String, String> found = Map.of();

    /** Pins sessions to these settings. */
    public PinnedSessions(SessionSettings settings) {
        this.settings = settings;
    }

    @Override
    public PinnedSession pin(Connection connection, Optional<String> sqlMode) throws SQLException {
        Map<String, String> before = asFound(connection);
        try (PreparedStatement pin = connection.prepareStatement(PIN)) {
            pin.setString(1, settings.characterSet());
            pin.setString(2, settings.characterSet());
            pin.setString(3, settings.characterSet());
            pin.setString(4, settings.collation());
            pin.setString(5, sqlMode.orElse(settings.sqlMode()));
            pin.setString(6, settings.timeZone());
            pin.setInt(7, settings.foreignKeyChecks() ? 1 : 0);
            pin.execute();
        }
        return touched -> restore(connection, before, touched ? changed(connection, before) : PINNED);
    }

    /** Read once for each connection, for it is put back to this after every routine. */
    private Map<String, String> asFound(Connection connection) throws SQLException {
        if (!connection.equals(last)) {
            found = variables(connection);
            last = connection;
        }
        return found;
    }

    private static Set<String> changed(Connection connection, Map<String, String> before) throws SQLException {
        Map<String, String> after = variables(connection);
        after.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        after.keySet().removeAll(MOVING);
        return after.keySet();
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

    /** In one statement; only where the server refuses a variable, one by one and without that one. */
    private static void restore(Connection connection, Map<String, String> before, Set<String> names)
            throws SQLException {
        List<String> order = new ArrayList<>(names);
        order.removeIf(
                name -> !before.containsKey(name) || !VARIABLE.matcher(name).matches());
        // setting a character set resets its collation, so collations come last
        order.sort((a, b) -> Boolean.compare(a.startsWith("collation"), b.startsWith("collation")));
        if (!order.isEmpty() && !set(connection, before, order)) {
            for (String name : order) {
                set(connection, before, List.of(name));
            }
        }
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
