package org.apache.cloudstack.framework.dbupgrade.spring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeException;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what was left to the background, and looks from time to time whether what was deferred can be run, until nothing is
 * deferred any more.
 */
final class DeferralCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeferralCheck.class);

    private final DatabaseUpgrade upgrade;
    private final RetryPause pause;
    private final ScheduledExecutorService thread;
    private volatile boolean isStopping;

    private DeferralCheck(DatabaseUpgrade upgrade, RetryPause pause) {
        this.upgrade = upgrade;
        this.pause = pause;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread check = new Thread(task, "dbupgrade-deferred");
            check.setDaemon(true);
            return check;
        });
    }

    static DeferralCheck every(Duration interval, DatabaseUpgrade upgrade) {
        DeferralCheck check = new DeferralCheck(upgrade, new RetryPause(interval, InstantSource.system()));
        long millis = interval.toMillis();
        check.thread.scheduleWithFixedDelay(check::contract, millis, millis, TimeUnit.MILLISECONDS);
        return check;
    }

    /** Looks at once, beside anyone who calls. */
    void now() {
        thread.execute(this::contract);
    }

    private void contract() {
        if (isStopping || !pause.isOver()) {
            return;
        }
        try {
            boolean isDone = upgrade.contract(() -> isStopping).deferred().isEmpty();
            pause.succeeded();
            if (isDone) {
                thread.shutdown();
            }
        } catch (DatabaseUpgradeException e) {
            if (isOnlyBusy(e)) {
                LOG.debug("Another node upgrades; this one looks again later");
                return;
            }
            pause.failed(String.valueOf(e.getMessage()));
            LOG.warn("What was deferred could not be run; the next attempt is in {}. {}", pause, e.getMessage());
        } catch (RuntimeException e) {
            pause.failed(String.valueOf(e.getMessage()));
            LOG.warn("What was deferred could not be run; the next attempt is in {}", pause, e);
        }
    }

    private static boolean isOnlyBusy(DatabaseUpgradeException e) {
        return e.findings().stream().allMatch(finding -> finding.code() == FindingCode.UPGRADE_RUNNING);
    }

    /**
     * Waits for a check that is under way, so that no upgrade loses its connections in the middle; what runs in the background
     * stops at its next checkpoint.
     */
    @Override
    public void close() {
        isStopping = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.info(
                        "A step that was deferred is still run, and will be interrupted; the next start goes on with it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
