package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The values that a column can take.
 *
 * @param size how many of them can be numbered
 * @param numbered the value of a number from 0 on; different ones for different numbers
 * @param usual a value like most of them
 * @param edges the odd ones: nothing, the least, the longest
 * @param placeholder the place of the value in a statement
 */
record Domain(
        long size,
        Numbered numbered,
        Function<SplittableRandom, Object> usual,
        List<Object> edges,
        String placeholder) {

    /** More than anybody asks for. */
    static final long MANY = 1L << 60;

    /** Finds the value of a number. */
    @FunctionalInterface
    interface Numbered {
        /** The random numbers are for what need not differ. */
        Object at(long number, SplittableRandom random);
    }

    static Domain of(long size, Numbered numbered, Function<SplittableRandom, Object> usual, List<Object> edges) {
        return new Domain(size, numbered, usual, edges, "?");
    }

    /** Exactly these values. */
    static Domain of(List<?> values) {
        return of(
                values.size(),
                (number, random) -> values.get((int) number),
                random -> values.get(random.nextInt(values.size())),
                List.of());
    }

    Domain in(String expression) {
        return new Domain(size, numbered, usual, edges, expression);
    }
}
