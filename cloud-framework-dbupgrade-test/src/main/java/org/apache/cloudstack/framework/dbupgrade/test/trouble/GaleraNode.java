package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;

/**
 * A node of a {@link GaleraCluster}, which a test kills and starts again, or freezes and thaws:
 * {@code cluster.node(2).kill()}.
 */
public final class GaleraNode {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final int number;
    private final DatabaseServer server;
    private final GaleraScript script;

    GaleraNode(int number, DatabaseServer server, GaleraScript script) {
        this.number = number;
        this.server = server;
        this.script = script;
    }

    /** The node as a server of its own. */
    public DatabaseServer server() {
        return server;
    }

    /**
     * Ends its process at once, and returns when it is gone. The other two wait some seconds with what they write, then
     * go on. A node that is left alone takes no writes any more, and does not come back from that by itself: never kill
     * a second one.
     */
    public void kill() {
        Signal.KILL.sendTo(script.pid(number));
        await("gone", () -> !answers());
    }

    /** Starts it again after {@link #kill()}, and returns when it has what the others have. */
    public void restart() {
        script.start(number);
    }

    /** Stops its process where it is. The other nodes wait some seconds with what they write, then go on without it. */
    public void freeze() {
        Signal.STOP.sendTo(script.pid(number));
    }

    /** Lets it go on after {@link #freeze()}. It refuses most statements until the others have taken it back. */
    public void thaw() {
        Signal.CONT.sendTo(script.pid(number));
    }

    /**
     * Waits until it is one of so many nodes and has what they have.
     *
     * @throws IllegalStateException when it is not for two minutes
     */
    public void awaitSynced(int clusterSize) {
        await("synced in a cluster of " + clusterSize, () -> isSynced(clusterSize));
    }

    /** Starts or thaws it, whatever a test did to it. */
    void revive() {
        if (answers()) {
            thaw();
        } else {
            restart();
        }
    }

    @Override
    public String toString() {
        return "Node " + number + ", " + server;
    }

    /** Whether its port is open, as it also is while the node is frozen. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(server.address());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isSynced(int clusterSize) {
        try (Connection connection = server.dataSource().getConnection()) {
            Map<String, String> status = status(connection);
            return "Synced".equals(status.get("WSREP_LOCAL_STATE_COMMENT"))
                    && "Primary".equals(status.get("WSREP_CLUSTER_STATUS"))
                    && Integer.toString(clusterSize).equals(status.get("WSREP_CLUSTER_SIZE"));
        } catch (SQLException e) {
            return false;
        }
    }

    private static Map<String, String> status(Connection connection) throws SQLException {
        Map<String, String> status = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            // A node that was just thawed still takes itself for synced; to wait for the others reports it the truth.
            statement.execute("SET SESSION wsrep_sync_wait = 1");
            ResultSet rows = statement.executeQuery("SELECT UPPER(variable_name), variable_value"
                    + " FROM information_schema.global_status WHERE variable_name LIKE 'wsrep%'");
            while (rows.next()) {
                status.put(rows.getString(1), rows.getString(2));
            }
        }
        return status;
    }

    private void await(String state, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        this + " is not " + state + " after " + LONGEST_WAIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
