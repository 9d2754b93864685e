package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.LeaseLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PreparedStatements;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends heartbeats for a lease from a thread and a connection of its own, while the upgrade itself waits for a long
 * statement. Checkpoints are heartbeats too, so that in a stream of short statements it has nothing to do.
 */
public final class LeaseRenewer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewer.class);
    private static final int PARTS = 3;

    private final Lease lease;
    private final DataSource dataSource;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private @Nullable PreparedStatements statements;
    private boolean lost;
    private boolean told;

    private LeaseRenewer(Lease lease, DataSource dataSource) {
        this.lease = lease;
        this.dataSource = dataSource;
        this.interval = lease.length().dividedBy(PARTS);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread renewal = new Thread(task, "dbupgrade-lease");
            renewal.setDaemon(true);
            return renewal;
        });
    }

    /** Starts to keep a lease. */
    public static LeaseRenewer of(Lease lease, DataSource dataSource) {
        LeaseRenewer keeper = new LeaseRenewer(lease, dataSource);
        long pause = Math.max(1, keeper.interval.toMillis() / PARTS);
        keeper.thread.scheduleWithFixedDelay(keeper::renew, pause, pause, TimeUnit.MILLISECONDS);
        return keeper;
    }

    private void renew() {
        if (lost || !lease.isOlderThan(interval)) {
            return;
        }
        try {
            lease.beat(open());
        } catch (LeaseLostException e) {
            // anyone who writes next meets the same, and stops
            LOG.debug("The lease is lost", e);
            lost = true;
        } catch (SQLException | RuntimeException e) {
            noteFailure(e);
            abandon();
        }
    }

    private void noteFailure(Exception failure) {
        if (!told) {
            told = true;
            LOG.warn(
                    "The lease of the upgrade could not be renewed, which needs a second connection beside that of the upgrade."
                            + " Where the pool has only one, raise its maximum size.");
        }
        LOG.debug("The lease could not be renewed", failure);
    }

    private PreparedStatements open() throws SQLException {
        if (statements == null) {
            Connection connection = dataSource.getConnection();
            statements = new PreparedStatements(connection);
            connection.setAutoCommit(true);
        }
        return statements;
    }

    private void abandon() {
        PreparedStatements broken = statements;
        statements = null;
        if (broken != null) {
            broken.close();
            try {
                broken.connection().close();
            } catch (SQLException e) {
                LOG.debug("A broken connection could not be closed", e);
            }
        }
    }

    /** Gives no more heartbeats. */
    @Override
    public void close() {
        thread.execute(this::abandon);
        thread.shutdown();
    }
}
