package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads indexes, foreign keys and checks. */
final class ConstraintCatalog {

    private static final String INDEXES = """
            SELECT table_name AS table_of, index_name AS index_of, non_unique AS non_unique, index_type AS index_type,
                column_name AS column_of, sub_part AS prefix, collation AS direction, %s AS unused
            FROM information_schema.statistics
            WHERE table_schema = ?
            ORDER BY table_name, index_name, seq_in_index""";

    private static final String FOREIGN_KEYS = """
            SELECT k.table_name AS table_of, k.constraint_name AS name_of, k.column_name AS column_of,
                k.referenced_table_schema AS to_schema, k.referenced_table_name AS to_table,
                k.referenced_column_name AS to_column, r.delete_rule AS delete_rule, r.update_rule AS update_rule
            FROM information_schema.key_column_usage k
            JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema
                AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
            WHERE k.table_schema = ? AND r.constraint_schema = ? AND k.referenced_table_name IS NOT NULL
            ORDER BY k.table_name, k.constraint_name, k.ordinal_position""";

    static final String CHECKS_OF_MARIADB = """
            SELECT table_name AS table_of, constraint_name AS name_of, check_clause AS clause, level AS level
            FROM information_schema.check_constraints
            WHERE constraint_schema = ?""";

    private static final String CHECKS_OF_MYSQL = """
            SELECT t.table_name AS table_of, c.constraint_name AS name_of, c.check_clause AS clause, 'Table' AS level,
                t.enforced AS enforced
            FROM information_schema.check_constraints c
            JOIN information_schema.table_constraints t ON t.constraint_schema = c.constraint_schema
                AND t.constraint_name = c.constraint_name AND t.constraint_type = 'CHECK'
            WHERE c.constraint_schema = ?""";

    private final Catalog catalog;
    private final boolean mariaDb;
    private final SchemaSnapshotBuilder picture;

    ConstraintCatalog(Catalog catalog, boolean mariaDb, SchemaSnapshotBuilder picture) {
        this.catalog = catalog;
        this.mariaDb = mariaDb;
        this.picture = picture;
    }

    void read(String schema) throws SQLException {
        Map<Name, List<Row>> foreignKeys = grouped(catalog.rows(FOREIGN_KEYS, schema, schema), "name_of");
        foreignKeys.forEach((name, rows) ->
                picture.add(SchemaKind.FOREIGN_KEY, schema, name.table(), name.name(), foreignKey(rows)));
        Map<Name, List<Row>> indexes = grouped(
                catalog.rows(INDEXES.formatted(mariaDb ? "`ignored`" : "is_visible = 'NO'"), schema), "index_of");
        indexes.forEach((name, rows) -> {
            if (!GeneratedKey.isIndex(rows) && !isMadeFor(foreignKeys.getOrDefault(name, List.of()), rows)) {
                picture.add(SchemaKind.INDEX, schema, name.table(), name.name(), index(rows));
            }
        });
        readChecks(schema);
    }

    /** The servers make such an index by themselves, and drop it by themselves when another one serves. */
    private static boolean isMadeFor(List<Row> foreignKey, List<Row> index) {
        return index.get(0).is("non_unique", "1")
                && columns(foreignKey, "column_of").equals(columns(index, "column_of"));
    }

    private String foreignKey(List<Row> rows) {
        Row first = rows.get(0);
        return "(" + columns(rows, "column_of") + ") REFERENCES "
                + picture.names().of(first.text("to_schema")) + "."
                + first.text("to_table") + " (" + columns(rows, "to_column") + ") ON DELETE "
                + rule(first.text("delete_rule")) + " ON UPDATE " + rule(first.text("update_rule"));
    }

    /** InnoDB treats both in the same way, and each server names another one when none was asked for. */
    private static String rule(String rule) {
        return rule.equals("RESTRICT") ? "NO ACTION" : rule;
    }

    private static String columns(List<Row> rows, String label) {
        return rows.stream().map(row -> row.text(label)).collect(Collectors.joining(", "));
    }

    private static String index(List<Row> rows) {
        Row first = rows.get(0);
        String unique = first.is("non_unique", "0") ? "UNIQUE " : "";
        String type = first.is("index_type", "BTREE") ? "" : first.text("index_type") + " ";
        return unique
                + type
                + rows.stream().map(ConstraintCatalog::part).collect(Collectors.joining(", ", "(", ")"))
                + unused(first);
    }

    /** One word for both: what MySQL calls invisible, MariaDB calls ignored. */
    private static String unused(Row index) {
        return index.is("unused", "YES") || index.is("unused", "1") ? " INVISIBLE" : "";
    }

    private static String part(Row row) {
        // MySQL has indexes on expressions, which have no column.
        String column = row.isNull("column_of") ? "expression" : row.text("column_of");
        // A spatial index reports the length of its own keys, which no script asks for.
        boolean whole = row.isNull("prefix") || row.is("index_type", "SPATIAL");
        return column + (whole ? "" : "(" + row.text("prefix") + ")") + (row.is("direction", "D") ? " DESC" : "");
    }

    private void readChecks(String schema) throws SQLException {
        for (Row check : catalog.rows(mariaDb ? CHECKS_OF_MARIADB : CHECKS_OF_MYSQL, schema)) {
            if (mariaDb && JsonCheck.column(check).findAny().isPresent()) {
                continue;
            }
            String clause = SqlText.expression(check.text("clause"));
            String name = hasGivenName(check) ? check.text("name_of") : "(" + clause + ")";
            String enforcement = check.is("enforced", "NO") ? " NOT ENFORCED" : "";
            picture.add(SchemaKind.CHECK, schema, check.text("table_of"), name, clause + enforcement);
        }
    }

    private static boolean hasGivenName(Row check) {
        String name = check.text("name_of");
        return !check.is("level", "Column")
                && !name.matches("CONSTRAINT_\\d+")
                && !name.startsWith(check.text("table_of") + "_chk_");
    }

    private static Map<Name, List<Row>> grouped(List<Row> rows, String label) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new Name(row.text("table_of"), row.text(label)),
                        LinkedHashMap::new,
                        Collectors.toUnmodifiableList()));
    }

    /** A name in a table. */
    private record Name(String table, String name) {}
}
