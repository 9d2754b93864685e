package org.apache.cloudstack.framework.dbupgrade.osc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * What a table is made of, as the server reports it.
 *
 * @param columns by name, in order
 * @param uniqueKeys the parts of each unique key, by its name; that of a primary key is {@code PRIMARY}
 * @param definition the statement that creates it, without its name and the next number that it gives
 */
public record TableShape(Map<String, Column> columns, Map<String, List<String>> uniqueKeys, String definition) {

    private static final String COLUMNS = """
            SELECT column_name, column_type, data_type, is_nullable, column_default, extra, character_set_name, collation_name,
                   character_maximum_length, numeric_precision, numeric_scale, datetime_precision
            FROM information_schema.columns WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";
    private static final String KEYS = """
            SELECT index_name, column_name, sub_part FROM information_schema.statistics
            WHERE table_schema = ? AND table_name = ? AND non_unique = 0 ORDER BY index_name, seq_in_index""";

    /**
     * A column.
     *
     * @param type as it is written, such as {@code int(11) unsigned}
     * @param kind its first word in lower case, such as {@code int}
     * @param value its default, or null
     * @param extra such as {@code auto_increment}
     * @param charset of strings, or null
     * @param collation of strings, or null
     * @param length of strings in characters, of long ones in octets
     * @param precision digits of numbers
     * @param scale digits after the point
     * @param fraction digits of parts of a second
     */
    public record Column(
            String type,
            String kind,
            boolean nullable,
            @Nullable String value,
            String extra,
            @Nullable String charset,
            @Nullable String collation,
            long length,
            int precision,
            int scale,
            int fraction) {

        /** Whether its values are computed from others. */
        public boolean isGenerated() {
            String words = extra.toUpperCase(java.util.Locale.ROOT);
            return words.contains("GENERATED") && !words.contains("DEFAULT_GENERATED")
                    || words.contains("VIRTUAL")
                    || words.contains("STORED")
                    || words.contains("PERSISTENT");
        }
    }

    /** Reads a table that is there. */
    public static TableShape of(Connection connection, TableName table) throws SQLException {
        return new TableShape(columns(connection, table), uniqueKeys(connection, table), definition(connection, table));
    }

    private static Map<String, Column> columns(Connection connection, TableName table) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (PreparedStatement select = prepared(connection, COLUMNS, table);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                columns.put(
                        row.getString(1),
                        new Column(
                                row.getString(2),
                                row.getString(3).toLowerCase(java.util.Locale.ROOT),
                                row.getString(4).equals("YES"),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8),
                                row.getLong(9),
                                row.getInt(10),
                                row.getInt(11),
                                row.getInt(12)));
            }
        }
        return columns;
    }

    private static Map<String, List<String>> uniqueKeys(Connection connection, TableName table) throws SQLException {
        Map<String, List<String>> keys = new TreeMap<>();
        try (PreparedStatement select = prepared(connection, KEYS, table);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                        .add(row.getString(2) + (row.getString(3) == null ? "" : "(" + row.getString(3) + ")"));
            }
        }
        return keys;
    }

    private static PreparedStatement prepared(Connection connection, String sql, TableName table) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setString(1, table.schema());
        select.setString(2, table.name());
        return select;
    }

    private static String definition(Connection connection, TableName table) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet row =
                        jdbc.executeQuery("SHOW CREATE TABLE " + Identifier.quote(table.schema(), table.name()))) {
            row.next();
            String text = row.getString(2);
            return text.substring(text.indexOf('('))
                    .replaceFirst(" AUTO_INCREMENT=\\d+", "")
                    // MySQL reports what was once written, where it is known from the collation
                    .replaceAll(" CHARACTER SET \\w+(?= COLLATE)", "");
        }
    }
}
