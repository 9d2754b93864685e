package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** The first rows that a table got, by which they can be found again. */
final class NewRows implements RowWriter.RowListener {

    static final int MOST = 1000;

    private final Table table;
    private final List<String> keyColumns;
    private final boolean byNumber;
    private final long before;
    private final int[] positions;
    private final List<Object[]> keys = new ArrayList<>();

    private NewRows(Table table, List<String> keyColumns, boolean byNumber, long before, int[] positions) {
        this.table = table;
        this.keyColumns = keyColumns;
        this.byNumber = byNumber;
        this.before = before;
        this.positions = positions;
    }

    /** Starts to look, before rows are written. */
    static NewRows of(Table table, RowMaker maker, Rows rows) {
        List<String> filled = maker.columns().stream().map(Column::name).toList();
        Optional<Column> counted = table.autoIncrement().filter(column -> !filled.contains(column.name()));
        if (counted.isPresent()) {
            long before = rows.highest(table.id(), counted.get());
            return new NewRows(table, List.of(counted.get().name()), true, before, new int[0]);
        }
        List<String> primary = table.primaryKey()
                .map(UniqueKey::columns)
                .filter(filled::containsAll)
                .orElse(List.of());
        int[] positions = primary.stream().mapToInt(filled::indexOf).toArray();
        return new NewRows(table, primary, false, 0, positions);
    }

    @Override
    public void written(Object[] row) {
        if (positions.length > 0 && keys.size() < MOST) {
            Object[] key = new Object[positions.length];
            for (int i = 0; i < key.length; i++) {
                key[i] = row[positions[i]];
            }
            keys.add(key);
        }
    }

    /** A condition for one row. */
    String condition() {
        return keyColumns.stream().map(name -> Identifier.quote(name) + " = ?").collect(Collectors.joining(" AND "));
    }

    /** The keys of the rows, in the order in which they were written; none for a table without a primary key. */
    List<Object[]> keys(Connection connection) throws SQLException {
        if (!byNumber) {
            return List.copyOf(keys);
        }
        String column = Identifier.quote(keyColumns.get(0));
        List<Object[]> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + column + " FROM "
                + table.id().quoted() + " WHERE " + column + " > ? ORDER BY " + column + " LIMIT " + MOST)) {
            select.setLong(1, before);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Object[] {rows.getLong(1)});
                }
            }
        }
        return found;
    }
}
