package org.apache.cloudstack.framework.dbupgrade.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;

/** When to try again: after a pause that doubles, up to an hour, while each attempt fails like the one before it. */
final class RetryPause {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration usual;
    private final InstantSource clock;
    private Duration pause;
    private Instant end = Instant.MIN;
    private String lastFailure = "";

    RetryPause(Duration usual, InstantSource clock) {
        this.usual = usual;
        this.clock = clock;
        this.pause = usual;
    }

    boolean isOver() {
        return !clock.instant().isBefore(end);
    }

    void succeeded() {
        lastFailure = "";
        end = Instant.MIN;
    }

    void failed(String failure) {
        pause = failure.equals(lastFailure) ? longer() : usual;
        lastFailure = failure;
        end = clock.instant().plus(pause);
    }

    private Duration longer() {
        Duration twice = pause.multipliedBy(2);
        Duration longest = usual.compareTo(LONGEST) > 0 ? usual : LONGEST;
        return twice.compareTo(longest) < 0 ? twice : longest;
    }

    @Override
    public String toString() {
        return Durations.text(pause);
    }
}
