package org.apache.cloudstack.framework.dbupgrade.cluster;

import java.time.Duration;

/**
 * The node that upgrades.
 *
 * @param name its process and host, with a part that no other process has
 * @param server the database server whose named lock it holds too; empty where such locks mean nothing
 * @param since how long it has upgraded
 * @param left for how long its lease is good; negative when it sent no heartbeat for too long
 * @param doing how far it is, in words; empty when it has not said
 */
public record LeaseHolder(String name, String server, Duration since, Duration left, String doing) {

    /** Whether the lease was not renewed in time. */
    public boolean isExpired() {
        return left.isNegative();
    }

    @Override
    public String toString() {
        return doing.isEmpty() ? name : name + ", at " + doing;
    }
}
