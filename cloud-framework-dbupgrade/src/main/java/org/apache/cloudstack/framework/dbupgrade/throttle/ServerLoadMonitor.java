package org.apache.cloudstack.framework.dbupgrade.throttle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.execute.LoadMonitor;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerState;

/**
 * Makes way for what shows on the server itself, and on the replicas that are named. A source does not know how far its
 * replicas are behind: where it waits for them with each commit, as semi-synchronous replication does, batches only take
 * longer; a Galera node tells when the others made it wait.
 */
public final class ServerLoadMonitor implements LoadMonitor {

    private static final String RUNNING = "threads_running";
    private static final String HELD_UP = "wsrep_flow_control_paused_ns";

    private final ThrottleSettings settings;
    private final ReplicaLag replicas;
    private final FlowControl flowControl = new FlowControl();

    /** Looks as the settings say. */
    public ServerLoadMonitor(ThrottleSettings settings) {
        this.settings = settings;
        this.replicas = new ReplicaLag(settings.maxReplicaLag());
    }

    @Override
    public Duration maxWait() {
        return settings.maxWait();
    }

    @Override
    public Optional<String> reasonToWait(Connection connection, Instant now) throws SQLException {
        Map<String, Long> status = new ServerState(connection).counters(RUNNING, HELD_UP);
        return busy(status.getOrDefault(RUNNING, 0L))
                .or(() -> heldUp(Optional.ofNullable(status.get(HELD_UP)), now))
                .or(() -> settings.replicas().stream()
                        .flatMap(url -> replicas.reasonToWait(url).stream())
                        .findFirst());
    }

    private Optional<String> busy(long running) {
        return running > settings.maxRunningThreads()
                ? Optional.of("the server is busy: more than " + settings.maxRunningThreads() + " statements run on it")
                : Optional.empty();
    }

    private Optional<String> heldUp(Optional<Long> nanos, Instant now) {
        return nanos.filter(all -> flowControl.heldUp(all, now))
                .map(all -> "nodes of the Galera cluster cannot keep up, and hold the others up");
    }
}
