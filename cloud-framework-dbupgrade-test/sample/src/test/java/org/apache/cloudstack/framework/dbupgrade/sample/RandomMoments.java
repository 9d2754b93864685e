package org.apache.cloudstack.framework.dbupgrade.sample;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The moments at which one test strikes. */
final class RandomMoments {

    private static final Logger LOG = LoggerFactory.getLogger(RandomMoments.class);
    private static final int COUNT = Integer.getInteger("dbupgrade.kill.moments", 20);
    private static final int MOST_STATEMENTS = 13;
    private static final long LONGEST_DELAY_MICROS = 20_000;

    private final String struck;
    private final long seed = Long.getLong("dbupgrade.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int used;
    private int settled;

    /** Moments to strike the named thing. */
    RandomMoments(String struck) {
        this.struck = struck;
    }

    /** Whether all of them have been. */
    boolean areOver() {
        return used >= COUNT;
    }

    /** How many statements later the next one is. */
    int statements() {
        return 1 + random.nextInt(MOST_STATEMENTS);
    }

    /** Lets the rest of the time until the next one pass, which may end anywhere in or between statements. */
    void await() {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(LONGEST_DELAY_MICROS)));
        used++;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Notes that the operator was asked. */
    void settled() {
        settled++;
    }

    void report() {
        LOG.info("{}", this);
    }

    @Override
    public String toString() {
        return "The " + struck + " was struck " + used + " times, the operator asked " + settled + " times, seed "
                + seed;
    }
}
