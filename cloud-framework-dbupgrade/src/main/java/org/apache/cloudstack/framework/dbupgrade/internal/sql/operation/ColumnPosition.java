package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

/** Where a column stands among the others. Programs that name their columns do not notice. */
public sealed interface ColumnPosition {

    /** Where the server puts it: a new column last, a changed one where it was. */
    record Unsaid() implements ColumnPosition {}

    /** Before all others. */
    record First() implements ColumnPosition {}

    /** After another column. */
    record After(String column) implements ColumnPosition {}
}
