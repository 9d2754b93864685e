package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server that one test has for itself, until it is closed.
 *
 * <pre>{@code
 * try (ServerLease lease = TestServers.take("", Duration.ofMinutes(5))) {
 *     TestDatabase database = TestDatabase.fresh(lease.server());
 * }
 * }</pre>
 */
public final class ServerLease implements AutoCloseable {

    private final ServerPool pool;
    private final DatabaseServer server;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    ServerLease(ServerPool pool, DatabaseServer server) {
        this.pool = pool;
        this.server = server;
    }

    /** The server. */
    public DatabaseServer server() {
        return server;
    }

    /** Whether the server goes on when the tests are done, so that they leave nothing on it. */
    public boolean isGiven() {
        return pool.isGiven();
    }

    /** Whether the next test may have the server already. */
    public boolean isClosed() {
        return isClosed.get();
    }

    /** Lets the next test have the server. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            pool.giveBack(server);
        }
    }
}
