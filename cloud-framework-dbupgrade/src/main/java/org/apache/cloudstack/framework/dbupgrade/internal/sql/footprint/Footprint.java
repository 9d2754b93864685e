package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;

/**
 * What statements read and write. Two of them commute when neither footprint writes what the other reads or writes;
 * rows of a table count only when both may mean the same rows.
 *
 * <p>Two inserts into a table commute when their rows are literal and differ: in {@code id} when either gives one, else
 * in any column that both give. Ids which the server counts up may then differ, which is no clash.
 *
 * @param reads what is read; containers of what is touched count as read
 * @param writes what is written
 * @param rows which rows of a table are meant, by the table's own object; all rows when it is not named
 */
public record Footprint(Set<SchemaObject> reads, Set<SchemaObject> writes, Map<SchemaObject, RowSelection> rows) {

    /** Touches nothing. */
    public static final Footprint NONE = new Footprint(Set.of(), Set.of(), Map.of());

    private static final Comparator<Clash> WIDEST_FIRST = Comparator.<Clash, SchemaObject.Kind>comparing(
                    clash -> clash.object().kind())
            .thenComparing(clash -> clash.object().toString())
            .thenComparing(Clash::how);

    public Footprint {
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
        rows = Map.copyOf(rows);
    }

    /** The footprint of an operation; what an undecided one would do is not in it. */
    public static Footprint of(Operation operation) {
        return FootprintBuilder.of(operation);
    }

    /** The footprint of both. */
    public Footprint plus(Footprint other) {
        Set<SchemaObject> allReads = new LinkedHashSet<>(reads);
        allReads.addAll(other.reads);
        Set<SchemaObject> allWrites = new LinkedHashSet<>(writes);
        allWrites.addAll(other.writes);
        Map<SchemaObject, RowSelection> allRows = new HashMap<>();
        rows.forEach((table, mine) -> {
            RowSelection theirs = other.rows.get(table);
            if (theirs != null) {
                allRows.put(table, mine.plus(theirs));
            } else if (!other.touchesRowsOf(table)) {
                allRows.put(table, mine);
            }
        });
        other.rows.forEach((table, theirs) -> {
            if (!rows.containsKey(table) && !touchesRowsOf(table)) {
                allRows.put(table, theirs);
            }
        });
        return new Footprint(allReads, allWrites, allRows);
    }

    /** Whose rows are written; an object of the table for all of them, or for a column. */
    public List<SchemaObject> rowsWritten() {
        return writes.stream().filter(SchemaObject::holdsRows).toList();
    }

    /** Whether the order of the two does not matter. */
    public boolean commutesWith(Footprint other) {
        return clashes(other).isEmpty();
    }

    /** The clash over the widest object, if any. */
    public Optional<Clash> clashWith(Footprint other) {
        return clashes(other).stream().findFirst();
    }

    /** All clashes, those over the widest objects first. */
    public List<Clash> clashes(Footprint other) {
        Set<Clash> found = new LinkedHashSet<>();
        collect(writes, other, other.writes, Clash.How.WRITTEN_BY_BOTH, found);
        collect(writes, other, other.reads, Clash.How.WRITTEN_HERE_READ_THERE, found);
        collect(reads, other, other.writes, Clash.How.READ_HERE_WRITTEN_THERE, found);
        List<Clash> sorted = new ArrayList<>(found);
        sorted.sort(WIDEST_FIRST);
        return sorted;
    }

    private void collect(
            Set<SchemaObject> mine, Footprint other, Set<SchemaObject> theirs, Clash.How how, Set<Clash> found) {
        for (SchemaObject here : mine) {
            for (SchemaObject there : theirs) {
                if (here.overlaps(there) && !meansOtherRows(here, other)) {
                    found.add(new Clash(narrower(here, there), how));
                }
            }
        }
    }

    private boolean meansOtherRows(SchemaObject object, Footprint other) {
        if (!object.holdsRows()) {
            return false;
        }
        RowSelection mine = rows.get(tableOf(object));
        RowSelection theirs = other.rows.get(tableOf(object));
        return mine != null && theirs != null && mine.isApartFrom(theirs);
    }

    private boolean touchesRowsOf(SchemaObject table) {
        return touchesRowsOf(table, reads) || touchesRowsOf(table, writes);
    }

    private static boolean touchesRowsOf(SchemaObject table, Set<SchemaObject> objects) {
        return objects.stream()
                .anyMatch(object -> object.holdsRows() && tableOf(object).equals(table));
    }

    private static SchemaObject tableOf(SchemaObject object) {
        return new SchemaObject(SchemaObject.Kind.TABLE, object.schema(), object.owner(), "");
    }

    /** What both mean, as exactly as either says it. */
    private static SchemaObject narrower(SchemaObject one, SchemaObject other) {
        boolean shown = one.kind() == SchemaObject.Kind.DEFINITIONS || other.kind() == SchemaObject.Kind.DEFINITIONS;
        boolean swapped = one.kind() == SchemaObject.Kind.DEFINITIONS || one.kind() == SchemaObject.Kind.TABLE;
        SchemaObject exact = swapped ? other : one;
        SchemaObject rough = swapped ? one : other;
        return new SchemaObject(
                shown ? SchemaObject.Kind.DEFINITIONS : exact.kind(),
                exact.schema(),
                exact.owner().equals(SchemaObject.ALL) ? rough.owner() : exact.owner(),
                exact.name().equals(SchemaObject.ALL) ? rough.name() : exact.name());
    }
}
