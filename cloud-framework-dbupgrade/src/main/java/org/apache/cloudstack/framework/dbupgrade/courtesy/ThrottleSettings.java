package org.apache.cloudstack.framework.dbupgrade.courtesy;

import java.time.Duration;
import java.util.List;

/**
 * Whom data migrations make way for, between their checkpoints.
 *
 * @param threads how many statements may run on the database server before it counts as busy
 * @param replicas JDBC URLs of replicas, with user and password
 * @param lag how far replicas may be behind
 * @param patience how long each data migration makes way in all; then it goes on whoever is there
 */
public record ThrottleSettings(int threads, List<String> replicas, Duration lag, Duration patience) {

    public ThrottleSettings {
        replicas = List.copyOf(replicas);
        if (threads < 1) {
            throw new IllegalArgumentException("The number of statements must be positive");
        }
        if (lag.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("Lag and patience must not be negative");
        }
    }

    /** The defaults. */
    public static ThrottleSettings defaults() {
        return new ThrottleSettings(25, List.of(), Duration.ofSeconds(10), Duration.ofMinutes(10));
    }

    /** These for a server that counts as busy earlier or later. */
    public ThrottleSettings withThreads(int threads) {
        return new ThrottleSettings(threads, replicas, lag, patience);
    }

    /** These with replicas, which may be so far behind. */
    public ThrottleSettings withReplicas(Duration lag, String... urls) {
        return new ThrottleSettings(threads, List.of(urls), lag, patience);
    }

    /** These with another patience. */
    public ThrottleSettings withPatience(Duration patience) {
        return new ThrottleSettings(threads, replicas, lag, patience);
    }

    /** Without the URLs, which hold passwords. */
    @Override
    public String toString() {
        return "CourtesySettings[threads=" + threads + ", replicas=" + replicas.size() + ", lag=" + lag + ", patience="
                + patience + "]";
    }
}
