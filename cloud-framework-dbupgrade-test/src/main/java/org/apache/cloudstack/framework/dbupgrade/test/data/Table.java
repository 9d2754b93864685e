package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import java.util.Optional;

/**
 * A table.
 *
 * @param checks its CHECK constraints, each with its name and its words
 */
record Table(
        TableId id,
        List<Column> columns,
        List<UniqueKey> uniqueKeys,
        List<ForeignKey> foreignKeys,
        List<String> checks) {

    Optional<Column> column(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    Optional<Column> autoIncrement() {
        return columns.stream().filter(Column::autoIncrement).findFirst();
    }

    Optional<UniqueKey> primaryKey() {
        return uniqueKeys.stream().filter(key -> key.name().equals("PRIMARY")).findFirst();
    }

    /** Whether a row may be without what the key refers to. */
    boolean mayBeNull(ForeignKey key) {
        return key.columns().stream()
                .anyMatch(name -> column(name).map(Column::nullable).orElse(false));
    }
}
