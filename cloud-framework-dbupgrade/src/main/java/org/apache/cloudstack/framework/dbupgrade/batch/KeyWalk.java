package org.apache.cloudstack.framework.dbupgrade.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * Finds the batches of a table, one after the other.
 *
 * @param connection asks the database
 * @param rows the rows that are walked
 * @param key their key
 */
record KeyWalk(Connection connection, Batches.Rows rows, KeyColumn key) {

    private static final String NEXT =
            "SELECT COUNT(*), MIN(k), MAX(k) FROM (SELECT %2$s AS k FROM %1$s%3$s ORDER BY %2$s LIMIT ?) AS batch";
    private static final String ESTIMATE = "SELECT COALESCE(MAX(table_rows), 0) FROM information_schema.tables"
            + " WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?";

    /**
     * The rows of one batch.
     *
     * @param rows how many there were when it was searched for
     * @param keys their keys
     * @param last the last key
     */
    record Batch(int rows, KeyRange keys, String last) {}

    static KeyWalk of(Connection connection, Batches.Rows rows) throws SQLException {
        return new KeyWalk(connection, rows, KeyColumn.of(connection, rows));
    }

    /** The batch that comes next; empty at the end of the table. */
    Optional<Batch> next(Place place, int size) throws SQLException {
        Optional<String> last = place.last();
        String column = Identifier.quote(rows.key());
        String condition = last.isPresent() ? " WHERE " + column + " > ?" : "";
        try (PreparedStatement select =
                connection.prepareStatement(NEXT.formatted(rows.quotedTable(), column, condition))) {
            int places = 0;
            if (last.isPresent()) {
                select.setObject(++places, key.value(last.get()));
            }
            select.setInt(++places, size);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                int count = found.getInt(1);
                return count == 0
                        ? Optional.empty()
                        : Optional.of(batch(last, count, found.getString(2), found.getString(3)));
            }
        }
    }

    private Batch batch(Optional<String> before, int count, String first, String last) {
        Object from = before.map(end -> key.behind(end, first)).orElseGet(() -> key.value(first));
        return new Batch(count, new KeyRange(from, key.value(last)), last);
    }

    /** How many rows the server believes the table to have. */
    long estimate() throws SQLException {
        String[] parts = rows.table().split("\\.", 2);
        try (PreparedStatement select = connection.prepareStatement(ESTIMATE)) {
            select.setString(1, parts.length == 2 ? parts[0] : null);
            select.setString(2, parts[parts.length - 1]);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }
}
