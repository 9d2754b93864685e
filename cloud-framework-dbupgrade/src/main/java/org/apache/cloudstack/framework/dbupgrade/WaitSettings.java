package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;

/**
 * How long an upgrade waits for others, and others for it.
 *
 * @param leaseTimeout how long to wait while another node upgrades
 * @param leaseDuration how long a node that upgrades and sends no heartbeat keeps others waiting; the clocks of a cluster's
 *     nodes must agree within a small part of it
 * @param lock how long a DDL statement waits for a metadata lock before it lets the queue pass; whole seconds
 * @param metadataLockRetry how long a statement that was kept from a lock is sent again and again
 * @param reconnect how long a lost connection is opened again
 * @param throttle when data migrations pause for others
 */
public record WaitSettings(
        Duration leaseTimeout,
        Duration leaseDuration,
        Duration lock,
        Duration metadataLockRetry,
        Duration reconnect,
        ThrottleSettings throttle) {

    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

    public WaitSettings {
        if (leaseTimeout.isNegative() || metadataLockRetry.isNegative() || reconnect.isNegative()) {
            throw new IllegalArgumentException("The time to wait must not be negative");
        }
        if (leaseDuration.compareTo(SHORTEST_LEASE) < 0) {
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

    /** These with another {@link #leaseDuration()}. */
    public WaitSettings withLeaseDuration(Duration leaseDuration) {
        return new WaitSettings(leaseTimeout, leaseDuration, lock, metadataLockRetry, reconnect, throttle);
    }

    /** These with another {@link #leaseTimeout()}. */
    public WaitSettings withLeaseTimeout(Duration leaseTimeout) {
        return new WaitSettings(leaseTimeout, leaseDuration, lock, metadataLockRetry, reconnect, throttle);
    }

    /** These with other waits for locks. */
    public WaitSettings withLocks(Duration lock, Duration metadataLockRetry) {
        return new WaitSettings(leaseTimeout, leaseDuration, lock, metadataLockRetry, reconnect, throttle);
    }

    /** These with another {@link #reconnect()}. */
    public WaitSettings withReconnect(Duration reconnect) {
        return new WaitSettings(leaseTimeout, leaseDuration, lock, metadataLockRetry, reconnect, throttle);
    }

    /** These with another {@link #throttle()}. */
    public WaitSettings withThrottle(ThrottleSettings throttle) {
        return new WaitSettings(leaseTimeout, leaseDuration, lock, metadataLockRetry, reconnect, throttle);
    }
}
