package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the database itself, its tables and views, and their columns. */
final class TableCatalog {

    private static final String DATABASE = """
            SELECT default_collation_name AS collation_of
            FROM information_schema.schemata
            WHERE schema_name = ?""";

    private static final String TABLES = """
            SELECT table_name AS table_of, engine AS engine_of, table_collation AS collation_of, table_type AS type_of
            FROM information_schema.tables
            WHERE table_schema = ? AND table_type <> 'VIEW'""";

    private static final String VIEWS = """
            SELECT table_name AS table_of, view_definition AS definition, check_option AS check_option, security_type AS security
            FROM information_schema.views
            WHERE table_schema = ?""";

    private static final String COLUMNS = """
            SELECT table_name AS table_of, column_name AS column_of, column_type AS column_type, data_type AS data_type,
                is_nullable AS is_nullable, column_default AS column_default, extra AS extra,
                collation_name AS collation_of, generation_expression AS generation_expression
            FROM information_schema.columns
            WHERE table_schema = ?
            ORDER BY table_name, ordinal_position""";

    private static final Set<String> TEXTS = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");

    private final Catalog catalog;
    private final boolean mariaDb;
    private final SchemaSnapshotBuilder picture;

    TableCatalog(Catalog catalog, boolean mariaDb, SchemaSnapshotBuilder picture) {
        this.catalog = catalog;
        this.mariaDb = mariaDb;
        this.picture = picture;
    }

    void read(String schema) throws SQLException {
        for (Row row : catalog.rows(DATABASE, schema)) {
            picture.addDatabase(schema, Collations.text(row.text("collation_of")));
        }
        Map<String, String> partitions = new PartitionCatalog(catalog).read(schema);
        for (Row row : catalog.rows(TABLES, schema)) {
            String versioned = row.is("type_of", "SYSTEM VERSIONED") ? " WITH SYSTEM VERSIONING" : "";
            String text = row.text("engine_of") + " " + Collations.text(row.text("collation_of")) + versioned
                    + partitions.getOrDefault(row.text("table_of"), "");
            picture.add(SchemaKind.TABLE, schema, row.text("table_of"), text);
        }
        Map<String, String> views = new TreeMap<>();
        for (Row row : catalog.rows(VIEWS, schema)) {
            views.put(row.text("table_of"), viewText(row));
        }
        readColumns(schema, views);
    }

    private void readColumns(String schema, Map<String, String> views) throws SQLException {
        Set<String> jsonColumns = mariaDb ? jsonColumns(schema) : Set.of();
        ColumnText text = new ColumnText(mariaDb, picture.names());
        Map<String, StringJoiner> viewColumns = new HashMap<>();
        for (Row column : catalog.rows(COLUMNS, schema)) {
            String table = column.text("table_of");
            String name = column.text("column_of");
            if (views.containsKey(table)) {
                viewColumns
                        .computeIfAbsent(table, key -> new StringJoiner(", ", "(", ")"))
                        .add(name + " " + viewType(column.text("data_type")));
            } else if (!GeneratedKey.isColumn(column)) {
                boolean isJson = jsonColumns.contains(JsonCheck.key(table, name));
                picture.addColumn(schema, table, name, text.of(column, isJson));
            }
        }
        // A view on something that is gone is still there, but shows no columns.
        StringJoiner broken = new StringJoiner("").add("(broken)");
        views.forEach((view, definition) -> picture.add(
                SchemaKind.VIEW, schema, view, viewColumns.getOrDefault(view, broken) + " AS " + definition));
    }

    private String viewText(Row view) {
        String definition = SqlText.expression(picture.names().inExpression(view.text("definition")));
        boolean isChecked = view.is("check_option", "LOCAL") || view.is("check_option", "CASCADED");
        String check = isChecked ? " WITH " + view.text("check_option") + " CHECK OPTION" : "";
        return definition + check + (view.is("security", "INVOKER") ? " SQL SECURITY INVOKER" : "");
    }

    private Set<String> jsonColumns(String schema) throws SQLException {
        List<Row> checks = catalog.rows(ConstraintCatalog.CHECKS_OF_MARIADB, schema);
        return checks.stream().flatMap(JsonCheck::column).collect(Collectors.toUnmodifiableSet());
    }

    /** Servers compute different lengths for what a view calculates, and so choose different types of text. */
    private static String viewType(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return TEXTS.contains(name) ? "text" : name;
    }
}
