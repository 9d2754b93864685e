package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/**
 * Reads the rows of all tables of a schema. Columns that the server fills with the time are left out.
 *
 * @param schema the tables
 * @param ignoring full names of tables and columns that are left out
 */
record ContentsReader(SchemaSnapshot schema, Set<String> ignoring) {

    private static final int MOST_ROWS = 10_000;
    private static final String TIME = " DEFAULT current_timestamp";

    Contents read(Connection connection) throws SQLException {
        Map<String, Map<String, Map<String, String>>> tables = new TreeMap<>();
        for (SchemaObject object : schema.objects().keySet()) {
            if (object.kind() == SchemaKind.TABLE && !ignoring.contains(object.name())) {
                tables.put(object.name(), rows(connection, object));
            }
        }
        return new Contents(tables);
    }

    private Map<String, Map<String, String>> rows(Connection connection, SchemaObject table) throws SQLException {
        List<String> columns = schema.columnOrders().getOrDefault(table.name(), List.of()).stream()
                .filter(column -> isCompared(table, column))
                .toList();
        String quoted = Identifier.quote(table.container(), table.simpleName());
        String list = columns.isEmpty()
                ? "1"
                : columns.stream().map(Identifier::quote).collect(Collectors.joining(", "));
        Map<String, Map<String, String>> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT " + list + " FROM " + quoted + " LIMIT " + (MOST_ROWS + 1))) {
            List<String> key = key(table);
            while (found.next()) {
                add(rows, columns.containsAll(key) ? key : List.of(), row(found, columns));
            }
        }
        return rows.size() > MOST_ROWS ? digest(connection, quoted, columns) : rows;
    }

    private boolean isCompared(SchemaObject table, String column) {
        SchemaObject object = new SchemaObject(SchemaKind.COLUMN, table.name(), column);
        return !ignoring.contains(object.name())
                && !schema.objects().getOrDefault(object, "").contains(TIME);
    }

    private List<String> key(SchemaObject table) {
        String primary =
                schema.objects().getOrDefault(new SchemaObject(SchemaKind.INDEX, table.name(), "PRIMARY"), "UNIQUE ()");
        String columns = primary.substring(primary.indexOf('(') + 1, primary.lastIndexOf(')'));
        return columns.isEmpty()
                ? List.of()
                : List.of(columns.replaceAll("\\(\\d+\\)| DESC", "").split(", "));
    }

    /** Without a key, equal rows are counted. */
    private static void add(Map<String, Map<String, String>> rows, List<String> key, Map<String, String> row) {
        String name = (key.isEmpty() ? row.keySet() : key)
                .stream().map(column -> column + "=" + row.get(column)).collect(Collectors.joining(", "));
        String free = name;
        for (int number = 2; rows.containsKey(free); number++) {
            free = name + " #" + number;
        }
        rows.put(free, row);
    }

    private static Map<String, String> row(ResultSet found, List<String> columns) throws SQLException {
        Map<String, String> row = new LinkedHashMap<>();
        for (int place = 1; place <= columns.size(); place++) {
            Object value = found.getObject(place) instanceof byte[] bytes
                    ? HexFormat.of().formatHex(bytes)
                    : found.getString(place);
            row.put(columns.get(place - 1), String.valueOf(value));
        }
        return row;
    }

    /** Many rows are counted and summed up by the server. */
    private static Map<String, Map<String, String>> digest(Connection connection, String table, List<String> columns)
            throws SQLException {
        String row = columns.stream()
                .map(column -> "COALESCE(HEX(" + Identifier.quote(column) + "), '-')")
                .collect(Collectors.joining(", ", "CRC32(CONCAT_WS('|', ", "))"));
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT COUNT(*), SUM(" + row + ") FROM " + table)) {
            found.next();
            return Map.of("all", Map.of("count", found.getString(1), "checksum", found.getString(2)));
        }
    }
}
