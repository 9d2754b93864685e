package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

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

/**
 * The system variables of a session: all that the server lists, since nobody can foresee which ones a script sets.
 *
 * @param connection whose session it is
 */
record SessionVariables(Connection connection) {

    /** A script may leave {@code sql_select_limit} low, and only an explicit limit overrides it. */
    private static final String LIST =
            "SELECT LOWER(variable_name), variable_value FROM %s.session_variables LIMIT 100000";

    private static final String CLOCK = "SELECT @@timestamp, UNIX_TIMESTAMP(SYSDATE(6)) - @@timestamp";
    private static final BigDecimal CLOCK_IS_SET = BigDecimal.ONE;

    /** MySQL takes 0 for the id to insert next, so a value that waits for an INSERT is used up by one. */
    private static final List<String> USE_UP_INSERT_ID = List.of(
            "CREATE TEMPORARY TABLE `dbupgrade_insert_id` (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY)",
            "INSERT INTO `dbupgrade_insert_id` VALUES (NULL)",
            "DROP TEMPORARY TABLE `dbupgrade_insert_id`");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d+)?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");

    /** They move by themselves, or the driver keeps them; {@link #reset} covers those that a script can set. */
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
            "statement_id",
            "gtid_executed",
            "gtid_binlog_pos",
            "gtid_binlog_state",
            "gtid_current_pos",
            "gtid_owned",
            "autocommit");

    /** Global, read-only or unknown in a session: somebody else changed it meanwhile, and it is not ours to restore. */
    private static final Set<Integer> CANNOT_BE_SET =
            Set.of(1044, 1046, 1142, 1193, 1227, 1228, 1229, 1231, 1232, 1238, 1290, 1621);

    /** All of them, by their names in lower case. */
    Map<String, String> read() throws SQLException {
        String schema = UserVariables.isMariaDb(connection) ? "information_schema" : "performance_schema";
        Map<String, String> variables = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(LIST.formatted(schema))) {
            while (found.next()) {
                variables.put(
                        found.getString(1),
                        Optional.ofNullable(found.getString(2)).orElse(""));
            }
        }
        return variables;
    }

    /** Those that have other values now, with these values. */
    Map<String, String> changedSince(Map<String, String> before) throws SQLException {
        return difference(read(), before);
    }

    /** The time at which a script has stopped the clock of its session; empty while it goes. */
    Optional<BigDecimal> stoppedClock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet clock = statement.executeQuery(CLOCK)) {
            clock.next();
            boolean isSet = clock.getBigDecimal(2).abs().compareTo(CLOCK_IS_SET) > 0;
            return isSet ? Optional.of(clock.getBigDecimal(1)) : Optional.empty();
        }
    }

    /** Puts back what a script may have changed of those that move by themselves. */
    void reset() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ifAllowed(() -> statement.execute("SET timestamp = DEFAULT"));
            if (hasInsertId(statement)) {
                for (String part : USE_UP_INSERT_ID) {
                    ifAllowed(() -> statement.execute(part));
                }
            }
            ifAllowed(() -> statement.execute("SET last_insert_id = 0"));
        }
    }

    private static boolean hasInsertId(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT @@insert_id")) {
            return found.next() && found.getLong(1) != 0;
        }
    }

    /** Sets what differs from the given values, where nothing waits to be committed. */
    void restore(Map<String, String> wanted) throws SQLException {
        Map<String, String> different = difference(wanted, read());
        if (!connection.getAutoCommit()) {
            // reading them has started a transaction, in which some cannot be set
            connection.rollback();
        }
        set(different);
    }

    private static Map<String, String> difference(Map<String, String> values, Map<String, String> others) {
        Map<String, String> different = new TreeMap<>(values);
        different
                .entrySet()
                .removeIf(each -> MOVING.contains(each.getKey())
                        || each.getValue().equals(others.get(each.getKey()))
                        || !NAME.matcher(each.getKey()).matches());
        return different;
    }

    /** Sets all that the server lets be set; a character set resets its collation, so collations come last. */
    void set(Map<String, String> values) throws SQLException {
        List<String> names = new ArrayList<>(values.keySet());
        names.sort((a, b) -> Boolean.compare(a.startsWith("collation"), b.startsWith("collation")));
        if (!names.isEmpty() && !isSet(values, names)) {
            for (String name : names) {
                isSet(values, List.of(name));
            }
        }
    }

    private boolean isSet(Map<String, String> values, List<String> names) throws SQLException {
        String assignments =
                names.stream().map(name -> "SESSION " + name + " = ?").collect(Collectors.joining(", "));
        try (PreparedStatement set = connection.prepareStatement("SET " + assignments)) {
            for (int i = 0; i < names.size(); i++) {
                bind(set, i + 1, names.get(i), values.getOrDefault(names.get(i), ""));
            }
            return ifAllowed(set::execute);
        }
    }

    /** Runs a statement that restores something, where the server still lets it be restored. */
    void run(String restoring) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (restoring.startsWith("PREPARE")) {
                prepare(statement, restoring);
            } else {
                ifAllowed(() -> statement.execute(restoring));
            }
        }
    }

    /** What it names may be gone by now; then a later EXECUTE fails, and nothing else. */
    private static void prepare(Statement statement, String restoring) throws SQLException {
        try {
            statement.execute(restoring);
        } catch (SQLException e) {
            if (e.getErrorCode() == 0) {
                throw e;
            }
        }
    }

    private interface Setting {
        void run() throws SQLException;
    }

    /** Whether the server lets this session set it. */
    private static boolean ifAllowed(Setting setting) throws SQLException {
        try {
            setting.run();
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
