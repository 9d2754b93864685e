package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the rows of one table, many by one statement. A row that the server refuses because it already exists is drawn
 * again.
 */
final class RowWriter implements AutoCloseable {

    private static final Set<Integer> DOUBLES = Set.of(1062, 1586);
    private static final Set<Integer> CHECKS = Set.of(3819, 4025);
    private static final Set<Integer> REFERENCES = Set.of(1452, 1216);

    private static final String CONNECTION_LOST = "08";

    private static final int MOST_ROWS = 500;
    private static final int MOST_VALUES = 5_000;
    private static final long MOST_CHARACTERS = 400_000;
    private static final int ROWS_PER_COMMIT = 20_000;
    private static final int TRIES = 70_000;

    private final Connection connection;
    private final Table table;
    private final RowMaker maker;
    private final String head;
    private final String places;
    private final int rowsPerStatement;
    private @Nullable PreparedStatement full;
    private long written;
    private long uncommitted;

    RowWriter(Connection connection, Table table, RowMaker maker) {
        this.connection = connection;
        this.table = table;
        this.maker = maker;
        this.head = "INSERT INTO " + table.id().quoted() + " ("
                + maker.columns().stream()
                        .map(column -> Identifier.quote(column.name()))
                        .collect(Collectors.joining(", "))
                + ") VALUES ";
        this.places = "(" + String.join(", ", maker.placeholders()) + ")";
        this.rowsPerStatement = Math.max(
                1, Math.min(MOST_ROWS, MOST_VALUES / Math.max(1, maker.columns().size())));
    }

    /**
     * Writes so many rows.
     *
     * @param each is notified of each row, once it is there
     * @return how many it became; fewer when no more different ones could be drawn
     */
    long write(long wanted, RowListener each) throws SQLException {
        List<Object[]> rows = new ArrayList<>(rowsPerStatement);
        long characters = 0;
        while (written + rows.size() < wanted) {
            Optional<Object[]> row = maker.next();
            if (row.isEmpty()) {
                break;
            }
            rows.add(row.get());
            characters += characters(row.get());
            if (rows.size() == rowsPerStatement || characters > MOST_CHARACTERS) {
                flush(rows, each);
                rows.clear();
                characters = 0;
            }
        }
        flush(rows, each);
        connection.commit();
        return written;
    }

    private static long characters(Object[] row) {
        long characters = 0;
        for (Object value : row) {
            characters += value instanceof String text
                    ? text.length()
                    : value instanceof byte[] octets ? octets.length : Long.BYTES;
        }
        return characters;
    }

    private void flush(List<Object[]> rows, RowListener each) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try {
            insert(rows);
            rows.forEach(each::written);
            written += rows.size();
        } catch (SQLException e) {
            if (!DOUBLES.contains(e.getErrorCode())) {
                throw refused(e);
            }
            for (Object[] row : rows) {
                if (!insertOther(row, each)) {
                    break;
                }
            }
        }
        uncommitted += rows.size();
        if (uncommitted >= ROWS_PER_COMMIT) {
            connection.commit();
            uncommitted = 0;
        }
    }

    /** Inserts one row, or the next one that is not there yet; false when there is none. */
    private boolean insertOther(Object[] row, RowListener each) throws SQLException {
        Optional<Object[]> next = Optional.of(row);
        for (int i = 0; i < TRIES && next.isPresent(); i++) {
            try {
                insert(Collections.singletonList(next.get()));
                each.written(next.get());
                written++;
                return true;
            } catch (SQLException e) {
                if (!DOUBLES.contains(e.getErrorCode())) {
                    throw refused(e);
                }
                next = maker.next();
            }
        }
        return false;
    }

    private void insert(List<Object[]> rows) throws SQLException {
        if (rows.size() == rowsPerStatement) {
            if (full == null) {
                full = connection.prepareStatement(statement(rowsPerStatement));
            }
            execute(full, rows);
        } else {
            try (PreparedStatement shorter = connection.prepareStatement(statement(rows.size()))) {
                execute(shorter, rows);
            }
        }
    }

    private String statement(int rows) {
        StringBuilder text = new StringBuilder(head).append(places);
        for (int i = 1; i < rows; i++) {
            text.append(", ").append(places);
        }
        return text.toString();
    }

    private static void execute(PreparedStatement insert, List<Object[]> rows) throws SQLException {
        int place = 1;
        for (Object[] row : rows) {
            for (Object value : row) {
                insert.setObject(place++, value);
            }
        }
        insert.executeUpdate();
    }

    private TestDataException refused(SQLException e) throws SQLException {
        String name = table.id().toString();
        String state = e.getSQLState();
        if (state != null && state.startsWith(CONNECTION_LOST)) {
            throw e;
        }
        if (CHECKS.contains(e.getErrorCode())) {
            return new TestDataException("Rows made for " + name + " break a CHECK of it. It has "
                    + String.join("; ", table.checks()) + ". Say what its columns hold, such as"
                    + " with(\"column\").from(…), in rows(\"" + name + "\", …) or in values(\"" + name + "\", …).");
        }
        if (REFERENCES.contains(e.getErrorCode())) {
            return new TestDataException("Rows made for " + name + " refer to rows that are not there, by one of "
                    + table.foreignKeys().stream().map(ForeignKey::name).collect(Collectors.joining(", "))
                    + ". Rules on columns of a foreign key give only values that its parent has.");
        }
        return new TestDataException(
                "The server refuses rows made for " + name + ": error " + e.getErrorCode() + ", SQL state "
                        + e.getSQLState() + ". Say what its columns hold by rules, such as with(\"column\").from(…);"
                        + " a trigger of the table may be the reason too.",
                SafeCause.of(e));
    }

    @Override
    public void close() throws SQLException {
        if (full != null) {
            full.close();
        }
    }

    /** Is notified of what was written. */
    @FunctionalInterface
    interface RowListener {
        void written(Object[] row);
    }
}
