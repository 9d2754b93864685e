package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of a table as strings.
 *
 * @param table its full name
 */
record TableRows(JdbcClient jdbc, String table) {

    private static final int MOST_LOOKED_AT = 10_000;

    long count() {
        return jdbc.sql("SELECT COUNT(*) FROM " + quoted()).query(Long.class).single();
    }

    /** Whether a row has these values. A server calls two strings equal that differ in case, so it is compared here too. */
    boolean has(Map<String, String> values) {
        String condition = values.keySet().stream()
                .map(column -> Identifier.quote(column) + " <=> ?")
                .collect(Collectors.joining(" AND ", " WHERE ", ""));
        List<String> parameters = values.values().stream()
                .map(value -> value.equals(Cells.NULL) ? null : value)
                .collect(Collectors.toCollection(ArrayList::new));
        String query = "SELECT " + columns(values) + " FROM " + quoted() + (values.isEmpty() ? "" : condition);
        return jdbc.sql(query).params(parameters).query(TableRows::row).list().stream()
                .anyMatch(row -> alike(values, row) == values.size());
    }

    /** The row that has most of these values, in the columns of these; empty when there is none. */
    Optional<Map<String, String>> nearest(Map<String, String> values) {
        String query = "SELECT " + columns(values) + " FROM " + quoted() + " LIMIT " + MOST_LOOKED_AT;
        return jdbc.sql(query).query(TableRows::row).list().stream()
                .max(Comparator.comparing(row -> alike(values, row)));
    }

    private static long alike(Map<String, String> values, Map<String, String> row) {
        return values.entrySet().stream()
                .filter(value -> Cells.same(value.getValue(), Objects.requireNonNull(row.get(value.getKey()))))
                .count();
    }

    private static Map<String, String> row(ResultSet result, int number) throws SQLException {
        Map<String, String> row = new LinkedHashMap<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.put(result.getMetaData().getColumnLabel(column), Cells.text(result.getString(column)));
        }
        return row;
    }

    private static String columns(Map<String, String> values) {
        return values.isEmpty()
                ? "*"
                : values.keySet().stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }

    private String quoted() {
        int point = table.indexOf('.');
        return Identifier.quote(table.substring(0, point), table.substring(point + 1));
    }
}
