package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one Java migration wait between its transactions: for an operator who paused it as long as that takes, for others as
 * long as the settings allow in all; and stops one in the background. It looks once a second, since checkpoints may follow each other closely.
 */
final class Throttle {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final PauseFlag pause;
    private final LoadMonitor throttle;
    private final CancellationToken stopSign;
    private final InstantSource clock;
    private Instant nextLook = Instant.MIN;
    private Duration waited = Duration.ZERO;

    Throttle(PauseFlag pause, LoadMonitor throttle, CancellationToken stopSign, InstantSource clock) {
        this.pause = pause;
        this.throttle = throttle;
        this.stopSign = stopSign;
        this.clock = clock;
    }

    /**
     * Waits, if there is a reason; the connection has nothing to commit, and its transaction is ended.
     *
     * @throws MigrationCancelledException when it is to go on another time
     */
    void betweenTransactions(Connection connection, RunObserver observer) throws SQLException {
        if (clock.instant().isBefore(nextLook)) {
            return;
        }
        Optional<String> reason = reasonToWait(connection);
        while (reason.isPresent()) {
            observer.waiting(reason.get());
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("It was interrupted while it waited: " + reason.get());
            }
            reason = reasonToWait(connection);
        }
        nextLook = clock.instant().plus(BETWEEN_LOOKS);
    }

    /**
     * Why to wait; empty when there is no reason to. The connection has nothing to commit, and its transaction is ended.
     *
     * @throws MigrationCancelledException when it is to go on another time
     */
    Optional<String> reasonToWait(Connection connection) throws SQLException {
        Optional<String> stop = stopSign.reason(connection);
        Optional<String> paused = pause.reason(connection).map(why -> "an operator paused it: " + why);
        // what is read later is read from a new snapshot
        connection.rollback();
        if (stop.isPresent()) {
            throw new MigrationCancelledException(stop.get());
        }
        return paused.isPresent() ? paused : others(connection);
    }

    private Optional<String> others(Connection connection) throws SQLException {
        if (waited.compareTo(throttle.maxWait()) >= 0) {
            return Optional.empty();
        }
        Optional<String> reason = throttle.reasonToWait(connection, clock.instant());
        if (reason.isPresent()) {
            waited = waited.plus(BETWEEN_LOOKS);
        }
        return reason;
    }
}
