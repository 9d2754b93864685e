package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When to log what lasts: at once when it changes, and again after an interval. */
public final class Reminder {

    private final Clock clock;
    private final Duration interval;
    private String last = "";
    private Instant lastTime = Instant.MIN;

    Reminder(Clock clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /** Whether to log now what is the case; nothing is the case when it is empty. */
    boolean isDue(String fact) {
        Instant now = clock.instant();
        boolean due = !fact.isEmpty() && (!fact.equals(last) || !now.isBefore(lastTime.plus(interval)));
        if (due) {
            lastTime = now;
        }
        last = fact;
        return due;
    }
}
