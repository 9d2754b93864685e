package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the other nodes of a Galera cluster hold this one up, since they cannot keep up with what it writes: from the time
 * that a node says it was held up, which is read again and again.
 */
final class FlowControl {

    /** The part of the time that they may. */
    private static final double MOST = 0.1;

    private @Nullable Sample before;

    private record Sample(Instant at, long nanos) {}

    /**
     * Whether they held it up for long between the last look and this one; the first one only remembers.
     *
     * @param nanos how long they did in all
     */
    boolean heldUp(long nanos, Instant now) {
        Sample last = before;
        before = new Sample(now, nanos);
        return last != null
                && nanos - last.nanos()
                        > MOST * Math.max(1, Duration.between(last.at(), now).toNanos());
    }
}
