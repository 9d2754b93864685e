package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.ALL;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;

/** What operations on rows touch. */
final class RowFootprint {

    private final FootprintBuilder builder;

    RowFootprint(FootprintBuilder builder) {
        this.builder = builder;
    }

    void add(RowOperation operation) {
        builder.readsRows(operation.reads());
        if (operation instanceof RowOperation.InsertRows insert) {
            add(insert);
        } else if (operation instanceof RowOperation.UpdateRows update) {
            for (Reads.Column column : update.written()) {
                changes(column.table());
                builder.reads(Kind.ROWS, column.table(), "");
                builder.reads(Kind.COLUMN, column.table(), column.name());
                builder.writes(Kind.CELLS, column.table(), column.name());
                selects(column.table(), update.selection());
            }
        } else if (operation instanceof RowOperation.DeleteRows delete) {
            for (ObjectName table : delete.tables()) {
                changes(table);
                builder.writes(Kind.ROWS, table, "");
                selects(table, delete.selection());
            }
        }
    }

    private void add(RowOperation.InsertRows insert) {
        ObjectName table = insert.table();
        changes(table);
        List<String> columns = insert.columns().isEmpty() ? List.of(ALL) : insert.columns();
        builder.reads(Kind.COLUMN, table, columns);
        builder.reads(Kind.COLUMN_DEFAULT, table, ALL);
        builder.reads(Kind.TABLE_OPTION, table, "auto_increment");
        builder.writes(Kind.ROWS, table, "");
        columns.forEach(column -> builder.writes(Kind.CELLS, table, column));
        insert.updated().forEach(column -> builder.writes(Kind.CELLS, table, column));
        if (!readsItself(insert)) {
            selects(table, insert.selection());
        }
    }

    private static boolean readsItself(RowOperation.InsertRows insert) {
        return insert.reads().tables().stream()
                .map(SchemaObject::table)
                .anyMatch(SchemaObject.table(insert.table())::equals);
    }

    private void changes(ObjectName table) {
        builder.readsTable(table);
        builder.reads(Kind.ROW_RULE, table, ALL);
    }

    private void selects(ObjectName table, RowSelection selection) {
        if (!selection.values().isEmpty() || selection.inserts()) {
            builder.selects(table, selection);
        }
    }
}
