package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which rows of a table a statement can touch: each of them has, in every column named here, one of the values.
 *
 * @param values the values per column, its name in lower case; a column that is not named may hold anything
 * @param inserts whether the rows are new
 */
public record RowSelection(Map<String, List<Value>> values, boolean inserts) {

    /** The column by which tables number their rows. */
    public static final String ID = "id";

    /** Columns that a statement does not name have the names of their places; a key stands first, as a rule. */
    private static final String PLACE = "#";

    private static final String FIRST = PLACE + 1;

    public RowSelection {
        Map<String, List<Value>> copy = new LinkedHashMap<>();
        values.forEach((column, any) -> copy.put(column.toLowerCase(Locale.ROOT), List.copyOf(any)));
        values = Map.copyOf(copy);
    }

    /** Any row. */
    public static RowSelection any() {
        return new RowSelection(Map.of(), false);
    }

    /** New rows; what all of them give as a literal is known. Without columns, they give all in the order of the table. */
    public static RowSelection ofNewRows(List<String> named, List<List<Value>> rows) {
        List<String> columns = named.isEmpty() ? places(rows) : named;
        Map<String, List<Value>> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            if (rows.stream()
                    .allMatch(row -> column < row.size() && row.get(column).literal())) {
                values.put(
                        columns.get(i),
                        rows.stream().map(row -> row.get(column)).toList());
            }
        }
        return new RowSelection(rows.isEmpty() ? Map.of() : values, true);
    }

    private static List<String> places(List<List<Value>> rows) {
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.rangeClosed(1, width).mapToObj(place -> PLACE + place).toList();
    }

    /**
     * Whether no row can be touched by both. Two inserts are distinguished by their ids where they give any: an id that is
     * given and one that the server counts up may be the same. Where they name no columns, the first counts as the id.
     */
    public boolean isApartFrom(RowSelection other) {
        boolean idsDecide = inserts && other.inserts && (givesIds() || other.givesIds());
        return idsDecide
                ? differIn(ID, other) || differIn(FIRST, other)
                : values.keySet().stream().anyMatch(column -> differIn(column, other));
    }

    /** Whether each row has an id that is known. */
    public boolean givesIds() {
        return values.containsKey(ID) || values.containsKey(FIRST);
    }

    /** The rows of both. */
    public RowSelection plus(RowSelection other) {
        Map<String, List<Value>> both = new LinkedHashMap<>();
        values.forEach((column, mine) -> {
            List<Value> theirs = other.values.get(column);
            if (theirs != null) {
                List<Value> all = new ArrayList<>(mine);
                all.addAll(theirs);
                both.put(column, all);
            }
        });
        return new RowSelection(both, inserts && other.inserts);
    }

    private boolean differIn(String column, RowSelection other) {
        List<Value> mine = values.get(column);
        List<Value> theirs = other.values.get(column);
        return mine != null
                && theirs != null
                && mine.stream().allMatch(value -> theirs.stream().allMatch(value::differsFrom));
    }
}
