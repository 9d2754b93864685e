package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerConnections;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerConnections.Activity;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The connections of one upgrade, which is struck at a chosen moment. When it dies as its process would, all of them end, what
 * was not committed is taken back, and nothing that runs on afterwards reaches the server again, as there are no further
 * connections.
 */
final class MortalProcess extends AbstractDataSource {

    private static final Duration LONGEST_END = Duration.ofSeconds(30);
    private static final Executor END_OF_BACKUP = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    private static final int SIGNALED = 1644;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int LOCK_TABLE_FULL = 1206;

    private final DataSource real;
    private final RecordedRun course;
    private final Optional<String> last;
    private final Map<Connection, Long> open = new LinkedHashMap<>();
    private volatile boolean dead;
    private volatile boolean struck;
    private volatile boolean hasUncommitted;

    /**
     * A process that lives.
     *
     * @param real gives connections
     * @param course is notified of what the server has done
     * @param last the key of the moment at which it is struck; empty when it goes on to its end
     */
    MortalProcess(DataSource real, RecordedRun course, Optional<String> last) {
        this.real = real;
        this.course = course;
        this.last = last;
    }

    /** Whether it was killed. */
    boolean isDead() {
        return dead;
    }

    /** Whether its moment has come. */
    boolean isStruck() {
        return struck;
    }

    /** Whether the server had done a statement of a migration since the last commit, when the strike came. */
    boolean hasUncommitted() {
        return hasUncommitted;
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        checkAlive();
        Connection connection = real.getConnection();
        open.put(connection, ServerConnections.idOf(connection));
        return MortalConnection.of(connection, this);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("An upgrade logs in as its data source does");
    }

    synchronized void closed(Connection connection) {
        open.remove(connection);
    }

    /** Ends the thread of anyone who goes on after the end. */
    void checkAlive() {
        if (dead) {
            throw new ProcessDeath();
        }
    }

    /** Whether the migration that runs is a script with a statement of this text. */
    boolean isWritten(String sql) {
        return course.isWritten(sql);
    }

    /** The upgrade is at a point on one of its connections. */
    void at(Moment.Point point, Connection connection, String sql) throws SQLException {
        boolean isBetweenCommits = point == Moment.Point.AFTER_CHANGE || point == Moment.Point.AFTER_COMMIT;
        if (isBetweenCommits && !struck) {
            hasUncommitted = point == Moment.Point.AFTER_CHANGE;
        }
        for (Moment moment : course.at(point, sql)) {
            if (!struck && last.filter(moment.key()::equals).isPresent()) {
                struck = true;
                strike(moment.kind().blow(), connection);
            }
        }
    }

    private void strike(Blow blow, Connection connection) throws SQLException {
        switch (blow) {
            case DEATH -> {
                die();
                throw new ProcessDeath();
            }
            case LOSS -> {
                end(List.of(connection));
                throw new SQLNonTransientConnectionException("Communications link failure", "08S01");
            }
            case REFUSAL -> throw new SQLException("Refused once", "45000", SIGNALED);
            case ROLLBACK -> {
                rollback(connection);
                throw new SQLException(
                        "The total number of locks exceeds the lock table size", "HY000", LOCK_TABLE_FULL);
            }
            case LOCK -> throw lockWaitTimeout();
            case LOCKED_ROLLBACK -> {
                rollback(connection);
                throw lockWaitTimeout();
            }
            case READ_LOCK -> holdReadLock();
        }
    }

    /** The driver might not send a rollback that it thinks needless. */
    private static void rollback(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }

    /** The lock is free at once, so anyone who pauses for it need not. */
    private static SQLException lockWaitTimeout() {
        LockSupport.unpark(Thread.currentThread());
        return new SQLException("Lock wait timeout exceeded; try restarting transaction", "40001", LOCK_WAIT_TIMEOUT);
    }

    /** As a backup does. It does not get the lock while a script locks tables. */
    private void holdReadLock() throws SQLException {
        Connection backup = real.getConnection();
        try (Statement statement = backup.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = 1");
            statement.execute("FLUSH TABLES WITH READ LOCK");
        } catch (SQLException e) {
            backup.close();
            return;
        }
        END_OF_BACKUP.execute(() -> {
            try (backup;
                    Statement statement = backup.createStatement()) {
                statement.execute("UNLOCK TABLES");
            } catch (SQLException e) {
                throw new IllegalStateException("The backup does not end", e);
            }
        });
    }

    private synchronized void die() throws SQLException {
        dead = true;
        end(List.copyOf(open.keySet()));
    }

    /** The server notices a closed connection when it next looks; it is waited for, that the next upgrade finds it gone. */
    private synchronized void end(List<Connection> connections) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Connection connection : connections) {
            ids.add(open.remove(connection));
            connection.abort(Runnable::run);
        }
        try (Connection control = real.getConnection()) {
            ServerConnections server = new ServerConnections(control);
            for (long id : ids) {
                awaitEnd(server, id);
            }
        }
    }

    private static void awaitEnd(ServerConnections server, long id) throws SQLException {
        long begin = System.nanoTime();
        server.kill(id);
        Activity activity = server.activity(id);
        while (activity == Activity.IDLE || activity == Activity.BUSY) {
            if (System.nanoTime() - begin > LONGEST_END.toNanos()) {
                throw new SQLException("The server does not end connection " + id);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            activity = server.activity(id);
        }
    }
}
