package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.MigrationStarted;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Reports statements that take long, from a thread of its own, since the upgrade itself waits for the server. */
public final class LongStatementMonitor implements AutoCloseable {

    private final Stages stages;
    private final UpgradeListener listener;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private volatile @Nullable Running running;

    /** What the server reports about the statement that runs. */
    @FunctionalInterface
    interface Stages {

        /** A few words, such as a percentage; empty when it shows nothing. */
        String now();
    }

    private record Running(MigrationStarted started, SqlStatement statement, long since) {}

    LongStatementMonitor(Stages stages, UpgradeListener listener, Duration interval) {
        this.stages = stages;
        this.listener = listener;
        this.interval = interval;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "dbupgrade-watch");
            watch.setDaemon(true);
            return watch;
        });
        long pause = Math.max(interval.toMillis(), 1);
        thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    void begin(MigrationStarted started, SqlStatement statement) {
        running = new Running(started, statement, System.nanoTime());
    }

    void end() {
        running = null;
    }

    private void look() {
        Running seen = running;
        if (seen == null || elapsed(seen).compareTo(interval) < 0) {
            return;
        }
        String stage = stages.now();
        if (seen.equals(running)) {
            listener.on(new UpgradeEvent.StatementRunning(
                    seen.started(), seen.statement().number(), elapsed(seen), stage));
        }
    }

    private static Duration elapsed(Running statement) {
        return Duration.ofNanos(System.nanoTime() - statement.since());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
