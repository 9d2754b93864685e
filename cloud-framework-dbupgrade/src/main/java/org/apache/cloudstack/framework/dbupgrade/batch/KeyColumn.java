package org.apache.cloudstack.framework.dbupgrade.batch;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;

/** The key that a table is walked along. */
enum KeyColumn {
    INTEGER {
        @Override
        Object value(String text) {
            BigDecimal number = new BigDecimal(text);
            boolean isLong = number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
            return isLong ? (Object) number.longValueExact() : number;
        }

        /** Without a gap, so that rows which are just being added between two batches belong to the second. */
        @Override
        Object behind(String last, String nextThere) {
            return value(new BigDecimal(last).add(BigDecimal.ONE).toPlainString());
        }
    },
    TEXT {
        @Override
        Object value(String text) {
            return text;
        }

        @Override
        Object behind(String last, String nextThere) {
            return nextThere;
        }
    };

    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> TEXTS = Set.of("char", "varchar");
    private static final int LONGEST_TEXT = MigrationContext.VALUE_LIMIT - Place.ROOM_FOR_ROWS;
    private static final String SELECT = """
            SELECT c.data_type, c.is_nullable, COALESCE(c.character_maximum_length, 0),
                   EXISTS (SELECT 1 FROM information_schema.statistics s
                           WHERE s.table_schema = c.table_schema AND s.table_name = c.table_name AND s.non_unique = 0
                           GROUP BY s.index_name
                           HAVING COUNT(*) = 1 AND MAX(s.column_name) = c.column_name AND COUNT(s.sub_part) = 0)
            FROM information_schema.columns c
            WHERE c.table_schema = COALESCE(?, DATABASE()) AND c.table_name = ? AND c.column_name = ?""";

    /** A key as a value that a driver binds. */
    abstract Object value(String text);

    /**
     * Where the next batch starts.
     *
     * @param last the last key of the batch before
     * @param nextThere the next key that is there
     */
    abstract Object behind(String last, String nextThere);

    /**
     * Looks the key up.
     *
     * @throws IllegalArgumentException when the table cannot be walked along it
     */
    static KeyColumn of(Connection connection, Batches.Rows rows) throws SQLException {
        String[] parts = rows.table().split("\\.", 2);
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, parts.length == 2 ? parts[0] : null);
            select.setString(2, parts[parts.length - 1]);
            select.setString(3, rows.key());
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    throw refused(rows, "there is no such column");
                }
                String type = found.getString(1).toLowerCase(Locale.ROOT);
                if (!found.getBoolean(4) || !found.getString(2).equals("NO")) {
                    throw refused(rows, "it is no primary or unique key by itself that takes no NULL");
                }
                return of(rows, type, found.getLong(3));
            }
        }
    }

    private static KeyColumn of(Batches.Rows rows, String type, long length) {
        if (INTEGERS.contains(type)) {
            return INTEGER;
        }
        if (!TEXTS.contains(type)) {
            throw refused(rows, "it is of type " + type + ", where an integer, CHAR or VARCHAR is needed");
        }
        if (length > LONGEST_TEXT) {
            throw refused(rows, "it is longer than " + LONGEST_TEXT + " characters");
        }
        return TEXT;
    }

    private static IllegalArgumentException refused(Batches.Rows rows, String why) {
        return new IllegalArgumentException(
                rows.table() + " cannot be walked along its column " + rows.key() + ": " + why);
    }
}
