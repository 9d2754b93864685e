package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Fills a column by values of its type, or of a rule. */
final class ColumnFill implements Fill {

    private static final int LARGE = 4096;
    private static final int LARGE_ONES = 20;

    private final int position;
    private final ColumnSource source;
    private int largeOnes;

    ColumnFill(int position, ColumnSource source) {
        this.position = position;
        this.source = source;
    }

    @Override
    @SuppressWarnings("NullAway") // the array holds what a row holds, NULL too
    public boolean fill(Object[] row, long number, SplittableRandom random) {
        row[position] = value(number, random);
        return true;
    }

    private @Nullable Object value(long number, SplittableRandom random) {
        Counter counter = source.counter();
        if (source.nulls() > 0 && random.nextDouble() < source.nulls()) {
            return null;
        }
        if (counter != null) {
            return counter.isExhausted(number) && source.nullable()
                    ? null
                    : source.domain().numbered().at(counter.valueOf(number), random);
        }
        if (source.literalDefault() != null && random.nextBoolean()) {
            return source.literalDefault();
        }
        if (source.edges() > 0 && random.nextDouble() < source.edges()) {
            return edge(random);
        }
        return source.domain().usual().apply(random);
    }

    /** Large values are few, so that a million rows do not become a million large values. */
    private Object edge(SplittableRandom random) {
        Object edge = source.domain()
                .edges()
                .get(random.nextInt(source.domain().edges().size()));
        boolean large = edge instanceof String text && text.length() > LARGE
                || edge instanceof byte[] octets && octets.length > LARGE;
        if (large && largeOnes++ >= LARGE_ONES) {
            return source.domain().usual().apply(random);
        }
        return edge;
    }
}
