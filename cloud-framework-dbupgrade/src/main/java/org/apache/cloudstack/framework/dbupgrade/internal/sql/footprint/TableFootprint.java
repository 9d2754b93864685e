package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.ALL;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/** What operations on whole tables touch. */
final class TableFootprint {

    private final FootprintBuilder builder;

    TableFootprint(FootprintBuilder builder) {
        this.builder = builder;
    }

    void add(TableOperation operation) {
        ObjectName table = operation.table();
        if (operation instanceof TableOperation.CreateTable create) {
            builder.writesTable(table);
            create.foreignKeys().forEach(key -> add(table, key));
        } else if (operation instanceof TableOperation.CreateTableLike like) {
            builder.writesTable(table);
            builder.readsTable(like.source());
            List.of(Kind.COLUMN, Kind.COLUMN_DEFAULT, Kind.INDEX, Kind.TABLE_OPTION)
                    .forEach(kind -> builder.reads(kind, like.source(), ALL));
        } else if (operation instanceof TableOperation.CreateTableAsSelect create) {
            builder.writesTable(table);
            builder.readsRows(create.reads());
        } else if (operation instanceof TableOperation.DropTable || operation instanceof TableOperation.ReshapeTable) {
            builder.writesTable(table);
        } else if (operation instanceof TableOperation.RenameTable rename) {
            builder.writesTable(table);
            builder.writesTable(rename.newName());
        } else {
            builder.readsTable(table);
            addToExisting(operation, table);
        }
    }

    private void addToExisting(TableOperation operation, ObjectName table) {
        if (operation instanceof TableOperation.TruncateTable) {
            builder.writes(Kind.ROWS, table, "");
            builder.writes(Kind.TABLE_OPTION, table, "auto_increment");
        } else if (operation instanceof TableOperation.ChangeTableOptions change) {
            change.options()
                    .keySet()
                    .forEach(option ->
                            builder.writes(Kind.TABLE_OPTION, table, option.equals("collate") ? "charset" : option));
            if (change.convertsColumns()) {
                builder.writes(Kind.COLUMN, table, ALL);
                builder.writes(Kind.CELLS, table, ALL);
            }
        }
    }

    private void add(ObjectName table, ForeignKey key) {
        builder.writesConstraint(table, KeyFootprint.nameOf(table, key));
        if (!key.referenced().equals(table)) {
            builder.readsTable(key.referenced());
            builder.reads(Kind.COLUMN, key.referenced(), key.referencedColumns());
        }
    }
}
