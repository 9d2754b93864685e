package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;

/**
 * Assertions about a table; {@link #and()} goes back to the databases.
 *
 * <pre>{@code
 * assertThat(database).hasTable("configuration")
 *         .withPrimaryKey("name")
 *         .withoutColumn("obsolete")
 *         .containsRow(Map.of("name", "vpc.cleanup.interval", "value", "1800"));
 * }</pre>
 */
public final class TableAssert extends PartAssert<TableAssert> {

    private final DatabaseAssert database;

    TableAssert(DatabaseAssert database, String name) {
        super(name, TableAssert.class);
        this.database = database;
    }

    /** The table has this engine, such as {@code InnoDB}; case does not count. */
    public TableAssert withEngine(String engine) {
        return option("engine", engine, definition().split(" ", 2)[0]);
    }

    /** Columns without a character set of their own get this one: {@code utf8mb4}; {@code utf8} is {@code utf8mb3}. */
    public TableAssert withCharset(String charset) {
        return option(
                "character set", CharsetText.charset(charset), definition().split(" ")[1]);
    }

    /** Columns without a collation of their own get this one: {@code utf8mb4_bin}. */
    public TableAssert withCollation(String collation) {
        return option("collation", CharsetText.charset(collation), definition().replaceFirst(".* ", ""));
    }

    /** The rows of the table, as they are now. */
    TableRows rows() {
        return new TableRows(database.database().jdbc(), actual);
    }

    String name() {
        return actual;
    }

    DatabaseAssert database() {
        return database;
    }

    @Override
    TableAssert table() {
        return this;
    }

    ColumnAssert column(String column) {
        return new ColumnAssert(this, column, part(SchemaKind.COLUMN, "column", column));
    }

    TableAssert lacksColumn(String column) {
        return lacks(SchemaKind.COLUMN, "column", column);
    }

    TableAssert hasColumns(String... columns) {
        Map<String, String> found = parts(SchemaKind.COLUMN);
        if (!List.copyOf(found.keySet()).equals(List.of(columns))) {
            List<String> lines = new ArrayList<>();
            found.forEach((name, definition) -> lines.add(name + " " + definition));
            List<String> expected = new ArrayList<>();
            for (String name : columns) {
                expected.add(found.containsKey(name) ? name + " " + found.get(name) : name);
            }
            throw failure("The table " + actual + " has other columns:\n" + SideBySide.ofOrder(expected, lines));
        }
        return this;
    }

    IndexAssert index(String index) {
        return new IndexAssert(this, index, part(SchemaKind.INDEX, "index", index));
    }

    TableAssert lacksIndex(String index) {
        return lacks(SchemaKind.INDEX, "index", index);
    }

    TableAssert hasPrimaryKey(String... columns) {
        if (!parts(SchemaKind.INDEX).containsKey("PRIMARY")) {
            throw failure(
                    "The table " + actual + " has no primary key; expected (" + String.join(", ", columns) + ").");
        }
        new IndexAssert(this, "PRIMARY", part(SchemaKind.INDEX, "index", "PRIMARY")).on(columns);
        return this;
    }

    ForeignKeyAssert foreignKey(String foreignKey) {
        return new ForeignKeyAssert(this, foreignKey, part(SchemaKind.FOREIGN_KEY, "foreign key", foreignKey));
    }

    TableAssert lacksForeignKey(String foreignKey) {
        return lacks(SchemaKind.FOREIGN_KEY, "foreign key", foreignKey);
    }

    TableAssert counts(long count) {
        long found = rows().count();
        if (found != count) {
            throw failure("The table " + actual + " has another number of rows: expected " + count + ", found " + found
                    + ".");
        }
        return this;
    }

    TableAssert contains(Map<String, ?> values) {
        Map<String, String> wanted = texts(values);
        TableRows rows = rows();
        if (!rows.has(wanted)) {
            throw failure("The table " + actual + " has no such row. "
                    + rows.nearest(wanted)
                            .map(row -> "The nearest is:\n" + SideBySide.ofValues("column", wanted, row))
                            .orElse("It is empty."));
        }
        return this;
    }

    TableAssert lacks(Map<String, ?> values) {
        Map<String, String> unwanted = texts(values);
        if (rows().has(unwanted)) {
            throw failure("The table " + actual + " has a row with " + unwanted + ", and none is expected.");
        }
        return this;
    }

    private Map<String, String> texts(Map<String, ?> values) {
        Map<String, String> columns = parts(SchemaKind.COLUMN);
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((column, value) -> {
            if (!columns.containsKey(column)) {
                throw missing("column", column, columns);
            }
            texts.put(column, Cells.text(value));
        });
        return texts;
    }

    private String part(SchemaKind kind, String word, String name) {
        Map<String, String> parts = parts(kind);
        String definition = parts.get(name);
        if (definition == null) {
            throw missing(word, name, parts);
        }
        return definition;
    }

    private AssertionError missing(String word, String name, Map<String, String> parts) {
        List<List<String>> rows = new ArrayList<>();
        parts.forEach((each, definition) -> rows.add(List.of(each, definition)));
        String known = rows.isEmpty()
                ? "It has none at all."
                : "It has:\n" + String.join("\n", new TextTable(List.of(word, "found"), rows).lines());
        return failure("The table " + actual + " has no " + word + " " + name + "."
                + NearNames.hint(name, parts.keySet()) + "\n" + known);
    }

    private TableAssert lacks(SchemaKind kind, String word, String name) {
        String found = parts(kind).get(name);
        if (found != null) {
            throw failure("The table " + actual + " has " + (word.startsWith("i") ? "an " : "a ") + word + " " + name
                    + ", and none is expected: " + found + ".");
        }
        return this;
    }

    private TableAssert option(String word, String expected, String found) {
        if (!expected.equalsIgnoreCase(found)) {
            throw failure("The table " + actual + " has another " + word + ": expected " + expected + ", found " + found
                    + ".");
        }
        return this;
    }

    private Map<String, String> parts(SchemaKind kind) {
        return database.schema().partsOf(actual, kind);
    }

    private String definition() {
        return database.schema().definition(SchemaKind.TABLE, actual).orElseThrow();
    }
}
