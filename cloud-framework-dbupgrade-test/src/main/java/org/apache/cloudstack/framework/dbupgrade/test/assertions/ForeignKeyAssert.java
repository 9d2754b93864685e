package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.Locale;

/**
 * Assertions about a foreign key:
 * {@code hasTable("vm").withForeignKey("fk_vm__host_id").from("host_id").to("host", "id").onDelete("cascade")}.
 */
public final class ForeignKeyAssert extends PartAssert<ForeignKeyAssert> {

    private final TableAssert table;
    private final String definition;

    ForeignKeyAssert(TableAssert table, String foreignKey, String definition) {
        super(table.name() + "." + foreignKey, ForeignKeyAssert.class);
        this.table = table;
        this.definition = definition;
    }

    /** It is on these columns of the table, in this order. */
    public ForeignKeyAssert from(String... columns) {
        String expected = "(" + String.join(", ", columns) + ") REFERENCES";
        return require(definition.startsWith(expected), expected);
    }

    /** It refers to these columns of that table, in this order. */
    public ForeignKeyAssert to(String other, String... columns) {
        String expected =
                "REFERENCES " + table.database().schema().fullName(other) + " (" + String.join(", ", columns) + ")";
        return require(definition.contains(expected + " ON DELETE"), expected);
    }

    /** What happens to its rows when those referred to are deleted; {@code restrict} and {@code no action} are the same. */
    public ForeignKeyAssert onDelete(String rule) {
        String expected = "ON DELETE " + rule(rule);
        return require(definition.contains(expected + " ON UPDATE"), expected);
    }

    /** What happens to its rows when those referred to get another key. */
    public ForeignKeyAssert onUpdate(String rule) {
        String expected = "ON UPDATE " + rule(rule);
        return require(definition.endsWith(expected), expected);
    }

    @Override
    TableAssert table() {
        return table;
    }

    private ForeignKeyAssert require(boolean holds, String expected) {
        if (!holds) {
            throw failure("The foreign key " + actual + " is not as expected: expected " + expected + ", found "
                    + definition + ".");
        }
        return this;
    }

    private static String rule(String rule) {
        String upper = rule.toUpperCase(Locale.ROOT);
        return upper.equals("RESTRICT") ? "NO ACTION" : upper;
    }
}
