package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.RollingSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.CloudStackHostTable;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.NodeId;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.NodeTable;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.ClusterView;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.springframework.util.function.SingletonSupplier;

/**
 * The servers that use the databases, from all registries together.
 *
 * @param settings how they are regarded
 * @param self the name of this one, always the same; to make one up takes longer than a start with nothing to do may
 * @param registries who knows them
 */
public record Nodes(RollingSettings settings, Supplier<String> self, List<NodeRegistry> registries) {

    static Nodes of(UpgradeSettings settings, List<NodeRegistry> more) {
        RollingSettings rolling = settings.rolling();
        String schema = settings.schemas().get(0);
        List<NodeRegistry> registries = new ArrayList<>(more);
        registries.add(new CloudStackHostTable(schema, rolling.nodeTimeout()));
        registries.add(new NodeTable(schema, rolling.nodeTimeout()));
        Supplier<String> self = SingletonSupplier.of(() -> rolling.node().orElseGet(NodeId::unique));
        return new Nodes(rolling, self, List.copyOf(registries));
    }

    /** Those that live now, and how a plan goes together with them. */
    ClusterView seen(Connection connection) throws SQLException {
        return settings.mode() == RollingMode.OFF
                ? ClusterView.OFF
                : new ClusterView(settings.mode(), live(connection));
    }

    List<Node> live(Connection connection) throws SQLException {
        List<Node> servers = new ArrayList<>();
        for (NodeRegistry registry : registries) {
            servers.addAll(registry.live(connection, self.get()));
        }
        return servers;
    }
}
