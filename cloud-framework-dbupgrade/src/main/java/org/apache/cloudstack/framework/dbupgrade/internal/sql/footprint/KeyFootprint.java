package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import java.util.Collection;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/** What operations on indexes and constraints touch. A new rule for rows reads all rows, to check them. */
final class KeyFootprint {

    private final FootprintBuilder builder;

    KeyFootprint(FootprintBuilder builder) {
        this.builder = builder;
    }

    /** Its name, or the beginning of the one that the server chooses. */
    static String nameOf(ObjectName table, ForeignKey key) {
        return key.name().orElse(table.name() + "_ibfk");
    }

    void add(KeyOperation operation) {
        ObjectName table = operation.table();
        builder.readsTable(table);
        if (operation instanceof KeyOperation.AddIndex add) {
            add(table, add.index());
        } else if (operation instanceof KeyOperation.DropIndex drop) {
            writesIndex(table, drop.index());
        } else if (operation instanceof KeyOperation.RenameIndex rename) {
            writesIndex(table, rename.index());
            writesIndex(table, rename.newName());
        } else if (operation instanceof KeyOperation.AddForeignKey add) {
            builder.writesConstraint(table, nameOf(table, add.foreignKey()));
            readsValues(table, add.foreignKey().columns());
            builder.readsTable(add.foreignKey().referenced());
            readsValues(add.foreignKey().referenced(), add.foreignKey().referencedColumns());
            builder.reads(Kind.TABLE_OPTION, table, "engine");
        } else if (operation instanceof KeyOperation.DropForeignKey drop) {
            takesRule(table, drop.name());
        } else if (operation instanceof KeyOperation.AddCheck check) {
            builder.writesConstraint(table, check.name().orElse(table.name() + "_chk"));
            readsValues(table, check.condition().columns());
        } else if (operation instanceof KeyOperation.DropConstraint drop) {
            takesRule(table, drop.name());
            builder.writes(Kind.INDEX, table, drop.name());
        }
    }

    private void add(ObjectName table, IndexDefinition index) {
        builder.writes(Kind.INDEX, table, index.effectiveName());
        builder.reads(Kind.COLUMN, table, index.columns());
        builder.reads(Kind.TABLE_OPTION, table, "engine");
        if (index.kind().forbidsDoubles()) {
            readsValues(table, index.columns());
        }
        if (index.kind() == IndexDefinition.Kind.PRIMARY) {
            index.columns().forEach(column -> builder.writes(Kind.COLUMN_DEFAULT, table, column));
        }
    }

    /** Which columns the rule was about is not said, so it may matter to any change of rows. */
    private void takesRule(ObjectName table, String name) {
        builder.writesConstraint(table, name);
        builder.writes(Kind.ROW_RULE, table, name);
    }

    private void writesIndex(ObjectName table, String name) {
        builder.writes(Kind.INDEX, table, name);
        builder.writes(Kind.ROW_RULE, table, name);
    }

    private void readsValues(ObjectName table, Collection<String> columns) {
        builder.reads(Kind.COLUMN, table, columns);
        builder.reads(Kind.CELLS, table, columns);
        builder.reads(Kind.ROWS, table, "");
    }
}
