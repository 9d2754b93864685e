package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** Values that are there in columns which foreign keys refer to; numbers are kept close together. */
final class KeyPool {

    private final long[] numbers;
    private final List<Object[]> others;

    private KeyPool(long[] numbers, List<Object[]> others) {
        this.numbers = numbers;
        this.others = others;
    }

    /**
     * Reads the values, in their order.
     *
     * @param limit at most so many
     */
    static KeyPool read(Connection connection, ForeignKey key, long limit) throws SQLException {
        String columns = key.referenced().stream().map(Identifier::quote).collect(Collectors.joining(", "));
        String present = key.referenced().stream()
                .map(column -> Identifier.quote(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String query = "SELECT DISTINCT " + columns + " FROM " + key.parent().quoted() + " WHERE " + present
                + " ORDER BY " + columns + " LIMIT " + limit;
        try (PreparedStatement select =
                connection.prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            // rows come one by one, not all at once
            select.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = select.executeQuery()) {
                return isWhole(rows) ? new KeyPool(numbers(rows), List.of()) : new KeyPool(new long[0], others(rows));
            }
        }
    }

    /** Whether each key is one number that a {@code long} holds. */
    private static boolean isWhole(ResultSet rows) throws SQLException {
        return rows.getMetaData().getColumnCount() == 1
                && List.of(Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT)
                        .contains(rows.getMetaData().getColumnType(1));
    }

    private static long[] numbers(ResultSet rows) throws SQLException {
        long[] numbers = new long[1024];
        int size = 0;
        while (rows.next()) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = rows.getLong(1);
        }
        return Arrays.copyOf(numbers, size);
    }

    private static List<Object[]> others(ResultSet rows) throws SQLException {
        List<Object[]> all = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            Object[] key = new Object[columns];
            for (int i = 0; i < columns; i++) {
                key[i] = value(rows, i + 1);
            }
            all.add(key);
        }
        return all;
    }

    /** As text, in which the server reads back everything but octets. */
    private static Object value(ResultSet rows, int column) throws SQLException {
        return switch (rows.getMetaData().getColumnType(column)) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BIT -> rows.getBytes(column);
            default -> rows.getString(column);
        };
    }

    int size() {
        return numbers.length + others.size();
    }

    /** One column of a key. */
    Object at(int index, int column) {
        return numbers.length > 0 ? (Object) numbers[index] : others.get(index)[column];
    }

    /** Where a column of the keys holds a value, whichever Java type it comes in. */
    boolean holds(int index, int column, Object value) {
        return String.valueOf(at(index, column)).equals(String.valueOf(value));
    }
}
