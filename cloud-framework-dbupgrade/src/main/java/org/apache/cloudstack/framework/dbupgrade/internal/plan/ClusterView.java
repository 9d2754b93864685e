package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What a plan has to know of other servers.
 *
 * @param mode how it goes together with them
 * @param servers those that live, without the one that plans
 */
public record ClusterView(RollingMode mode, List<Node> servers) {

    /** Looks at nobody. */
    public static final ClusterView OFF = new ClusterView(RollingMode.OFF, List.of());

    public ClusterView {
        servers = mode == RollingMode.OFF ? List.of() : List.copyOf(servers);
    }

    /** The servers that may need what a release takes away. */
    List<Node> olderThan(ReleaseVersion release) {
        return servers.stream().filter(server -> server.isOlderThan(release)).toList();
    }

    /** The same with one more server. */
    ClusterView with(Node server) {
        return new ClusterView(
                mode, Stream.concat(servers.stream(), Stream.of(server)).toList());
    }
}
