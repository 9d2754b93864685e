package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaObject;

/**
 * The rows of one table, in checksums that do not depend on their order:
 * {@code reader.checksums(connection).get("cloud.event").rows()}.
 *
 * @param rows how many there are
 * @param sum over all columns
 * @param sumWithoutIds over all columns but those whose values the server gives out by counting, and those that refer to them:
 *     what was rolled back leaves a gap there, and nobody minds
 * @param columns over each column alone
 */
public record TableContents(long rows, String sum, String sumWithoutIds, Map<String, String> columns) {

    private static final int BEFORE_COLUMNS = 3;

    /** Cannot be changed. */
    public TableContents {
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    }

    /** Has the server sum up a table. */
    static TableContents read(Connection connection, SchemaObject table, List<String> columns, Set<String> ids)
            throws SQLException {
        List<String> without = columns.stream()
                .filter(column -> !ids.contains(table.name() + "." + column))
                .toList();
        StringBuilder sql = new StringBuilder("SELECT COUNT(*), " + sumOf(columns) + ", " + sumOf(without));
        columns.forEach(column -> sql.append(", SUM(").append(checksum(column)).append(')'));
        sql.append(" FROM ").append(Identifier.quote(table.container(), table.simpleName()));
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql.toString())) {
            found.next();
            Map<String, String> sums = new TreeMap<>();
            for (int i = 0; i < columns.size(); i++) {
                sums.put(columns.get(i), String.valueOf(found.getString(BEFORE_COLUMNS + 1 + i)));
            }
            return new TableContents(
                    found.getLong(1), String.valueOf(found.getString(2)), String.valueOf(found.getString(3)), sums);
        }
    }

    /** Over rows, each with the checksums of its columns. */
    private static String sumOf(List<String> columns) {
        return columns.isEmpty()
                ? "0"
                : columns.stream()
                        .map(column -> "COALESCE(" + checksum(column) + ", '-')")
                        .collect(Collectors.joining(", ", "SUM(CRC32(CONCAT_WS('|', ", ")))"));
    }

    private static String checksum(String column) {
        return "CRC32(CAST(" + Identifier.quote(column) + " AS BINARY))";
    }

    /** What is different here, as a clause; empty when both are alike but for gaps in what the server counts. */
    Optional<String> differenceFrom(TableContents expected) {
        if (rows != expected.rows) {
            return Optional.of("expected " + expected.rows + ", found " + rows);
        }
        if (sum.equals(expected.sum) || sumWithoutIds.equals(expected.sumWithoutIds)) {
            return Optional.empty();
        }
        String different = columns.keySet().stream()
                .filter(column -> !String.valueOf(columns.get(column)).equals(expected.columns.get(column)))
                .collect(Collectors.joining(", "));
        return Optional.of(
                different.isEmpty()
                        ? "the values of each column are as expected, but not together in the same rows"
                        : "expected other values in " + different
                                + " (if they differ from run to run, leave them out by .ignoring)");
    }
}
