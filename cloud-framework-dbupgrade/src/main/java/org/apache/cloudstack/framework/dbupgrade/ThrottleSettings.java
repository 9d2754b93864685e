package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import java.util.List;

/**
 * When data migrations pause for others, between their checkpoints.
 *
 * @param maxRunningThreads how many statements may run on the database server before it counts as busy
 * @param replicas JDBC URLs of replicas, with user and password
 * @param maxReplicaLag how far replicas may lag
 * @param maxWait how long each data migration pauses in all; then it goes on all the same
 */
public record ThrottleSettings(int maxRunningThreads, List<String> replicas, Duration maxReplicaLag, Duration maxWait) {

    public ThrottleSettings {
        replicas = List.copyOf(replicas);
        if (maxRunningThreads < 1) {
            throw new IllegalArgumentException("The number of statements must be positive");
        }
        if (maxReplicaLag.isNegative() || maxWait.isNegative()) {
            throw new IllegalArgumentException("Neither the lag nor the wait may be negative");
        }
    }

    /** The defaults. */
    public static ThrottleSettings defaults() {
        return new ThrottleSettings(25, List.of(), Duration.ofSeconds(10), Duration.ofMinutes(10));
    }

    /** These for a server that counts as busy earlier or later. */
    public ThrottleSettings withMaxRunningThreads(int maxRunningThreads) {
        return new ThrottleSettings(maxRunningThreads, replicas, maxReplicaLag, maxWait);
    }

    /** These with replicas, which may lag so far. */
    public ThrottleSettings withReplicas(Duration maxReplicaLag, String... urls) {
        return new ThrottleSettings(maxRunningThreads, List.of(urls), maxReplicaLag, maxWait);
    }

    /** These with another {@link #maxWait()}. */
    public ThrottleSettings withMaxWait(Duration maxWait) {
        return new ThrottleSettings(maxRunningThreads, replicas, maxReplicaLag, maxWait);
    }

    /** Without the URLs, which hold passwords. */
    @Override
    public String toString() {
        return "ThrottleSettings[maxRunningThreads=" + maxRunningThreads + ", replicas=" + replicas.size()
                + ", maxReplicaLag=" + maxReplicaLag + ", maxWait=" + maxWait + "]";
    }
}
