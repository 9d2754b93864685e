package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;

/** Compares a column with what MODIFY or CHANGE make of it. */
final class ColumnComparison {

    private final KnownTable table;
    private final ColumnDefinition before;
    private final ColumnDefinition after;
    private final List<Change> changes = new ArrayList<>();

    private ColumnComparison(KnownTable table, ColumnDefinition before, ColumnDefinition after) {
        this.table = table;
        this.before = before;
        this.after = after;
    }

    /** All that changes besides the name and the place. */
    static List<Change> of(KnownTable table, ColumnDefinition before, ColumnDefinition after) {
        ColumnComparison comparison = new ColumnComparison(table, before, after);
        comparison.compare();
        return comparison.changes;
    }

    private void compare() {
        boolean isIndexed = table.isIndexed(before.name());
        for (TypeChange change : TypeComparison.of(type(before), type(after))) {
            changes.add(isIndexed ? indexed(change) : change);
        }
        if (isNullable(before) && !isNullable(after)) {
            changes.add(ColumnChange.FORBID_NULL);
        } else if (isNullable(after) && !isNullable(before)) {
            changes.add(ColumnChange.ALLOW_NULL);
        }
        defaults();
        if (!words(before.onUpdate()).equals(words(after.onUpdate()))) {
            changes.add(ColumnChange.CHANGE_ON_UPDATE);
        }
        if (before.autoIncrement() != after.autoIncrement()) {
            changes.add(after.autoIncrement() ? ColumnChange.START_COUNTING : ColumnChange.STOP_COUNTING);
        }
        boolean isSameExpression = words(before.generated().map(Expression::text))
                .equals(words(after.generated().map(Expression::text)));
        if (!isSameExpression || before.stored() != after.stored()) {
            changes.add(ColumnChange.CHANGE_EXPRESSION);
        }
    }

    private static TypeChange indexed(TypeChange change) {
        return switch (change) {
            case WIDEN_CHARSET -> TypeChange.WIDEN_CHARSET_INDEXED;
            case CHANGE_COLLATION -> TypeChange.CHANGE_COLLATION_INDEXED;
            default -> change;
        };
    }

    private ColumnType type(ColumnDefinition column) {
        return ColumnType.of(column.type()).orDefaults(table.option("charset"), table.option("collate"));
    }

    private boolean isNullable(ColumnDefinition column) {
        return column.nullable() && !table.isInPrimaryKey(before.name());
    }

    private void defaults() {
        String old = words(before.defaultValue());
        String now = words(after.defaultValue());
        if (old.equals(now)
                || before.generated().isPresent()
                || after.generated().isPresent()) {
            return;
        }
        if (now.isEmpty()) {
            changes.add(ColumnChange.DROP_DEFAULT);
        } else {
            changes.add(before.required() ? ColumnChange.GIVE_DEFAULT : ColumnChange.SET_DEFAULT);
        }
    }

    /** A default of NULL is none; servers and people write the same value in several ways. */
    private static String words(Optional<String> value) {
        String plain = value.orElse("")
                .replaceAll("(?i)\\b(current_timestamp|now|localtimestamp|localtime)\\b(\\(\\))?", "now")
                .replaceAll("[\\s()`]", "")
                .replaceAll("^'(.*)'$", "$1");
        return plain.equalsIgnoreCase("null") ? "" : plain.toLowerCase(Locale.ROOT);
    }
}
