package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How many rows each table gets: those asked for, and the parents that they need. */
final class Amounts {

    private final Catalog catalog;
    private final Rows rows;
    private final Function<Table, Rules> rules;
    private final Map<TableId, Long> wanted;
    private final Set<TableId> asked;

    private Amounts(Catalog catalog, Rows rows, Function<Table, Rules> rules, Map<TableId, Long> asked) {
        this.catalog = catalog;
        this.rows = rows;
        this.rules = rules;
        this.wanted = new HashMap<>(asked);
        this.asked = new HashSet<>(asked.keySet());
    }

    static Map<TableId, Long> of(Catalog catalog, Rows rows, Function<Table, Rules> rules, Map<TableId, Long> asked) {
        Amounts amounts = new Amounts(catalog, rows, rules, asked);
        amounts.addParents();
        return amounts.wanted;
    }

    private void addParents() {
        Deque<TableId> open = new ArrayDeque<>(wanted.keySet());
        while (!open.isEmpty()) {
            Table child = catalog.table(open.removeFirst());
            for (ForeignKey key : child.foreignKeys()) {
                Rules its = rules.apply(child);
                if (!key.isToItself() && !its.giveValues(key) && !its.leaveOut(key) && addParents(child, key, its)) {
                    open.add(key.parent());
                }
            }
        }
    }

    private boolean addParents(Table child, ForeignKey key, Rules its) {
        long coming = wanted.getOrDefault(key.parent(), 0L);
        long missing = needed(child, key, its) - rows.existing(key.parent()) - coming;
        if (missing <= 0 || asked.contains(key.parent())) {
            return false;
        }
        wanted.put(key.parent(), coming + missing);
        return true;
    }

    /** As many as unique keys demand; else, for an empty table, the root of the number of children. */
    private long needed(Table child, ForeignKey key, Rules its) {
        long children = wanted.getOrDefault(child.id(), 0L);
        if (children == 0) {
            return 0;
        }
        long needed = rows.existing(key.parent()) > 0 ? 0 : root(children, 2);
        for (UniqueKey unique : child.uniqueKeys()) {
            if (unique.columns().stream().anyMatch(key.columns()::contains)) {
                needed = Math.max(needed, neededBy(unique, child, its, rows.existing(child.id()) + children));
            }
        }
        return needed;
    }

    /** Where the values beside the foreign keys are too few, the foreign keys share what is missing. */
    private long neededBy(UniqueKey unique, Table child, Rules its, long all) {
        List<ForeignKey> sharing = new ArrayList<>();
        long others = 1;
        for (String name : unique.columns()) {
            Optional<Column> column = child.column(name);
            Optional<ForeignKey> key = child.foreignKeys().stream()
                    .filter(each -> each.columns().contains(name))
                    .findFirst();
            if (key.isPresent()) {
                if (!sharing.contains(key.get())) {
                    sharing.add(key.get());
                }
            } else if (column.isEmpty()
                    || column.get().autoIncrement()
                    || column.get().generated()) {
                return 0;
            } else {
                others = Uniqueness.product(
                        others, its.domain(column.get()).map(Domain::size).orElse(1L));
            }
        }
        return others >= all || sharing.isEmpty() ? 0 : root((all + others - 1) / others, sharing.size());
    }

    /** The least number whose power is not below. */
    private static long root(long number, int degree) {
        long root = Math.max((long) Math.pow(number, 1.0 / degree) - 1, 1);
        while (Math.pow(root, degree) < number) {
            root++;
        }
        return root;
    }
}
