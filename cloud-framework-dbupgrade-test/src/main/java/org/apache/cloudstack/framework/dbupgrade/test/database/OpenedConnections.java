package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The connections to a server that were opened since a moment, from this machine and by the same user: those of a test,
 * with whatever they hold.
 *
 * <pre>{@code
 * OpenedConnections since = OpenedConnections.of(server);
 * upgradeThatIsCutOff();
 * since.end();
 * }</pre>
 */
public final class OpenedConnections {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long INTERVAL = Duration.ofMillis(5).toNanos();

    private final DatabaseServer server;
    private final long last;

    private OpenedConnections(DatabaseServer server, long last) {
        this.server = server;
        this.last = last;
    }

    /** Those that will be opened from now on. */
    public static OpenedConnections of(DatabaseServer server) {
        return new OpenedConnections(
                server, Session.of(JdbcClient.create(server.dataSource())).id());
    }

    /**
     * Ends those which are still open, with their transactions and locks, and returns when they are gone.
     *
     * @throws IllegalStateException when one of them goes on
     */
    public void end() {
        SingleConnectionDataSource connection =
                new SingleConnectionDataSource(server.jdbcUrl(), server.user(), server.password(), true);
        try {
            end(JdbcClient.create(connection));
        } finally {
            connection.destroy();
        }
    }

    private void end(JdbcClient jdbc) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Session own = Session.of(jdbc);
        List<Long> open = open(jdbc, own);
        open.forEach(id -> kill(jdbc, own, id));
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Connections of a test are still open on " + server.version() + " "
                        + LONGEST.toSeconds() + " s after they were reported to end: " + open
                        + ". A large transaction may have to be undone; end it in the test.");
            }
            // the server notifies no one when a connection is gone
            LockSupport.parkNanos(INTERVAL);
            List<Long> still = new ArrayList<>(open(jdbc, own));
            still.retainAll(open);
            open = still;
        }
    }

    private List<Long> open(JdbcClient jdbc, Session own) {
        return jdbc
                .sql("SHOW PROCESSLIST")
                .query((row, number) -> new Session(
                        row.getLong("Id"),
                        String.valueOf(row.getString("User")),
                        String.valueOf(row.getString("Host")).replaceFirst(":\\d+$", "")))
                .list()
                .stream()
                .filter(each -> each.id() > last && each.id() != own.id())
                .filter(each -> each.user().equals(own.user()) && each.host().equals(own.host()))
                .map(Session::id)
                .toList();
    }

    private void kill(JdbcClient jdbc, Session own, long id) {
        try {
            jdbc.sql("KILL " + id).update();
        } catch (DataAccessException e) {
            // it may have ended by itself
            if (open(jdbc, own).contains(id)) {
                throw e;
            }
        }
    }

    /** A connection as the server lists it. */
    private record Session(long id, String user, String host) {

        static Session of(JdbcClient jdbc) {
            return jdbc.sql("SELECT CONNECTION_ID(), SUBSTRING_INDEX(USER(), '@', 1), SUBSTRING_INDEX(USER(), '@', -1)")
                    .query((row, number) -> new Session(row.getLong(1), row.getString(2), row.getString(3)))
                    .single();
        }
    }
}
