package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Reads operations on columns.
 *
 * @param known what was there before
 */
record ColumnReading(KnownSchema known) {

    private static final Pattern COMPUTED = Pattern.compile("(?is)\\(.*\\)|.*\\w\\(.*\\).*");
    private static final Pattern NOW =
            Pattern.compile("(?i)(current_timestamp|now|localtimestamp|localtime)(\\(\\d?\\))?");
    private static final Set<Change> WHOSE_PLACE_COUNTS = Set.of(ColumnChange.ADD_REQUIRED, ColumnChange.ADD_DEFAULTED);

    List<FoundChange> read(ColumnOperation operation) {
        ObjectName table = operation.table();
        if (operation instanceof ColumnOperation.AddColumn add) {
            return added(add).stream().map(change -> found(change, table)).toList();
        }
        Optional<KnownTable> knownTable = known.table(table);
        Optional<ColumnDefinition> before = knownTable.flatMap(found -> found.column(operation.column()));
        List<Change> changes = new ArrayList<>();
        if (operation instanceof ColumnOperation.DropColumn) {
            boolean isVirtual = before.filter(column -> column.generated().isPresent() && !column.stored())
                    .isPresent();
            boolean isIndexed = knownTable
                    .filter(found -> found.isIndexed(operation.column()))
                    .isPresent();
            changes.add(
                    isVirtual ? ColumnChange.DROP_VIRTUAL : isIndexed ? ColumnChange.DROP_INDEXED : ColumnChange.DROP);
        } else if (operation instanceof ColumnOperation.RenameColumn) {
            changes.add(ColumnChange.RENAME);
        } else if (operation instanceof ColumnOperation.DropDefault) {
            changes.add(ColumnChange.DROP_DEFAULT);
        } else if (operation instanceof ColumnOperation.SetDefault set) {
            changes.add(defaulted(before, set.value()));
        } else if (operation instanceof ColumnOperation.ChangeColumn change) {
            if (before.isEmpty()) {
                return List.of(unknown(change));
            }
            changes.addAll(changed(change, knownTable.get(), before.get()));
        }
        boolean isNew =
                knownTable.filter(found -> found.isNew(operation.column())).isPresent();
        return changes.stream()
                .map(change -> isNew ? FoundChange.ofNew(change, table) : FoundChange.of(change, table))
                .toList();
    }

    private static Change defaulted(Optional<ColumnDefinition> before, String value) {
        if (before.filter(ColumnDefinition::required).isPresent()) {
            return ColumnChange.GIVE_DEFAULT;
        }
        boolean isSame = before.filter(column -> ColumnComparison.isSameDefault(column, Optional.of(value)))
                .isPresent();
        return isSame ? ColumnChange.COMMENT : ColumnChange.SET_DEFAULT;
    }

    private FoundChange unknown(ColumnOperation.ChangeColumn change) {
        return known.isNewTable(change.table())
                ? FoundChange.ofNew(TypeChange.CHANGE_TYPE, change.table())
                : FoundChange.unsure(
                        TypeChange.CHANGE_TYPE, change.table(), "what the column " + change.column() + " was");
    }

    private static List<Change> added(ColumnOperation.AddColumn add) {
        ColumnDefinition column = add.definition();
        boolean isLast = add.position() instanceof ColumnPosition.Unsaid;
        List<Change> changes = new ArrayList<>();
        changes.add(added(column, isLast));
        if (!isLast && WHOSE_PLACE_COUNTS.contains(changes.get(0))) {
            changes.add(ColumnChange.ADD_ELSEWHERE);
        }
        return changes;
    }

    private static Change added(ColumnDefinition column, boolean isLast) {
        if (column.generated().isPresent()) {
            return column.stored() ? ColumnChange.ADD_STORED : ColumnChange.ADD_VIRTUAL;
        }
        if (column.autoIncrement()) {
            return ColumnChange.ADD_COUNTED;
        }
        if (column.required()) {
            return ColumnChange.ADD_REQUIRED;
        }
        Optional<String> value = column.defaultValue().filter(text -> !text.equalsIgnoreCase("NULL"));
        if (value.isPresent()) {
            boolean isComputed = COMPUTED.matcher(value.get().strip()).matches()
                    && !NOW.matcher(value.get().strip()).matches();
            return isComputed ? ColumnChange.ADD_COMPUTED : ColumnChange.ADD_DEFAULTED;
        }
        return isLast ? ColumnChange.ADD_LAST : ColumnChange.ADD_ELSEWHERE;
    }

    private static List<Change> changed(
            ColumnOperation.ChangeColumn change, KnownTable table, ColumnDefinition before) {
        List<Change> changes = new ArrayList<>();
        if (change.renames()) {
            changes.add(ColumnChange.RENAME);
        }
        if (!(change.position() instanceof ColumnPosition.Unsaid)) {
            changes.add(ColumnChange.MOVE);
        }
        changes.addAll(ColumnComparison.of(table, before, change.definition()));
        return changes.isEmpty() ? List.of(ColumnChange.COMMENT) : changes;
    }

    private FoundChange found(Change change, ObjectName table) {
        return known.isNewTable(table) ? FoundChange.ofNew(change, table) : FoundChange.of(change, table);
    }
}
