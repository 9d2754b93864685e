package org.apache.cloudstack.framework.dbupgrade;

import java.time.Duration;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;

/**
 * How an upgrade goes together with nodes of older releases.
 *
 * @param mode whether they are checked
 * @param node the name of this node among them; without one each start is another node, and one that crashed counts as
 *     living for a while beside its successor
 * @param heartbeat how often a node sends a heartbeat
 * @param nodeTimeout how long a node that sends none counts as living
 * @param deferredInterval how often a running node looks whether what was deferred can be run
 */
public record RollingSettings(
        RollingMode mode, Optional<String> node, Duration heartbeat, Duration nodeTimeout, Duration deferredInterval) {

    private static final int LONGEST_NAME = 150;

    public RollingSettings {
        if (heartbeat.isNegative()
                || heartbeat.isZero()
                || deferredInterval.isNegative()
                || deferredInterval.isZero()) {
            throw new IllegalArgumentException("The heartbeat and the interval of checks must be longer than 0");
        }
        if (nodeTimeout.compareTo(heartbeat.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("A node counts as gone after three times its heartbeat at the earliest: "
                    + nodeTimeout + ", " + heartbeat);
        }
        if (node.filter(name -> name.isBlank() || name.length() > LONGEST_NAME).isPresent()) {
            throw new IllegalArgumentException("The name of a node has 1 to " + LONGEST_NAME + " characters");
        }
    }

    /** The defaults: those of CloudStack's management servers. */
    public static RollingSettings defaults() {
        return new RollingSettings(
                RollingMode.AUTO,
                Optional.empty(),
                Duration.ofMillis(1500),
                Duration.ofSeconds(150),
                Duration.ofMinutes(1));
    }

    /** These settings in another mode. */
    public RollingSettings withMode(RollingMode mode) {
        return new RollingSettings(mode, node, heartbeat, nodeTimeout, deferredInterval);
    }

    /** These settings for a server with a name. */
    public RollingSettings withNode(String name) {
        return new RollingSettings(mode, Optional.of(name), heartbeat, nodeTimeout, deferredInterval);
    }

    /** These settings with another interval of checks. */
    public RollingSettings withDeferredInterval(Duration deferredInterval) {
        return new RollingSettings(mode, node, heartbeat, nodeTimeout, deferredInterval);
    }

    /** These settings with other times. */
    public RollingSettings withTimes(Duration heartbeat, Duration nodeTimeout, Duration deferredInterval) {
        return new RollingSettings(mode, node, heartbeat, nodeTimeout, deferredInterval);
    }
}
