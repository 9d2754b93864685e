package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Reads operations on indexes and constraints.
 *
 * @param known what was there before
 * @param isChecked whether rows are checked against a new foreign key
 */
record KeyReading(KnownSchema known, boolean isChecked) {

    FoundChange read(KeyOperation operation) {
        ObjectName table = operation.table();
        if (known.isNewTable(table)) {
            return FoundChange.ofNew(change(operation), table);
        }
        if (operation instanceof KeyOperation.AddIndex add && spares(add)
                || operation instanceof KeyOperation.AddForeignKey key && spares(key)
                || operation instanceof KeyOperation.AddCheck check && spares(check)) {
            return FoundChange.ofNew(change(operation), table);
        }
        return unknown(operation)
                .map(what -> FoundChange.unsure(change(operation), table, what))
                .orElseGet(() -> FoundChange.of(change(operation), table));
    }

    /** A row that older nodes add is NULL in a new column without default, and so is no double. */
    private boolean spares(KeyOperation.AddIndex add) {
        return add.index().columns().stream().anyMatch(column -> isNewAndNull(add.table(), column));
    }

    /** A reference that is NULL in one of its columns is not checked. */
    private boolean spares(KeyOperation.AddForeignKey add) {
        return add.foreignKey().columns().stream().anyMatch(column -> isNewAndNull(add.table(), column));
    }

    /** Older nodes do not write the columns; rows with their defaults are checked now. */
    private boolean spares(KeyOperation.AddCheck add) {
        Optional<KnownTable> table = known.table(add.table());
        return !add.condition().columns().isEmpty()
                && table.isPresent()
                && add.condition().columns().stream()
                        .allMatch(column -> table.get().isNew(column) && isPlain(table.get(), column));
    }

    private static boolean isPlain(KnownTable table, String column) {
        return table.column(column).filter(each -> each.generated().isEmpty()).isPresent();
    }

    private boolean isNewAndNull(ObjectName name, String column) {
        return known.table(name)
                .filter(table -> table.isNew(column))
                .flatMap(table -> table.column(column))
                .filter(KeyReading::isNullWhenLeftOut)
                .isPresent();
    }

    private static boolean isNullWhenLeftOut(ColumnDefinition column) {
        return column.nullable()
                && column.generated().isEmpty()
                && column.defaultValue()
                        .filter(value -> !value.equalsIgnoreCase("NULL"))
                        .isEmpty();
    }

    private Change change(KeyOperation operation) {
        Optional<KnownTable> table = known.table(operation.table());
        if (operation instanceof KeyOperation.AddIndex add) {
            return added(add.index(), table);
        }
        if (operation instanceof KeyOperation.DropIndex drop) {
            return dropped(drop.index(), table.flatMap(found -> found.index(drop.index())));
        }
        if (operation instanceof KeyOperation.RenameIndex) {
            return KeyChange.RENAME_INDEX;
        }
        if (operation instanceof KeyOperation.AddForeignKey) {
            return isChecked ? KeyChange.ADD_FOREIGN_KEY : KeyChange.ADD_FOREIGN_KEY_UNCHECKED;
        }
        if (operation instanceof KeyOperation.DropForeignKey drop) {
            return dropped(table.flatMap(found -> found.foreignKey(drop.name())));
        }
        return operation instanceof KeyOperation.DropConstraint drop ? dropped(drop, table) : KeyChange.ADD_CHECK;
    }

    private static Change added(IndexDefinition index, Optional<KnownTable> table) {
        return switch (index.kind()) {
            case PRIMARY -> KeyChange.ADD_PRIMARY;
            case UNIQUE ->
                table.filter(found -> found.differsIn(index.columns())).isPresent() && isOfWholeColumns(index)
                        ? KeyChange.ADD_IMPLIED_UNIQUE
                        : KeyChange.ADD_UNIQUE;
            case FULLTEXT ->
                table.filter(found -> found.has(IndexDefinition.Kind.FULLTEXT)).isPresent()
                        ? KeyChange.ADD_FULLTEXT
                        : KeyChange.ADD_FIRST_FULLTEXT;
            case SPATIAL -> KeyChange.ADD_SPATIAL;
            case PLAIN ->
                index.parts().stream().anyMatch(part -> part.text().startsWith("("))
                        ? KeyChange.ADD_FUNCTIONAL
                        : KeyChange.ADD_INDEX;
        };
    }

    /** The beginning of a column, or what is computed of it, can be a double where the column is none. */
    private static boolean isOfWholeColumns(IndexDefinition index) {
        return index.parts().stream().noneMatch(part -> part.text().contains("("));
    }

    private static Change dropped(String name, Optional<IndexDefinition> index) {
        if (name.toUpperCase(Locale.ROOT).equals("PRIMARY")) {
            return KeyChange.DROP_PRIMARY;
        }
        return index.map(IndexDefinition::kind)
                .map(kind -> switch (kind) {
                    case PRIMARY -> KeyChange.DROP_PRIMARY;
                    case UNIQUE -> KeyChange.DROP_UNIQUE;
                    case FULLTEXT -> KeyChange.DROP_FULLTEXT;
                    case PLAIN, SPATIAL -> KeyChange.DROP_INDEX;
                })
                .orElse(KeyChange.DROP_UNIQUE);
    }

    private static Change dropped(Optional<ForeignKey> key) {
        boolean onlyRefuses = key.isPresent()
                && Stream.of(key.get().onDelete(), key.get().onUpdate())
                        .flatMap(Optional::stream)
                        .allMatch(
                                action -> action.equalsIgnoreCase("RESTRICT") || action.equalsIgnoreCase("NO ACTION"));
        return onlyRefuses ? KeyChange.DROP_FOREIGN_KEY : KeyChange.DROP_CASCADE;
    }

    private static Change dropped(KeyOperation.DropConstraint drop, Optional<KnownTable> table) {
        Optional<ForeignKey> key = table.flatMap(found -> found.foreignKey(drop.name()));
        Optional<IndexDefinition> index = table.flatMap(found -> found.index(drop.name()));
        if (key.isPresent()) {
            return dropped(key);
        }
        return index.isPresent() ? dropped(drop.name(), index) : KeyChange.DROP_CHECK;
    }

    private Optional<String> unknown(KeyOperation operation) {
        Optional<KnownTable> table = known.table(operation.table());
        if (operation instanceof KeyOperation.DropIndex drop
                && change(operation) == KeyChange.DROP_UNIQUE
                && table.flatMap(found -> found.index(drop.index())).isEmpty()) {
            return Optional.of("what the index " + drop.index() + " forbade");
        }
        if (operation instanceof KeyOperation.DropForeignKey drop
                && table.flatMap(found -> found.foreignKey(drop.name())).isEmpty()) {
            return Optional.of("what the foreign key " + drop.name() + " did");
        }
        if (operation instanceof KeyOperation.DropConstraint drop && isUnknown(drop.name(), table)) {
            return Optional.of("what the constraint " + drop.name() + " was");
        }
        return Optional.empty();
    }

    private static boolean isUnknown(String name, Optional<KnownTable> table) {
        return Stream.<Optional<?>>of(
                        table.flatMap(found -> found.index(name)),
                        table.flatMap(found -> found.foreignKey(name)),
                        table.flatMap(found -> found.check(name)))
                .allMatch(Optional::isEmpty);
    }
}
