package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

import java.util.List;
import java.util.Optional;

/**
 * A foreign key.
 *
 * @param name its name; empty when the server is to choose one
 * @param columns the columns that refer
 * @param referenced the table they refer to
 * @param referencedColumns the columns there, in the same order
 * @param onDelete what happens when a row that is referred to goes, as written
 * @param onUpdate what happens when its key changes, as written
 */
public record ForeignKey(
        Optional<String> name,
        List<String> columns,
        ObjectName referenced,
        List<String> referencedColumns,
        Optional<String> onDelete,
        Optional<String> onUpdate) {

    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
