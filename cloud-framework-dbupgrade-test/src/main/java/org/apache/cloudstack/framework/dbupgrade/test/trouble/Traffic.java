package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How a network lets bytes pass just now: at once, late, or not at all. */
final class Traffic {

    private final Map<Direction, Duration> delays = new EnumMap<>(Direction.class);
    private boolean frozen;

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    synchronized void delay(Direction direction, Duration duration) {
        delays.put(direction, duration);
        notifyAll();
    }

    /** Lets everything pass at once. */
    synchronized void flow() {
        delays.clear();
        thaw();
    }

    /** Keeps the caller, who has something to pass on, as long as the network does, but not once its link is closed. */
    synchronized void hold(Direction direction, BooleanSupplier open) throws InterruptedException {
        long since = System.nanoTime();
        long left = left(direction, since);
        while (open.getAsBoolean() && (frozen || left > 0)) {
            if (frozen) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            left = left(direction, since);
        }
    }

    /** Lets those who are kept see that their link was closed. */
    synchronized void linkClosed() {
        notifyAll();
    }

    private long left(Direction direction, long since) {
        return delays.getOrDefault(direction, Duration.ZERO).toNanos() - (System.nanoTime() - since);
    }
}
