package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.courtesy.ThrottleSettings;

/**
 * How long an upgrade waits for others, and others for it.
 *
 * @param patience how long to wait while another server upgrades
 * @param lease how long a server that upgrades and gives no sign of life keeps others waiting; the clocks of a cluster's
 *     nodes must agree within a small part of it
 * @param lock how long a definition waits for a lock before it lets those behind it pass; whole seconds
 * @param metadataLockRetry how long a statement that was kept from a lock is sent again and again
 * @param reconnect how long a lost connection is opened anew
 * @param courtesy whom data migrations make way for
 */
public record WaitSettings(
        Duration patience,
        Duration lease,
        Duration lock,
        Duration metadataLockRetry,
        Duration reconnect,
        ThrottleSettings courtesy) {

    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

    public WaitSettings {
        if (patience.isNegative() || metadataLockRetry.isNegative() || reconnect.isNegative()) {
            throw new IllegalArgumentException("The time to wait must not be negative");
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("A lease must last 100 ms or longer");
        }
        if (lock.toSeconds() < 1) {
            throw new IllegalArgumentException("The time to wait for a lock must be one second or longer");
        }
    }

    static WaitSettings defaults() {
        return new WaitSettings(
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                ThrottleSettings.defaults());
    }

    /** These with another {@link #lease()}. */
    public WaitSettings withLease(Duration lease) {
        return new WaitSettings(patience, lease, lock, metadataLockRetry, reconnect, courtesy);
    }

    /** These with another {@link #patience()}. */
    public WaitSettings withPatience(Duration patience) {
        return new WaitSettings(patience, lease, lock, metadataLockRetry, reconnect, courtesy);
    }

    /** These with other waits for locks. */
    public WaitSettings withLocks(Duration lock, Duration metadataLockRetry) {
        return new WaitSettings(patience, lease, lock, metadataLockRetry, reconnect, courtesy);
    }

    /** These with another {@link #reconnect()}. */
    public WaitSettings withReconnect(Duration reconnect) {
        return new WaitSettings(patience, lease, lock, metadataLockRetry, reconnect, courtesy);
    }

    /** These with another {@link #courtesy()}. */
    public WaitSettings withCourtesy(ThrottleSettings courtesy) {
        return new WaitSettings(patience, lease, lock, metadataLockRetry, reconnect, courtesy);
    }
}
