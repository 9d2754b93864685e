package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Reads how tables are partitioned. */
final class PartitionCatalog {

    private static final String PARTITIONS = """
            SELECT table_name AS table_of, partition_method AS method, partition_expression AS expression,
                subpartition_method AS sub_method, subpartition_expression AS sub_expression,
                partition_name AS name_of, partition_description AS limit_of, subpartition_name AS sub_name
            FROM information_schema.partitions
            WHERE table_schema = ? AND partition_method IS NOT NULL
            ORDER BY table_name, partition_ordinal_position, subpartition_ordinal_position""";

    private final Catalog catalog;

    PartitionCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The clause of each partitioned table, to append to its text. */
    Map<String, String> read(String schema) throws SQLException {
        Map<String, String> methods = new LinkedHashMap<>();
        Map<String, StringJoiner> partitions = new TreeMap<>();
        for (Row row : catalog.rows(PARTITIONS, schema)) {
            String table = row.text("table_of");
            methods.putIfAbsent(table, method(row));
            partitions
                    .computeIfAbsent(table, key -> new StringJoiner(", ", " (", ")"))
                    .add(partition(row));
        }
        methods.replaceAll((table, method) -> method + partitions.get(table));
        return methods;
    }

    private static String method(Row row) {
        String by = " PARTITION BY " + row.text("method") + " (" + SqlText.expression(row.text("expression")) + ")";
        return row.isNull("sub_method")
                ? by
                : by + " SUBPARTITION BY " + row.text("sub_method") + " ("
                        + SqlText.expression(row.text("sub_expression")) + ")";
    }

    private static String partition(Row row) {
        String limit = row.isNull("limit_of") ? "" : " " + row.text("limit_of");
        return row.text("name_of") + limit + (row.isNull("sub_name") ? "" : " " + row.text("sub_name"));
    }
}
