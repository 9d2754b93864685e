package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlOutcome;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/** How operators read that something is there, and is not what a statement makes. */
final class Differences {

    private static final int SHOWN = 3;

    private Differences() {}

    /** Of a table. */
    static String of(ObjectName name, List<String> found, List<String> made) {
        return "%s is there and differs: found %s; the statement makes %s".formatted(name, shown(found), shown(made));
    }

    private static String shown(List<String> parts) {
        return parts.isEmpty()
                ? "nothing of that"
                : parts.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (parts.size() > SHOWN ? " and " + (parts.size() - SHOWN) + " more" : "");
    }

    /** Of a view or stored program, whose text may hold values that are nobody's business. */
    static String ofTexts(ObjectName name, String found, String made) {
        String shownFound = MaskedStatement.of(new SqlStatement(1, 1, found));
        String shownMade = MaskedStatement.of(new SqlStatement(1, 1, made));
        return of(name, List.of(shownFound), List.of(shownMade))
                + (shownFound.equals(shownMade) ? " (they differ in what is not shown here)" : "");
    }

    /** Of a statement with several parts, of which some took effect. */
    static String ofParts(Map<Operation, DdlOutcome> effects) {
        return effects.entrySet().stream()
                .map(each -> "%s: %s".formatted(part(each.getKey()), word(each.getValue())))
                .collect(Collectors.joining(", ", "its parts differ: ", ""));
    }

    private static String word(DdlOutcome effect) {
        return switch (effect) {
            case DONE -> "done";
            case NOT_DONE -> "not done";
            case UNCLEAR -> "not clear";
        };
    }

    private static String part(Operation operation) {
        if (operation instanceof ColumnOperation column) {
            return "column " + column.column() + " of " + column.table();
        }
        if (operation instanceof KeyOperation key) {
            return "a key or constraint of " + key.table();
        }
        if (operation instanceof TableOperation table) {
            return "table " + table.table();
        }
        return operation instanceof ObjectOperation object ? object.name().toString() : "a part";
    }
}
