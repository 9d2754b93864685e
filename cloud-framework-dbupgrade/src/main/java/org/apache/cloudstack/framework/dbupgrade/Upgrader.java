package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.execute.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.execute.LeaseLostException;
import org.apache.cloudstack.framework.dbupgrade.execute.Retries;
import org.apache.cloudstack.framework.dbupgrade.execute.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.execute.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/** Attempts to upgrade until one comes to its end: a lost connection is opened anew, a lost lease is waited for. */
final class Upgrader {

    private static final int FUTILE_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final UpgradePlanner planning;
    private final UpgradeAttempt.Surroundings surroundings;
    private Optional<UpgradeReport> earlier = Optional.empty();
    private Retries lockRetries;
    private int futile;

    Upgrader(UpgradePlanner planning, UpgradeAttempt.Surroundings surroundings) {
        this.planning = planning;
        this.surroundings = surroundings;
        this.lockRetries = lockRetries();
    }

    UpgradeReport upgrade() {
        Optional<UpgradeReport> report = surroundings.connections().with(this::attempt);
        while (report.isEmpty()) {
            report = attemptAgain();
        }
        return report.get();
    }

    private Optional<UpgradeReport> attemptAgain() {
        Connection connection = openAgain();
        try {
            return surroundings.connections().on(connection, this::attempt);
        } catch (SQLException e) {
            throw stopped(explained(e), SafeCause.of(e));
        } finally {
            JdbcUtils.closeConnection(connection);
        }
    }

    /** Empty when it is to be attempted again. */
    private Optional<UpgradeReport> attempt(Connection connection) throws SQLException {
        UpgradeAttempt attempt = new UpgradeAttempt(connection, planning, surroundings);
        try {
            return Optional.of(together(attempt.upgrade()));
        } catch (UpgradeFailedException e) {
            throw new UpgradeFailedException(e.findings(), together(e.report()), e.getCause());
        } catch (UpgradeRefusedException e) {
            // an upgrade that was begun is not refused any more
            throw earlier.isPresent() ? new UpgradeFailedException(e.findings(), earlier.get(), e) : e;
        } catch (LeaseLostException e) {
            earlier = attempt.report().map(this::together).or(() -> earlier);
            surroundings.listener().on(new UpgradeEvent.Superseded(schema()));
            return Optional.empty();
        } catch (ConnectionLostException e) {
            noteLoss(attempt, e);
            return Optional.empty();
        } catch (UpgradeAttempt.RecordsBlockedException e) {
            await(attempt, e);
            return Optional.empty();
        } catch (ContractGate.OlderServerException e) {
            // the next plan defers what would harm it
            return Optional.empty();
        }
    }

    private void noteLoss(UpgradeAttempt attempt, ConnectionLostException loss) {
        earlier = attempt.report().map(this::together).or(() -> earlier);
        futile = attempt.isFutile() ? futile + 1 : 0;
        if (futile == FUTILE_ATTEMPTS) {
            throw stopped(
                    FindingCode.CONNECTION_LOST.because(String.valueOf(loss.getMessage()), schema(), futile), loss);
        }
        surroundings.listener().on(new UpgradeEvent.ConnectionLost(String.valueOf(loss.getMessage())));
    }

    private void await(UpgradeAttempt attempt, UpgradeAttempt.RecordsBlockedException blocked) {
        earlier = attempt.report().map(this::together).or(() -> earlier);
        if (!attempt.isFutile()) {
            lockRetries = lockRetries();
        }
        Duration pause = lockRetries
                .pauseAfterFailure()
                .orElseThrow(() -> stopped(explained(blocked.error()), SafeCause.of(blocked.error())));
        surroundings.listener().on(new UpgradeEvent.RecordsBlocked(String.valueOf(blocked.getMessage()), pause));
        lockRetries.pause(pause);
    }

    private Retries lockRetries() {
        return new Retries(RetryPolicy.within(planning.settings().waits().metadataLockRetry()), InstantSource.system());
    }

    /** Waits until the server takes connections again. */
    private Connection openAgain() {
        long begin = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return surroundings.connections().open();
            } catch (SQLException e) {
                if (System.nanoTime() - begin
                        > planning.settings().waits().reconnect().toNanos()) {
                    throw stopped(explained(e), SafeCause.of(e));
                }
            }
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private Finding explained(SQLException error) {
        String address = ServerErrors.address(surroundings.connections().dataSource());
        return new ServerErrors(address, planning.settings().schemas()).explain(error);
    }

    private RuntimeException stopped(Finding finding, @Nullable Throwable cause) {
        return earlier.isPresent()
                ? new UpgradeFailedException(List.of(finding), earlier.get(), cause)
                : new UpgradeRefusedException(List.of(finding), cause);
    }

    private UpgradeReport together(UpgradeReport report) {
        return earlier.map(report::after).orElse(report);
    }

    private String schema() {
        return planning.settings().schemas().get(0);
    }
}
