package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;

/** Columns as operations leave them. */
final class Columns {

    private Columns() {}

    static ColumnDefinition renamed(ColumnDefinition column, String name) {
        return new ColumnDefinition(
                name,
                column.type(),
                column.nullable(),
                column.defaultValue(),
                column.onUpdate(),
                column.autoIncrement(),
                column.generated(),
                column.comment(),
                column.stored());
    }

    static ColumnDefinition withDefault(ColumnDefinition column, Optional<String> value) {
        return new ColumnDefinition(
                column.name(),
                column.type(),
                column.nullable(),
                value,
                column.onUpdate(),
                column.autoIncrement(),
                column.generated(),
                column.comment(),
                column.stored());
    }
}
