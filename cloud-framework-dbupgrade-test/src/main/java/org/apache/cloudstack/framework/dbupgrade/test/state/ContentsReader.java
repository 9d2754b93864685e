package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/**
 * Reads what is in the tables of a schema, but for those of the upgrade itself: in checksums, or row by row.
 *
 * <pre>{@code
 * ContentsReader reader = new ContentsReader(database.schema(), Set.of("cloud.event.created"));
 * reader.checksums(connection).get("cloud.event").rows();
 * }</pre>
 *
 * @param schema the tables and their columns
 * @param ignoring full names of tables and columns that are left out
 */
public record ContentsReader(SchemaSnapshot schema, Set<String> ignoring) {

    private static final int MOST_ROWS = 10_000;
    private static final String TIME = " DEFAULT current_timestamp";

    /** Cannot be changed. */
    public ContentsReader {
        ignoring = Set.copyOf(ignoring);
    }

    /** The same reader without columns that the server fills with the time. */
    public ContentsReader withoutTimes() {
        Set<String> more = new TreeSet<>(ignoring);
        schema.objects().forEach((object, definition) -> {
            if (object.kind() == SchemaKind.COLUMN && definition.contains(TIME)) {
                more.add(object.name());
            }
        });
        return new ContentsReader(schema, more);
    }

    /**
     * The rows of each table in checksums that the server computes, by the full name of the table.
     *
     * @throws SQLException when the server does not answer, or a table is gone
     */
    public SortedMap<String, TableContents> checksums(Connection connection) throws SQLException {
        Set<String> ids = new CountedColumns(schema).names();
        SortedMap<String, TableContents> contents = new TreeMap<>();
        for (SchemaObject table : tables()) {
            contents.put(table.name(), TableContents.read(connection, table, columns(table), ids));
        }
        return contents;
    }

    /**
     * Each row of each table: by the full name of the table, and what identifies its rows, the values of each column as text.
     * Of a table with many rows it is one row with their number and a checksum.
     *
     * @throws SQLException when the server does not answer, or a table is gone
     */
    public SortedMap<String, Map<String, Map<String, String>>> rows(Connection connection) throws SQLException {
        SortedMap<String, Map<String, Map<String, String>>> tables = new TreeMap<>();
        for (SchemaObject table : tables()) {
            tables.put(table.name(), rows(connection, table));
        }
        return tables;
    }

    private List<SchemaObject> tables() {
        return schema.objects().keySet().stream()
                .filter(object -> object.kind() == SchemaKind.TABLE && !ignoring.contains(object.name()))
                .toList();
    }

    private List<String> columns(SchemaObject table) {
        return schema.columnOrders().getOrDefault(table.name(), List.of()).stream()
                .filter(column -> !ignoring.contains(table.name() + "." + column))
                .toList();
    }

    private Map<String, Map<String, String>> rows(Connection connection, SchemaObject table) throws SQLException {
        List<String> columns = columns(table);
        String list = columns.isEmpty()
                ? "1"
                : columns.stream().map(Identifier::quote).collect(Collectors.joining(", "));
        Map<String, Map<String, String>> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT " + list + " FROM "
                        + Identifier.quote(table.container(), table.simpleName()) + " LIMIT " + (MOST_ROWS + 1))) {
            List<String> key = key(table);
            while (found.next()) {
                add(rows, columns.containsAll(key) ? key : List.of(), row(found, columns));
            }
        }
        return rows.size() > MOST_ROWS ? inOne(TableContents.read(connection, table, columns, Set.of())) : rows;
    }

    private static Map<String, Map<String, String>> inOne(TableContents contents) {
        return Map.of("all", Map.of("count", Long.toString(contents.rows()), "checksum", contents.sum()));
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
        Stream<String> naming = key.isEmpty() ? row.keySet().stream() : key.stream();
        String name = naming.map(column -> column + "=" + row.get(column)).collect(Collectors.joining(", "));
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
}
