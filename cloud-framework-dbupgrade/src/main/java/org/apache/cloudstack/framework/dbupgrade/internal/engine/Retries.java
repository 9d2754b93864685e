package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The tries for one thing, in one thread; the first starts when this is made. */
public final class Retries {

    private final RetryPolicy policy;
    private final InstantSource clock;
    private final Consumer<Duration> sleeper;
    private final Instant begin;
    private int failures;

    /**
     * Starts the first try.
     *
     * @param sleeper lets a time pass; may return early when the thread is interrupted
     */
    Retries(RetryPolicy policy, InstantSource clock, Consumer<Duration> sleeper) {
        this.policy = policy;
        this.clock = clock;
        this.sleeper = sleeper;
        this.begin = clock.instant();
    }

    /** Starts the first try. */
    public Retries(RetryPolicy policy, InstantSource clock) {
        this(policy, clock, pause -> LockSupport.parkNanos(pause.toNanos()));
    }

    /**
     * Notes that a try failed, and gives the pause before the next; empty when there is to be none, because the timeout is
     * used up or the thread was interrupted.
     */
    public Optional<Duration> pauseAfterFailure() {
        failures++;
        return Thread.currentThread().isInterrupted() ? Optional.empty() : policy.pauseAfter(failures, elapsed());
    }

    /** Lets a pause pass. */
    public void pause(Duration pause) {
        sleeper.accept(pause);
    }

    /** How many tries failed. */
    public int failures() {
        return failures;
    }

    /** The time since the first try was started. */
    public Duration elapsed() {
        return Duration.between(begin, clock.instant());
    }
}
