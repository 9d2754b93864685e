package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to go on trying for something that others hold. The pauses double, so that those who were held up by a
 * failed try get through meanwhile.
 *
 * @param timeout how long to go on altogether, from the first try; none when zero
 * @param firstPause the pause after the first try; positive
 * @param longestPause the pause that is not exceeded; at least the first
 */
public record RetryPolicy(Duration timeout, Duration firstPause, Duration longestPause) {

    public RetryPolicy {
        if (timeout.isNegative() || firstPause.isNegative() || firstPause.isZero()) {
            throw new IllegalArgumentException(
                    "A timeout cannot be negative, and a pause is longer than nothing: " + timeout + ", " + firstPause);
        }
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "The longest pause, " + longestPause + ", is shorter than the first, " + firstPause);
        }
    }

    /** Pauses of 1 s, 2 s, 4 s and so on, 30 s at most. */
    public static RetryPolicy within(Duration timeout) {
        return new RetryPolicy(timeout, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * The pause between a try that failed and the next; empty when there is to be no next one. The last pause ends with the
     * timeout, so that one try is made then.
     *
     * @param attempt the number of the failed try, from 1
     * @param elapsed the time since the first try was started
     */
    public Optional<Duration> pauseAfter(int attempt, Duration elapsed) {
        Duration left = timeout.minus(elapsed);
        if (left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        Duration pause = firstPause;
        for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return Optional.of(shorter(pause, shorter(longestPause, left)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
