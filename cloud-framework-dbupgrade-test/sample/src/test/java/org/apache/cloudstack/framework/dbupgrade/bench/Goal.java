package org.apache.cloudstack.framework.dbupgrade.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How quick this library wants to be.
 *
 * @param wanted what was promised
 * @param limit the highest value that keeps it
 * @param value what was measured
 */
record Goal(String wanted, double limit, double value) {

    private static final double APPLY_LIMIT = 1.5;
    private static final double START_LIMIT = 1.3;
    // what two medians of the same thing differ by on a machine that does other work
    private static final double FLAT_LIMIT = 1.15;

    /** The goals, as far as these figures report. */
    static List<Goal> of(Figures figures) {
        List<Goal> goals = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            for (int size : figures.sizes(measure)) {
                figures.ratio(Entrant.LIBRARY, measure, size).ifPresent(ratio -> goals.add(of(measure, size, ratio)));
            }
        }
        List<Integer> sizes = figures.sizes(Measure.START);
        int fewest = sizes.get(0);
        int most = sizes.get(sizes.size() - 1);
        if (most > fewest) {
            double growth = figures.ratio(Entrant.LIBRARY, Measure.START, most).orElseThrow()
                    / figures.ratio(Entrant.LIBRARY, Measure.START, fewest).orElseThrow();
            goals.add(new Goal(
                    String.format(Locale.ROOT, "a start takes the same with %,d migrations as with %,d", most, fewest),
                    FLAT_LIMIT,
                    growth));
        }
        return goals;
    }

    private static Goal of(Measure measure, int size, double ratio) {
        return measure == Measure.APPLY
                ? new Goal(
                        String.format(Locale.ROOT, "applying %,d migrations against the JDBC loop", size),
                        APPLY_LIMIT,
                        ratio)
                : new Goal(
                        String.format(Locale.ROOT, "a start with %,d migrations against reading one row", size),
                        START_LIMIT,
                        ratio);
    }

    boolean isMet() {
        return value <= limit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s: %.2f of at most %.2f, %s", wanted, value, limit, isMet() ? "met" : "MISSED");
    }
}
