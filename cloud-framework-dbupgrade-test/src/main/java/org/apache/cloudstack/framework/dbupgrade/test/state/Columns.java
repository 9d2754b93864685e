package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * The columns of a table that are written; generated ones follow from them.
 *
 * @param key those of the primary key; empty without one
 * @param all each with a condition that holds where {@code a} and {@code b} have the same octets in it
 */
record Columns(List<String> key, Map<String, String> all) {

    private static final Set<String> COMPARABLE = Set.of(
            "tinyint",
            "smallint",
            "mediumint",
            "int",
            "bigint",
            "decimal",
            "float",
            "double",
            "bit",
            "year",
            "date",
            "datetime",
            "timestamp",
            "time",
            "binary",
            "varbinary",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob");
    private static final Set<String> TEXT = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");

    private static final String QUERY = """
            SELECT column_name AS name_of, LOWER(data_type) AS type_of, column_key AS key_of
            FROM information_schema.columns
            WHERE table_schema = ? AND table_name = ? AND COALESCE(generation_expression, '') = ''
            ORDER BY ordinal_position""";

    static Columns of(ServerSession session, DefinedObject table) throws SQLException {
        List<String> key = new ArrayList<>();
        Map<String, String> all = new LinkedHashMap<>();
        for (Map<String, String> row : session.rows(QUERY, table.schema(), table.name())) {
            String name = Identifier.quote(row.getOrDefault("name_of", ""));
            all.put(name, condition(name, row.getOrDefault("type_of", "")));
            if ("PRI".equals(row.get("key_of"))) {
                key.add(name);
            }
        }
        return new Columns(List.copyOf(key), all);
    }

    private static String condition(String name, String type) {
        if (COMPARABLE.contains(type)) {
            return "a." + name + " <=> b." + name;
        }
        if (type.equals("enum") || type.equals("set")) {
            return "a." + name + " + 0 <=> b." + name + " + 0";
        }
        // what a collation takes for the same word may be another one
        return TEXT.contains(type)
                ? "CAST(a." + name + " AS BINARY) <=> CAST(b." + name + " AS BINARY)"
                : "HEX(a." + name + ") <=> HEX(b." + name + ")";
    }

    String list() {
        return String.join(", ", all.keySet());
    }

    /** Which row of {@code b} it is. */
    String sameKey() {
        return key.stream().map(name -> "a." + name + " = b." + name).collect(Collectors.joining(" AND "));
    }

    String sameRow() {
        return String.join(" AND ", all.values());
    }
}
