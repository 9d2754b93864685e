package org.apache.cloudstack.framework.dbupgrade.spring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks from time to time whether what was held back can be run, until nothing is held back any more. */
final class HoldBackCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HoldBackCheck.class);

    private final DatabaseUpgrade upgrade;
    private final ScheduledExecutorService thread;

    private HoldBackCheck(DatabaseUpgrade upgrade) {
        this.upgrade = upgrade;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread check = new Thread(task, "dbupgrade-hold-backs");
            check.setDaemon(true);
            return check;
        });
    }

    static HoldBackCheck every(Duration interval, DatabaseUpgrade upgrade) {
        HoldBackCheck check = new HoldBackCheck(upgrade);
        long pause = interval.toMillis();
        check.thread.scheduleWithFixedDelay(check::contract, pause, pause, TimeUnit.MILLISECONDS);
        return check;
    }

    private void contract() {
        try {
            if (upgrade.contract().heldBack().isEmpty()) {
                thread.shutdown();
            }
        } catch (DatabaseUpgradeException e) {
            LOG.warn("What was held back could not be run; it is tried again. {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("What was held back could not be run; it is tried again", e);
        }
    }

    /** Waits for a check that is under way, so that no upgrade loses its connections in the middle. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.info(
                        "A step that was held back is still run, and will be interrupted; the next start goes on with it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
