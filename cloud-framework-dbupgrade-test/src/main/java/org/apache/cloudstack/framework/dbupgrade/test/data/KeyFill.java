package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Fills the columns of a foreign key by one of the keys that are there. */
final class KeyFill implements Fill {

    private final KeySource source;
    private final KeyPool pool;
    /** Where the columns of the key are in a row. */
    private final int[] positions;

    private final boolean[] own;
    private final boolean[] mayBeNull;
    private final boolean hasForeign;
    private final Map<List<String>, List<Integer>> matching = new HashMap<>();

    KeyFill(KeySource source, List<String> columns) {
        this.source = source;
        this.pool = source.pool();
        List<String> names = source.key().columns();
        this.positions = names.stream().mapToInt(columns::indexOf).toArray();
        this.own = new boolean[positions.length];
        this.mayBeNull = new boolean[positions.length];
        boolean foreign = false;
        for (int i = 0; i < positions.length; i++) {
            own[i] = source.columns().contains(names.get(i));
            mayBeNull[i] = source.mayBeNull().contains(names.get(i));
            foreign |= !own[i];
        }
        this.hasForeign = foreign;
    }

    @Override
    public boolean fill(Object[] row, long number, SplittableRandom random) {
        Counter counter = source.counter();
        boolean isNull = source.nulls() > 0 && random.nextDouble() < source.nulls()
                || counter != null && counter.isExhausted(number) && source.nullable();
        int index = counter != null ? (int) counter.valueOf(number) : random.nextInt(pool.size());
        if (hasForeign && !isNull && !refersToNothing(row)) {
            List<Integer> fitting = fitting(row);
            if (fitting.isEmpty() && !source.nullable()) {
                return false;
            }
            isNull = fitting.isEmpty();
            index = isNull ? index : fitting.get(random.nextInt(fitting.size()));
        }
        put(row, index, isNull);
        return true;
    }

    @SuppressWarnings("NullAway") // the array holds what a row holds, NULL too
    private void put(Object[] row, int index, boolean isNull) {
        for (int i = 0; i < positions.length; i++) {
            if (own[i]) {
                row[positions[i]] = isNull && mayBeNull[i] ? null : pool.at(index, i);
            }
        }
    }

    /** A key of which one column is NULL refers to nothing. */
    private boolean refersToNothing(Object[] row) {
        for (int i = 0; i < positions.length; i++) {
            if (!own[i] && row[positions[i]] == null) {
                return true;
            }
        }
        return false;
    }

    private List<Integer> fitting(Object[] row) {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            if (!own[i]) {
                wanted.add(String.valueOf(row[positions[i]]));
            }
        }
        return matching.computeIfAbsent(wanted, any -> search(row));
    }

    private List<Integer> search(Object[] row) {
        List<Integer> found = new ArrayList<>();
        for (int index = 0; index < pool.size(); index++) {
            boolean fits = true;
            for (int i = 0; i < positions.length; i++) {
                fits &= own[i] || pool.holds(index, i, row[positions[i]]);
            }
            if (fits) {
                found.add(index);
            }
        }
        return found;
    }
}
