package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Puts tables in an order in which parents come first; where they go round in a circle, a key is settled later. */
final class TableOrder {

    private final Map<TableId, Table> waiting = new TreeMap<>();
    private final Set<ForeignKey> deferred = new HashSet<>();
    private final Predicate<ForeignKey> counts;

    /**
     * A table in its place.
     *
     * @param deferred keys that refer to rows which are made at the same time or later
     */
    record Step(Table table, Set<ForeignKey> deferred) {

        /** Those of the deferred keys that cannot be NULL meanwhile. */
        List<ForeignKey> demanding() {
            return deferred.stream()
                    .filter(key -> !table.mayBeNull(key))
                    .sorted(Comparator.comparing(ForeignKey::name))
                    .toList();
        }
    }

    private TableOrder(Collection<Table> tables, Predicate<ForeignKey> counts) {
        tables.forEach(table -> waiting.put(table.id(), table));
        this.counts = counts;
    }

    /**
     * The order.
     *
     * @param counts leaves out keys that nothing is to be done about
     */
    static List<Step> of(Collection<Table> tables, Predicate<ForeignKey> counts) {
        return new TableOrder(tables, counts).steps();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Optional<Table> free = waiting.values().stream()
                    .filter(table -> blocking(table).isEmpty())
                    .findFirst();
            if (free.isPresent()) {
                steps.add(step(free.get()));
                waiting.remove(free.get().id());
            } else {
                deferOne();
            }
        }
        return steps;
    }

    private Step step(Table table) {
        Set<ForeignKey> its = new HashSet<>();
        for (ForeignKey key : table.foreignKeys()) {
            if (counts.test(key) && (key.isToItself() || deferred.contains(key))) {
                its.add(key);
            }
        }
        return new Step(table, its);
    }

    private List<ForeignKey> blocking(Table table) {
        return table.foreignKeys().stream()
                .filter(key -> counts.test(key) && !key.isToItself() && !deferred.contains(key))
                .filter(key -> waiting.containsKey(key.parent()))
                .toList();
    }

    /** One that may be NULL, if there is any, of the table that then waits for the fewest. */
    private void deferOne() {
        waiting.values().stream()
                .flatMap(table -> blocking(table).stream())
                .filter(key -> reaches(key.parent(), key.table(), new HashSet<>()))
                .min(Comparator.comparing((ForeignKey key) -> !table(key).mayBeNull(key))
                        .thenComparing(key -> blocking(table(key)).size())
                        .thenComparing(ForeignKey::table)
                        .thenComparing(ForeignKey::name))
                .ifPresent(deferred::add);
    }

    private Table table(ForeignKey key) {
        return Optional.ofNullable(waiting.get(key.table())).orElseThrow();
    }

    private boolean reaches(TableId from, TableId to, Set<TableId> seen) {
        if (from.equals(to)) {
            return true;
        }
        Table table = waiting.get(from);
        return table != null
                && seen.add(from)
                && blocking(table).stream().anyMatch(key -> reaches(key.parent(), to, seen));
    }
}
