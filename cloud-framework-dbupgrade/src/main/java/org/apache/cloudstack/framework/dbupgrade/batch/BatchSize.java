package org.apache.cloudstack.framework.dbupgrade.batch;

import java.time.Duration;

/**
 * How many rows the next batch has.
 *
 * @param rows the number
 * @param target how long a batch should take
 */
record BatchSize(int rows, Duration target) {

    private static final int FIRST = 500;
    private static final int LARGEST = 100_000;

    /** That of the first batch, of which nobody knows how long it takes. */
    static BatchSize first(Duration target) {
        return new BatchSize(FIRST, target);
    }

    /** After a batch that took so long: it doubles at most, for the next rows may be heavier, and shrinks as far as it takes. */
    BatchSize after(Duration taken) {
        long nanos = Math.max(taken.toNanos(), 1);
        double fitting = (double) rows * target.toNanos() / nanos;
        return of(Math.min(fitting, 2.0 * rows));
    }

    /** After a batch that met others. */
    BatchSize smaller() {
        return of(rows / 2.0);
    }

    private BatchSize of(double wanted) {
        return new BatchSize((int) Math.max(1, Math.min(wanted, LARGEST)), target);
    }
}
