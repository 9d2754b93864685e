package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The values of columns of numbers. */
final class NumberDomains {

    private static final int LONGEST_USUAL = 9;
    private static final long[] TENS = new long[LONGEST_USUAL + 1];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private NumberDomains() {}

    static Domain whole(Column column, int bits) {
        if (column.isBoolean()) {
            return Domain.of(List.of(0L, 1L));
        }
        boolean unsigned = column.unsigned();
        BigInteger max = BigInteger.TWO.pow(unsigned ? bits : bits - 1).subtract(BigInteger.ONE);
        List<Object> edges = new ArrayList<>(List.of(0L, max));
        if (!unsigned) {
            edges.add(-1L);
            edges.add(max.negate().subtract(BigInteger.ONE));
        }
        long size = bits == 64 ? Domain.MANY : 1L << bits;
        long last = bits == 64 ? Long.MAX_VALUE : max.longValueExact();
        // 1, 2, 3 and so on, as people count; then 0 and what is below
        return Domain.of(
                size,
                (number, random) -> number < last ? number + 1 : last - number,
                random -> random.nextLong(Math.min(last, TENS[1 + random.nextInt(LONGEST_USUAL)])),
                edges);
    }

    static Domain decimal(Column column) {
        int scale = Math.max(column.scale(), 0);
        BigDecimal max = new BigDecimal(BigInteger.TEN.pow(column.precision()).subtract(BigInteger.ONE), scale);
        List<Object> edges = new ArrayList<>(List.of(BigDecimal.ZERO, max));
        if (!column.unsigned()) {
            edges.add(max.negate());
        }
        int digits = Math.min(column.precision(), 18);
        long size = (long) Math.pow(10, digits);
        return Domain.of(
                Math.min(size, Domain.MANY),
                (number, random) -> BigDecimal.valueOf(number, scale),
                random -> BigDecimal.valueOf(random.nextLong((long) Math.pow(10, Math.min(digits, scale + 5))), scale),
                edges);
    }

    /** Quarters, which every server keeps exactly. */
    static Domain floating(Column column, boolean isDouble) {
        boolean limited = column.scale() >= 0;
        double max =
                limited ? Math.pow(10, Math.min(column.precision() - column.scale(), 15)) - 1 : isDouble ? 1e308 : 1e38;
        List<Object> edges = new ArrayList<>(List.of(0.0, max));
        if (!limited) {
            edges.add(isDouble ? 1e-300 : 1e-30);
        }
        if (!column.unsigned()) {
            edges.add(-max);
        }
        long size = (long) Math.min(isDouble ? 1L << 52 : 1L << 24, max + 1);
        return Domain.of(
                size,
                (number, random) -> (double) number,
                random -> Math.min(max, random.nextInt(1_000_000) / 4.0),
                edges);
    }

    static Domain bits(Column column) {
        int bits = Math.max(column.precision(), 1);
        BigInteger all = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
        long size = 1L << Math.min(bits, 60);
        return Domain.of(size, (number, random) -> number, random -> random.nextLong(size), List.of(0L, all));
    }

    static Domain between(long least, long most) {
        long size = Math.min(Domain.MANY, Math.max(most - least, 0) + 1);
        return Domain.of(
                size,
                (number, random) -> least + number,
                (SplittableRandom random) -> random.nextLong(least, most == Long.MAX_VALUE ? most : most + 1),
                List.of());
    }
}
