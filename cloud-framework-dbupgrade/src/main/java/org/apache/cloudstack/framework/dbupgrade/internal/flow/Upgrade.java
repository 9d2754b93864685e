package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.LeaseLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Retries;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/** Attempts to upgrade until one comes to its end: a lost connection is opened again, a lost lease is waited for. */
public final class Upgrade {

    private static final int FUTILE_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final UpgradePlanner planning;
    private final UpgradeAttempt.Surroundings surroundings;
    private Optional<UpgradeReport> earlier = Optional.empty();
    private Retries lockRetries;
    private boolean isBegun;
    private int futile;

    public Upgrade(UpgradePlanner planning, UpgradeAttempt.Surroundings surroundings) {
        this.planning = planning;
        this.surroundings = surroundings;
        this.lockRetries = lockRetries();
    }

    public UpgradeReport upgrade() {
        while (true) {
            Connection connection = opened();
            UpgradeAttempt attempt = new UpgradeAttempt(connection, planning, surroundings);
            try {
                return together(attempt.upgrade());
            } catch (UpgradeFailedException e) {
                throw new UpgradeFailedException(e.findings(), together(e.report()), e.getCause());
            } catch (UpgradeRefusedException e) {
                throw ended(e);
            } catch (UnreadableScriptException e) {
                throw ended(Connections.refusal(e));
            } catch (LeaseLostException e) {
                remember(attempt);
                surroundings.listener().on(new UpgradeEvent.Superseded(schema()));
            } catch (ConnectionLostException e) {
                noteLoss(attempt, e);
            } catch (UpgradeExecutor.RecordsBlockedException e) {
                await(attempt, e);
            } catch (ContractGate.OlderNodeException e) {
                // the next plan defers what would harm it
                remember(attempt);
            } catch (SQLException e) {
                noteError(attempt, connection, e);
            } finally {
                JdbcUtils.closeConnection(connection);
            }
        }
    }

    /** An upgrade that was started is not refused any more. */
    private RuntimeException ended(UpgradeRefusedException refusal) {
        return earlier.isPresent() ? new UpgradeFailedException(refusal.findings(), earlier.get(), refusal) : refusal;
    }

    private void noteError(UpgradeAttempt attempt, Connection connection, SQLException error) {
        if (!ConnectionLostException.isMeantBy(error)) {
            throw ended(surroundings.connections().refusal(error, connection));
        }
        noteLoss(attempt, new ConnectionLostException(error));
    }

    private void remember(UpgradeAttempt attempt) {
        isBegun = true;
        earlier = attempt.report().map(this::together).or(() -> earlier);
    }

    private void noteLoss(UpgradeAttempt attempt, ConnectionLostException loss) {
        remember(attempt);
        futile = attempt.isFutile() ? futile + 1 : 0;
        if (futile == FUTILE_ATTEMPTS) {
            throw stopped(
                    FindingCode.CONNECTION_LOST.because(String.valueOf(loss.getMessage()), schema(), futile), loss);
        }
        surroundings.listener().on(new UpgradeEvent.ConnectionLost(String.valueOf(loss.getMessage())));
    }

    private void await(UpgradeAttempt attempt, UpgradeExecutor.RecordsBlockedException blocked) {
        remember(attempt);
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

    /** After a first attempt, waits until the server takes connections again. */
    private Connection opened() {
        long begin = System.nanoTime();
        long timeout = isBegun ? planning.settings().waits().reconnect().toNanos() : 0;
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return surroundings.connections().open();
            } catch (SQLException e) {
                if (System.nanoTime() - begin > timeout) {
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
