package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Servers of one kind, started as tests need them at the same time. Anyone who waits longest gets the next one. */
final class ServerPool {

    private final ServerChoice.Kind kind;
    private final int most;
    private final Supplier<DatabaseServer> start;
    private final Semaphore free;
    private final Deque<DatabaseServer> idle = new ConcurrentLinkedDeque<>();

    /**
     * A pool without servers.
     *
     * @param most how many there are at most
     * @param start starts one
     */
    ServerPool(ServerChoice.Kind kind, int most, Supplier<DatabaseServer> start) {
        this.kind = kind;
        this.most = most;
        this.start = start;
        this.free = new Semaphore(most, true);
    }

    /**
     * A server that nobody else uses until the lease is closed.
     *
     * @throws IllegalStateException when none is free in time, or starts
     */
    ServerLease take(Duration longest) {
        if (!acquire(longest)) {
            throw new IllegalStateException("No server was free within " + longest.toSeconds() + " s: "
                    + (most == 1 ? "there is one" : "there are " + most) + ", and other tests that run now have "
                    + (most == 1 ? "it" : "them")
                    + ". Wait longer, or run fewer tests at a time; a test that hangs keeps its server.");
        }
        try {
            DatabaseServer server = idle.pollFirst();
            return new ServerLease(this, server == null ? start.get() : server);
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    private boolean acquire(Duration longest) {
        try {
            return free.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a server", e);
        }
    }

    /** Whether its servers go on when the tests are done. */
    boolean isGiven() {
        return kind.origin() == ServerChoice.Origin.GIVEN;
    }

    void giveBack(DatabaseServer server) {
        // the one used last has most of what tests need
        idle.addFirst(server);
        free.release();
    }
}
