package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnPosition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;

/**
 * Whether two scripts end in the same database in either order.
 *
 * @param clashes why they may not; for two statements only the clash over the widest object
 * @param differences what differs with the order although they commute
 */
public record ScriptComparison(List<ScriptClash> clashes, List<HarmlessDifference> differences) {

    public ScriptComparison {
        clashes = List.copyOf(clashes);
        differences = List.copyOf(differences);
    }

    /** Compares every statement of the one with every statement of the other. */
    public static ScriptComparison of(List<Analysis> first, List<Analysis> second) {
        List<ScriptClash> clashes = new ArrayList<>();
        addUnknown(ScriptClash.Side.FIRST, first, second, clashes);
        addUnknown(ScriptClash.Side.SECOND, second, first, clashes);
        Footprint whole = whole(second);
        for (Analysis here : first) {
            if (!here.footprint().commutesWith(whole)) {
                for (Analysis there : second) {
                    here.footprint()
                            .clashWith(there.footprint())
                            .map(clash -> new ScriptClash.Conflict(here.statement(), there.statement(), clash))
                            .ifPresent(clashes::add);
                }
            }
        }
        List<HarmlessDifference> differences = new ArrayList<>(positions(first, second));
        differences.addAll(ids(first, second));
        return new ScriptComparison(clashes, differences);
    }

    /** Whether the order does not matter. */
    public boolean commutes() {
        return clashes.isEmpty();
    }

    private static void addUnknown(
            ScriptClash.Side side, List<Analysis> script, List<Analysis> other, List<ScriptClash> clashes) {
        boolean otherDoesNothing = other.stream()
                .allMatch(analysis -> analysis.footprint().equals(Footprint.NONE)
                        && analysis.unknown().isEmpty());
        if (otherDoesNothing) {
            return;
        }
        for (Analysis analysis : script) {
            analysis.unknown()
                    .ifPresent(reason -> clashes.add(new ScriptClash.Undecided(side, analysis.statement(), reason)));
        }
    }

    private static Footprint whole(List<Analysis> script) {
        return script.stream().map(Analysis::footprint).reduce(Footprint.NONE, Footprint::plus);
    }

    private static List<HarmlessDifference> positions(List<Analysis> first, List<Analysis> second) {
        Map<String, Placed> here = placed(first);
        Map<String, Placed> there = placed(second);
        here.keySet().retainAll(there.keySet());
        return here.entrySet().stream()
                .map(entry -> new HarmlessDifference(
                        HarmlessDifference.Kind.COLUMN_POSITIONS,
                        entry.getValue().table(),
                        "the order of the columns of " + entry.getValue().table() + " differs: "
                                + String.join(", ", entry.getValue().columns()) + " and "
                                + String.join(", ", columns(there, entry.getKey()))))
                .toList();
    }

    private record Placed(ObjectName table, Set<String> columns) {}

    private static Set<String> columns(Map<String, Placed> placed, String table) {
        Placed found = placed.get(table);
        return found == null ? Set.of() : found.columns();
    }

    private static Map<String, Placed> placed(List<Analysis> script) {
        Map<String, Placed> placed = new LinkedHashMap<>();
        for (Analysis analysis : script) {
            for (Operation operation : analysis.operations()) {
                if (operation instanceof ColumnOperation column && isPlaced(column)) {
                    placed.computeIfAbsent(key(column.table()), any -> new Placed(column.table(), new TreeSet<>()))
                            .columns()
                            .add(column.column());
                }
            }
        }
        return placed;
    }

    private static boolean isPlaced(ColumnOperation operation) {
        return operation instanceof ColumnOperation.AddColumn
                || (operation instanceof ColumnOperation.ChangeColumn change
                        && !(change.position() instanceof ColumnPosition.Unsaid));
    }

    private static List<HarmlessDifference> ids(List<Analysis> first, List<Analysis> second) {
        Map<String, ObjectName> here = countedUp(first);
        here.keySet().retainAll(countedUp(second).keySet());
        return here.values().stream()
                .map(table -> new HarmlessDifference(
                        HarmlessDifference.Kind.GENERATED_IDS, table, "new rows of " + table + " may get other ids"))
                .toList();
    }

    private static Map<String, ObjectName> countedUp(List<Analysis> script) {
        Map<String, ObjectName> tables = new LinkedHashMap<>();
        for (Analysis analysis : script) {
            for (Operation operation : analysis.operations()) {
                if (operation instanceof RowOperation.InsertRows insert && countsUp(insert)) {
                    tables.put(key(insert.table()), insert.table());
                }
            }
        }
        return tables;
    }

    private static boolean countsUp(RowOperation.InsertRows insert) {
        return !(insert.columns().isEmpty() && insert.rows().isEmpty())
                && !RowSelection.ofNewRows(insert.columns(), insert.rows()).givesIds();
    }

    private static String key(ObjectName table) {
        return table.toString().toLowerCase(Locale.ROOT);
    }
}
