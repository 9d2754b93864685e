package org.apache.cloudstack.framework.dbupgrade.preview;

import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.TableOperation;

/**
 * How much of a table a definition makes the server write, on InnoDB of MySQL from 8.0.29 and MariaDB from 10.6. Ordered from
 * the least to the most.
 */
public enum Rewrite {
    /** Only the definition. */
    NONE,
    /** A new index, beside the table. */
    INDEX,
    /** The whole table, while others go on using it. */
    IN_PLACE,
    /** Perhaps the whole table: it depends on what the column was before. */
    PERHAPS,
    /** The whole table into a copy, while others cannot write. */
    COPY;

    /** In words, for plans. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Rewrite of(Operation operation) {
        if (operation instanceof ColumnOperation column) {
            return ofColumn(column);
        }
        if (operation instanceof KeyOperation key) {
            return ofKey(key);
        }
        return operation instanceof TableOperation table ? ofTable(table) : NONE;
    }

    private static Rewrite ofColumn(ColumnOperation operation) {
        if (operation instanceof ColumnOperation.AddColumn add) {
            ColumnDefinition column = add.definition();
            return column.autoIncrement() || column.generated().isPresent() ? PERHAPS : NONE;
        }
        return operation instanceof ColumnOperation.ChangeColumn ? PERHAPS : NONE;
    }

    /** A foreign key and a check are proved row by row, on a copy, unless the session switches the proof off. */
    private static Rewrite ofKey(KeyOperation operation) {
        if (operation instanceof KeyOperation.AddIndex add) {
            return add.index().kind() == IndexDefinition.Kind.PRIMARY ? IN_PLACE : INDEX;
        }
        if (operation instanceof KeyOperation.DropIndex drop) {
            return drop.index().equalsIgnoreCase("PRIMARY") ? COPY : NONE;
        }
        return operation instanceof KeyOperation.AddForeignKey || operation instanceof KeyOperation.AddCheck
                ? COPY
                : NONE;
    }

    private static Rewrite ofTable(TableOperation operation) {
        if (operation instanceof TableOperation.ChangeTableOptions change) {
            boolean isLayout = change.options().keySet().stream()
                    .anyMatch(option -> option.equals("row_format") || option.equals("key_block_size"));
            boolean isCopied = change.convertsColumns() || change.options().containsKey("engine");
            return isCopied ? COPY : isLayout ? IN_PLACE : NONE;
        }
        if (operation instanceof TableOperation.MaintainTable) {
            return IN_PLACE;
        }
        return operation instanceof TableOperation.ReshapeTable ? COPY : NONE;
    }
}
