package org.apache.cloudstack.framework.dbupgrade.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Reads, changes and adds rows of a large table until it is closed, and measures how long each request takes. */
final class TableLoad implements AutoCloseable {

    private static final int CONNECTIONS = 3;
    private static final int DEADLOCK = 1213;
    /** So that the load is constant, and leaves something of a small machine to the upgrade. */
    private static final long PAUSE_MICROS = 2_000;

    private final DataSource dataSource;
    private final long rows;
    private final List<CompletableFuture<Void>> clients;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong deadlocks = new AtomicLong();
    private final boolean repeats;
    private volatile boolean closed;

    TableLoad(DataSource dataSource, long rows, long seed) {
        this(dataSource, rows, seed, false);
    }

    /**
     * The same.
     *
     * @param repeats whether a request that is chosen to end a deadlock comes again, as it does in most applications
     */
    TableLoad(DataSource dataSource, long rows, long seed, boolean repeats) {
        this.repeats = repeats;
        this.dataSource = dataSource;
        this.rows = rows;
        Executor eachItsOwnThread = client -> new Thread(client, "load").start();
        this.clients = IntStream.range(0, CONNECTIONS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> work(new Random(seed + client)), eachItsOwnThread))
                .toList();
    }

    /** How many requests there were. */
    long requests() {
        return requests.get();
    }

    /** How many requests came again. */
    long deadlocks() {
        return deadlocks.get();
    }

    /** How many changes of rows there were, each by one. */
    long changes() {
        return changes.get();
    }

    /** How long the slowest request took that ended since this was last asked. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.getAndSet(0));
    }

    private void work(Random random) {
        try (Connection connection = dataSource.getConnection()) {
            while (!closed) {
                request(connection, random);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A request failed while the table was walked", e);
        }
    }

    private void request(Connection connection, Random random) throws SQLException {
        long id = 1 + random.nextLong(rows);
        long begin = System.nanoTime();
        switch (random.nextInt(10)) {
            case 0 -> run(connection, "INSERT INTO cloud.large (n, hits) VALUES (?, 0)", 0);
            case 1, 2, 3 -> {
                run(connection, "UPDATE cloud.large SET hits = hits + 1 WHERE id = ?", id);
                changes.incrementAndGet();
            }
            default -> run(connection, "SELECT n, hits, name FROM cloud.large WHERE id = ?", id);
        }
        slowestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        requests.incrementAndGet();
    }

    private void run(Connection connection, String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            while (!isDone(statement)) {
                deadlocks.incrementAndGet();
            }
        }
    }

    private boolean isDone(PreparedStatement statement) throws SQLException {
        try {
            statement.execute();
            return true;
        } catch (SQLException e) {
            if (!repeats || e.getErrorCode() != DEADLOCK) {
                throw e;
            }
            return false;
        }
    }

    /** Ends it; fails when a request failed. */
    @Override
    public void close() {
        closed = true;
        clients.forEach(CompletableFuture::join);
    }
}
