package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Operations on rows. */
public sealed interface RowOperation extends Operation {

    /** What the statement's queries and conditions read, the changed tables included. */
    Reads reads();

    /** The tables whose rows change. */
    default Set<ObjectName> changed() {
        if (this instanceof InsertRows insert) {
            return Set.of(insert.table());
        }
        if (this instanceof UpdateRows update) {
            return update.written().stream().map(Reads.Column::table).collect(Collectors.toUnmodifiableSet());
        }
        return this instanceof DeleteRows delete ? delete.tables() : Set.of();
    }

    /** What becomes of a new row whose key another row has. */
    enum OnDuplicate {
        FAIL,
        IGNORE,
        REPLACE,
        UPDATE
    }

    /**
     * Adds rows.
     *
     * @param columns the columns that are given, in order; empty when all are, in the table's order
     * @param rows the values, row by row; for a query one for each SELECT, of which every row has the literals; empty
     *     when it does not say what its columns are
     * @param updated the columns that {@code ON DUPLICATE KEY UPDATE} sets
     */
    record InsertRows(
            ObjectName table,
            List<String> columns,
            List<List<Value>> rows,
            OnDuplicate onDuplicate,
            Set<String> updated,
            Reads reads)
            implements RowOperation {

        public InsertRows {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            updated = Set.copyOf(updated);
        }

        /** Which rows this can touch: its own, and with REPLACE or UPDATE any that has one of their keys. */
        public RowSelection selection() {
            return onDuplicate == OnDuplicate.REPLACE || onDuplicate == OnDuplicate.UPDATE
                    ? RowSelection.any()
                    : RowSelection.ofNewRows(columns, rows);
        }
    }

    /**
     * Changes rows.
     *
     * @param written the columns that are set; one that could belong to several tables is noted for each
     * @param selection which rows can be meant; known for a single table only
     */
    record UpdateRows(Set<Reads.Column> written, Reads reads, RowSelection selection) implements RowOperation {

        public UpdateRows {
            written = Set.copyOf(written);
        }
    }

    /** Takes rows from tables; {@code selection} is known for a single table only. */
    record DeleteRows(Set<ObjectName> tables, Reads reads, RowSelection selection) implements RowOperation {

        public DeleteRows {
            tables = Set.copyOf(tables);
        }
    }

    /** Reads rows and changes none. */
    record ReadRows(Reads reads) implements RowOperation {}
}
