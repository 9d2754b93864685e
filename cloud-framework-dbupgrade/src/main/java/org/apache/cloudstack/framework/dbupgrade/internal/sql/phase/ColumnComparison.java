package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;

/** Compares a column with what MODIFY or CHANGE make of it. */
final class ColumnComparison {

    private static final Pattern NUMBER = Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'");
    private static final Pattern STRING_OR_CODE = Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*+'|[^']+", Pattern.DOTALL);

    private final KnownTable table;
    private final ColumnDefinition before;
    private final ColumnDefinition after;
    private final List<Change> changes = new ArrayList<>();

    private ColumnComparison(KnownTable table, ColumnDefinition before, ColumnDefinition after) {
        this.table = table;
        this.before = before;
        this.after = after;
    }

    /** All that changes in addition to the name and the place. */
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
        if (isSameDefault(before, after.defaultValue())
                || before.generated().isPresent()
                || after.generated().isPresent()) {
            return;
        }
        if (words(after.defaultValue()).isEmpty()) {
            changes.add(ColumnChange.DROP_DEFAULT);
        } else {
            changes.add(before.required() ? ColumnChange.GIVE_DEFAULT : ColumnChange.SET_DEFAULT);
        }
    }

    /** Whether a column keeps its default; one that may be null and has none has NULL. */
    static boolean isSameDefault(ColumnDefinition column, Optional<String> value) {
        return words(column.defaultValue()).equals(words(value));
    }

    /** Servers and people write the same expression in several ways, but a string in one only. */
    private static String words(Optional<String> value) {
        String text = value.orElse("").strip();
        Matcher number = NUMBER.matcher(text);
        String plain = STRING_OR_CODE
                .matcher(number.matches() ? number.group(1) : text)
                .replaceAll(part ->
                        Matcher.quoteReplacement(part.group().startsWith("'") ? part.group() : code(part.group())));
        return plain.equals("null") ? "" : plain;
    }

    private static String code(String text) {
        return text.replaceAll("(?i)\\b(current_timestamp|now|localtimestamp|localtime)\\b(\\(\\))?", "now")
                .replaceAll("[\\s()`]", "")
                .toLowerCase(Locale.ROOT);
    }
}
