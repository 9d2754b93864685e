package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps a screen up to date while a command works. */
final class ScreenClock implements AutoCloseable {

    private static final long MILLIS = 250;

    private final Screen screen;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dbupgrade-screen");
        thread.setDaemon(true);
        return thread;
    });

    ScreenClock(Screen screen) {
        this.screen = screen;
        ticks.scheduleWithFixedDelay(screen::tick, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        screen.idle();
    }
}
