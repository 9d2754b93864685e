package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerConnections;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerConnections.Activity;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The connections of one upgrade, which dies at a chosen moment as its process would: all of them end, what was not committed
 * is taken back, and nothing that runs on afterwards reaches the server again, as there are no further connections.
 */
final class MortalProcess extends AbstractDataSource {

    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final DataSource real;
    private final Course course;
    private final Optional<String> last;
    private final Map<Connection, Long> open = new LinkedHashMap<>();
    private volatile boolean dead;

    /**
     * A process that lives.
     *
     * @param real gives connections
     * @param course is told what the server has done
     * @param last the key of the moment at which it dies; empty when it goes on to its end
     */
    MortalProcess(DataSource real, Course course, Optional<String> last) {
        this.real = real;
        this.course = course;
        this.last = last;
    }

    /** Whether its moment has come. */
    boolean isDead() {
        return dead;
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

    /** Ends the thread of whoever goes on after the end. */
    void checkAlive() {
        if (dead) {
            throw new ProcessDeath();
        }
    }

    void afterStatement(String sql) throws SQLException {
        dieAt(course.afterStatement(sql));
    }

    void afterCheckpoint() throws SQLException {
        dieAt(course.afterCheckpoint());
    }

    private void dieAt(Moment moment) throws SQLException {
        if (last.filter(moment.key()::equals).isPresent()) {
            die();
            throw new ProcessDeath();
        }
    }

    /** The server notices a closed connection when it next looks; it is waited for, that the next upgrade finds it gone. */
    private synchronized void die() throws SQLException {
        dead = true;
        List<Long> ids = new ArrayList<>(open.values());
        for (Connection connection : open.keySet()) {
            connection.abort(Runnable::run);
        }
        open.clear();
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
