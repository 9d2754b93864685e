package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Assertions about a column. They go on with the column; {@code withColumn}, {@code withIndex} and the like go on with its
 * table, and {@link #and()} with the databases.
 *
 * <pre>{@code
 * assertThat(database).hasTable("vpc")
 *         .withColumn("redundant").ofType("tinyint(1)").notNull().withDefault("0")
 *         .withColumn("name").ofType("varchar(255)").nullable().withCharset("utf8mb4");
 * }</pre>
 */
public final class ColumnAssert extends PartAssert<ColumnAssert> {

    private final TableAssert table;
    private final ColumnDefinition definition;

    ColumnAssert(TableAssert table, String column, String definition) {
        super(table.name() + "." + column, ColumnAssert.class);
        this.table = table;
        this.definition = ColumnDefinition.of(definition);
    }

    /**
     * It has this type. Widths of integers do not count, but for {@code tinyint(1)}: {@code int(11)} is {@code int}.
     *
     * @param type as it is written in a script, such as {@code BIGINT(20) UNSIGNED} or {@code decimal(10, 2)}
     */
    public ColumnAssert ofType(String type) {
        String expected = ColumnDefinition.type(type);
        return require(definition.type().equals(expected), "type", expected);
    }

    /** NULL may be written to it. */
    public ColumnAssert nullable() {
        return require(!definition.notNull(), "null", "yes");
    }

    /** NULL is refused. */
    public ColumnAssert notNull() {
        return require(definition.notNull(), "null", "no");
    }

    /**
     * It has this default.
     *
     * @param value a text without quotes, a number, or an expression such as {@code current_timestamp}
     */
    public ColumnAssert withDefault(String value) {
        return require(definition.hasDefault(value), "default", value);
    }

    /** It has no default of its own. */
    public ColumnAssert withoutDefault() {
        return require(definition.defaultValue().isEmpty(), "default", "none");
    }

    /** Its strings have this character set; {@code utf8} is {@code utf8mb3}. */
    public ColumnAssert withCharset(String charset) {
        String expected = CharsetText.charset(charset);
        return require(definition.charset().equals(expected), "character set", expected);
    }

    /** Its strings are compared by this collation. */
    public ColumnAssert withCollation(String collation) {
        String expected = CharsetText.charset(collation);
        return require(definition.collation().equals(expected), "collation", expected);
    }

    /** The server counts its values up. */
    public ColumnAssert autoIncrement() {
        return require(definition.extra().equals("auto_increment"), "extra", "auto_increment");
    }

    @Override
    TableAssert table() {
        return table;
    }

    private ColumnAssert require(boolean holds, String part, String expected) {
        if (!holds) {
            Map<String, String> wanted = new LinkedHashMap<>(definition.parts());
            wanted.put(part, expected);
            throw failure("The column " + actual + " is not as expected:\n"
                    + SideBySide.ofValues("part", wanted, definition.parts()));
        }
        return this;
    }
}
