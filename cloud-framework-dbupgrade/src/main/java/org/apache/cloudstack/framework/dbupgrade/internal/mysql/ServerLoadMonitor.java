package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.LoadMonitor;

/**
 * pauses for what shows on the server itself, and on the replicas that are named. A source does not know how far its
 * replicas lag: where it waits for them with each commit, as semi-synchronous replication does, batches only take
 * longer; a Galera node shows when the others made it wait.
 */
public final class ServerLoadMonitor implements LoadMonitor {

    private static final String RUNNING = "threads_running";
    private static final String HELD_UP = "wsrep_flow_control_paused_ns";

    private final int maxRunningThreads;
    private final Duration maxWait;
    private final List<String> replicas;
    private final ReplicaLag lag;
    private final FlowControl flowControl = new FlowControl();

    /**
     * A monitor of the server of a connection, and of replicas.
     *
     * @param maxRunningThreads how many statements may run before the server counts as busy
     * @param replicas JDBC URLs of replicas
     * @param maxReplicaLag how far replicas may lag
     * @param maxWait how long to wait in all
     */
    public ServerLoadMonitor(int maxRunningThreads, List<String> replicas, Duration maxReplicaLag, Duration maxWait) {
        this.maxRunningThreads = maxRunningThreads;
        this.replicas = List.copyOf(replicas);
        this.lag = new ReplicaLag(maxReplicaLag);
        this.maxWait = maxWait;
    }

    @Override
    public Duration maxWait() {
        return maxWait;
    }

    @Override
    public Optional<String> reasonToWait(Connection connection, Instant now) throws SQLException {
        Map<String, Long> status = new ServerState(connection).counters(RUNNING, HELD_UP);
        return busy(status.getOrDefault(RUNNING, 0L))
                .or(() -> heldUp(Optional.ofNullable(status.get(HELD_UP)), now))
                .or(() -> replicas.stream()
                        .flatMap(url -> lag.reasonToWait(url).stream())
                        .findFirst());
    }

    private Optional<String> busy(long running) {
        return running > maxRunningThreads
                ? Optional.of("the server is busy: more than " + maxRunningThreads + " statements run on it")
                : Optional.empty();
    }

    private Optional<String> heldUp(Optional<Long> nanos, Instant now) {
        return nanos.filter(all -> flowControl.heldUp(all, now))
                .map(all -> "nodes of the Galera cluster cannot keep up, and hold the others up");
    }
}
