package org.apache.cloudstack.framework.dbupgrade.test.assertions;

/**
 * Assertions about an index: {@code hasTable("alert").withIndex("i_alert__created").on("archived", "created").unique()}.
 */
public final class IndexAssert extends PartAssert<IndexAssert> {

    private static final String UNIQUE = "UNIQUE ";

    private final TableAssert table;
    private final String definition;

    IndexAssert(TableAssert table, String index, String definition) {
        super(table.name() + "." + index, IndexAssert.class);
        this.table = table;
        this.definition = definition;
    }

    /** It is on these columns, in this order. A part of a column is {@code name(10)}, descending {@code name DESC}. */
    public IndexAssert on(String... columns) {
        String expected = "(" + String.join(", ", columns) + ")";
        String found = definition.substring(definition.indexOf('('));
        if (!found.equals(expected)) {
            throw failure(
                    "The index " + actual + " is on other columns: expected " + expected + ", found " + found + ".");
        }
        return this;
    }

    /** It lets no value occur twice. */
    public IndexAssert unique() {
        if (!definition.startsWith(UNIQUE)) {
            throw failure("The index " + actual + " is not as expected: expected " + UNIQUE + definition + ", found "
                    + definition + ".");
        }
        return this;
    }

    /** It lets values occur twice. */
    public IndexAssert notUnique() {
        if (definition.startsWith(UNIQUE)) {
            throw failure("The index " + actual + " is not as expected: expected "
                    + definition.substring(UNIQUE.length()) + ", found " + definition + ".");
        }
        return this;
    }

    @Override
    TableAssert table() {
        return table;
    }
}
