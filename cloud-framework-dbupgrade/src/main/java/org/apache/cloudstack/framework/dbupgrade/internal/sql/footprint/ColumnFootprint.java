package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.ALL;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/** What operations on columns touch. */
final class ColumnFootprint {

    private static final Pattern TEXT_OF_TABLE =
            Pattern.compile("^(?!.*(CHARACTER SET|CHARSET)).*(CHAR|TEXT|ENUM|SET).*", Pattern.DOTALL);

    private final FootprintBuilder builder;

    ColumnFootprint(FootprintBuilder builder) {
        this.builder = builder;
    }

    void add(ColumnOperation operation) {
        ObjectName table = operation.table();
        builder.readsTable(table);
        if (operation instanceof ColumnOperation.AddColumn add) {
            writesColumn(table, add.column());
            add(table, add.definition(), add.position());
            if (add.definition().required()) {
                builder.writes(Kind.COLUMN_DEFAULT, table, add.column());
            }
            if (add.definition().autoIncrement()) {
                builder.reads(Kind.ROWS, table, "");
            }
        } else if (operation instanceof ColumnOperation.DropColumn drop) {
            writesColumn(table, drop.column());
            builder.writes(Kind.COLUMN_DEFAULT, table, drop.column());
            builder.reads(Kind.ROW_RULE, table, ALL);
        } else if (operation instanceof ColumnOperation.ChangeColumn change) {
            add(table, change);
        } else if (operation instanceof ColumnOperation.RenameColumn rename) {
            writesColumn(table, rename.column());
            writesColumn(table, rename.newName());
        } else {
            builder.reads(Kind.COLUMN, table, operation.column());
            builder.writes(Kind.COLUMN_DEFAULT, table, operation.column());
        }
    }

    private void add(ObjectName table, ColumnOperation.ChangeColumn change) {
        builder.writes(Kind.COLUMN, table, change.column());
        builder.writes(Kind.COLUMN_DEFAULT, table, change.column());
        if (change.renames()) {
            writesColumn(table, change.column());
            writesColumn(table, change.definition().name());
        }
        add(table, change.definition(), change.position());
    }

    private void add(ObjectName table, ColumnDefinition definition, ColumnPosition position) {
        definition.generated().ifPresent(from -> builder.reads(Kind.COLUMN, table, from.columns()));
        if (position instanceof ColumnPosition.After after) {
            builder.reads(Kind.COLUMN_NAME, table, after.column());
        }
        if (TEXT_OF_TABLE.matcher(definition.type().toUpperCase(Locale.ROOT)).matches()) {
            builder.reads(Kind.TABLE_OPTION, table, "charset");
        }
    }

    private void writesColumn(ObjectName table, String column) {
        builder.writes(Kind.COLUMN, table, column);
        builder.writes(Kind.COLUMN_NAME, table, column);
    }
}
