package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Lets one Java migration wait between its transactions: for an operator who paused it as long as that takes, for others as
 * long as patience allows in all. It looks once a second, since checkpoints may follow each other closely.
 */
final class MakingWay {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Pause pause;
    private final Courtesy courtesy;
    private final InstantSource clock;
    private final Consumer<Duration> sleeper;
    private Instant nextLook = Instant.MIN;
    private Duration waited = Duration.ZERO;

    MakingWay(Pause pause, Courtesy courtesy, InstantSource clock) {
        this(pause, courtesy, clock, time -> LockSupport.parkNanos(time.toNanos()));
    }

    MakingWay(Pause pause, Courtesy courtesy, InstantSource clock, Consumer<Duration> sleeper) {
        this.pause = pause;
        this.courtesy = courtesy;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Waits, if there is a reason; the connection has nothing to commit, and its transaction is ended. */
    void betweenTransactions(Connection connection, RunObserver observer) throws SQLException {
        if (clock.instant().isBefore(nextLook)) {
            return;
        }
        Optional<String> reason = reasonToWait(connection);
        while (reason.isPresent()) {
            observer.waiting(reason.get());
            sleeper.accept(BETWEEN_LOOKS);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("It was interrupted while it waited: " + reason.get());
            }
            reason = reasonToWait(connection);
        }
        nextLook = clock.instant().plus(BETWEEN_LOOKS);
    }

    private Optional<String> reasonToWait(Connection connection) throws SQLException {
        Optional<String> paused = pause.reason(connection).map(why -> "an operator paused it: " + why);
        // what is read later is read from a new snapshot
        connection.rollback();
        return paused.isPresent() ? paused : others(connection);
    }

    private Optional<String> others(Connection connection) throws SQLException {
        if (waited.compareTo(courtesy.patience()) >= 0) {
            return Optional.empty();
        }
        Optional<String> reason = courtesy.reasonToWait(connection, clock.instant());
        if (reason.isPresent()) {
            waited = waited.plus(BETWEEN_LOOKS);
        }
        return reason;
    }
}
