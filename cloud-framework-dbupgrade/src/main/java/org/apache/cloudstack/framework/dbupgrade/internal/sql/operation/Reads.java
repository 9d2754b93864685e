package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the queries and expressions of a statement read.
 *
 * @param tables the tables and views
 * @param columns their columns; a column that could belong to several tables is noted for each
 * @param functions functions that are not the server's own
 */
public record Reads(Set<ObjectName> tables, Set<Column> columns, Set<ObjectName> functions) {

    /** Stands for all columns of a table. */
    public static final String ALL_COLUMNS = "*";

    /** A statement that reads nothing. */
    public static final Reads NOTHING = new Reads(Set.of(), Set.of(), Set.of());

    /** A column of a table, or {@link #ALL_COLUMNS} of it. */
    public record Column(ObjectName table, String name) {}

    public Reads {
        tables = Set.copyOf(tables);
        columns = Set.copyOf(columns);
        functions = Set.copyOf(functions);
    }

    /** What both read. */
    public Reads plus(Reads other) {
        return new Reads(union(tables, other.tables), union(columns, other.columns), union(functions, other.functions));
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both;
    }
}
