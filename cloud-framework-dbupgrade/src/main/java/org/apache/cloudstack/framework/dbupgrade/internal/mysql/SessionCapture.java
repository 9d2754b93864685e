package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionObject;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionState;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionTrace;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * Reads what a session holds, as statements that restore it. Values are written in hexadecimal digits, so that neither modes
 * nor character sets change them.
 *
 * @param connection whose session it is
 * @param pinned the settings that every migration starts with
 * @param schema the database that is current when a migration starts
 */
record SessionCapture(Connection connection, Map<String, String> pinned, String schema) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d+)?");
    /** It is not there, or a table lock of the script keeps all but its own tables from being read. */
    private static final Set<Integer> NO_TEMPORARY_TABLE = Set.of(1146, 1100, 1049);

    private static final String BODY =
            "SELECT routine_definition FROM information_schema.routines WHERE routine_schema = ? AND routine_name = ?";

    /** What the session holds of what a script named. */
    SessionState state(SessionTrace trace) throws SQLException {
        readBodies(trace);
        List<String> statements = new ArrayList<>();
        List<SessionObject> volatiles = new ArrayList<>();
        if (trace.touchedSettings()) {
            settings(statements);
        }
        for (String name : trace.variables()) {
            variable(name, trace, statements, volatiles);
        }
        trace.prepared().forEach((name, text) -> {
            statements.add("SET @dbupgrade_text = " + hex(text));
            statements.add("PREPARE " + Identifier.quote(name) + " FROM @dbupgrade_text");
        });
        for (SessionObject candidate : trace.candidates()) {
            if (isThere(candidate)) {
                volatiles.add(candidate);
            }
        }
        return new SessionState(statements, volatiles);
    }

    /**
     * Ends what was made in the session since a checkpoint.
     *
     * @return whether everything that ends with the session and was there at the checkpoint still is
     */
    boolean endAllBut(SessionState checkpoint, SessionTrace trace) throws SQLException {
        for (SessionObject candidate : trace.candidates()) {
            if (!checkpoint.holds(candidate) && isThere(candidate)) {
                end(candidate);
            }
        }
        for (SessionObject kept : checkpoint.volatiles()) {
            if (!isThere(kept)) {
                return false;
            }
        }
        return true;
    }

    private void end(SessionObject object) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            switch (object.kind()) {
                case TEMPORARY_TABLE -> jdbc.execute("DROP TEMPORARY TABLE " + quoted(object));
                case HANDLER -> jdbc.execute("HANDLER " + Identifier.quote(object.name()) + " CLOSE");
                case USER_LOCK -> jdbc.execute("DO RELEASE_LOCK(" + hex(object.name()) + ")");
                case USER_VARIABLE -> {}
            }
        }
    }

    /** A procedure may make a temporary table, take a lock or set a variable for those that come after it. */
    private void readBodies(SessionTrace trace) throws SQLException {
        for (String called : trace.called()) {
            String[] parts = called.replace("`", "").split("\\.", 2);
            try (PreparedStatement select = connection.prepareStatement(BODY)) {
                select.setString(1, parts.length == 2 ? parts[0] : connection.getCatalog());
                select.setString(2, parts[parts.length - 1]);
                try (ResultSet body = select.executeQuery()) {
                    if (body.next() && body.getString(1) != null) {
                        trace.read(body.getString(1), trace.lastStatement());
                    }
                }
            }
        }
    }

    private void settings(List<String> statements) throws SQLException {
        SessionVariables variables = new SessionVariables(connection);
        variables
                .changedSince(pinned)
                .forEach((name, value) -> statements.add("SET SESSION " + name + " = " + setting(name, value)));
        variables.stoppedClock().ifPresent(time -> statements.add("SET timestamp = " + time.toPlainString()));
        try (Statement jdbc = connection.createStatement();
                ResultSet found = jdbc.executeQuery("SELECT DATABASE(), @@insert_id")) {
            found.next();
            if (found.getString(1) != null && !found.getString(1).equals(schema)) {
                statements.add("USE " + Identifier.quote(found.getString(1)));
            }
            if (found.getLong(2) != 0) {
                statements.add("SET insert_id = " + found.getString(2));
            }
        }
    }

    private static String setting(String name, String value) {
        if (NUMBER.matcher(value).matches()) {
            return value;
        }
        return value.isEmpty() && name.equals("character_set_results") ? "NULL" : hex(value);
    }

    private static String hex(String text) {
        return "CONVERT(X'%s' USING utf8mb4)"
                .formatted(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void variable(String name, SessionTrace trace, List<String> statements, List<SessionObject> volatiles)
            throws SQLException {
        String variable = "@" + Identifier.quote(name);
        String query = "SELECT %1$s, HEX(%1$s), CHARSET(%1$s), COLLATION(%1$s), LENGTH(%1$s)".formatted(variable);
        try (Statement jdbc = connection.createStatement();
                ResultSet found = jdbc.executeQuery(query)) {
            found.next();
            Object value = found.getObject(1);
            if (value == null) {
                return;
            }
            if (found.getLong(5) > SessionObject.LARGEST_VALUE) {
                volatiles.add(new SessionObject(SessionObject.Kind.USER_VARIABLE, name, trace.lastStatement()));
            } else {
                statements.add("SET " + variable + " = " + literal(value, found));
            }
        }
    }

    private static String literal(Object value, ResultSet found) throws SQLException {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            String digits = found.getString(1);
            return digits.contains("e") || digits.contains("E") ? digits : digits + "E0";
        }
        if (value instanceof Number number) {
            return number.toString();
        }
        String text = "_" + found.getString(3) + " X'" + found.getString(2) + "'";
        return found.getString(3).equals("binary") ? text : text + " COLLATE " + found.getString(4);
    }

    private boolean isThere(SessionObject candidate) throws SQLException {
        return switch (candidate.kind()) {
            case TEMPORARY_TABLE -> isTemporary(candidate);
            case USER_LOCK -> isHeld(candidate);
            case HANDLER, USER_VARIABLE -> true;
        };
    }

    private boolean isTemporary(SessionObject table) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet found = jdbc.executeQuery("SHOW CREATE TABLE " + quoted(table))) {
            return found.next() && found.getString(2).startsWith("CREATE TEMPORARY");
        } catch (SQLException e) {
            if (!NO_TEMPORARY_TABLE.contains(e.getErrorCode())) {
                throw e;
            }
            return false;
        }
    }

    private static String quoted(SessionObject table) {
        return table.simpleName().equals(table.name())
                ? Identifier.quote(table.name())
                : Identifier.quote(table.name().substring(0, table.name().indexOf('.')), table.simpleName());
    }

    private boolean isHeld(SessionObject lock) throws SQLException {
        try (PreparedStatement question =
                connection.prepareStatement("SELECT IS_USED_LOCK(?) = CONNECTION_ID() AS held")) {
            question.setString(1, lock.name());
            try (ResultSet found = question.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }
}
