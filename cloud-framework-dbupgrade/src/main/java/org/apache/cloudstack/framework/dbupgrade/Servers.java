package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.cluster.MshostTable;
import org.apache.cloudstack.framework.dbupgrade.cluster.ServerRegistry;
import org.apache.cloudstack.framework.dbupgrade.cluster.ServerTable;
import org.apache.cloudstack.framework.dbupgrade.lease.ProcessName;
import org.apache.cloudstack.framework.dbupgrade.plan.LiveServer;
import org.apache.cloudstack.framework.dbupgrade.plan.Rolling;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.springframework.util.function.SingletonSupplier;

/**
 * The servers that use the databases, from all registries together.
 *
 * @param settings how they are regarded
 * @param self the name of this one, always the same; to make one up takes longer than a start with nothing to do may
 * @param registries who knows them
 */
record Servers(RollingSettings settings, Supplier<String> self, List<ServerRegistry> registries) {

    static Servers of(UpgradeSettings settings, List<ServerRegistry> more) {
        RollingSettings rolling = settings.rolling();
        String schema = settings.schemas().get(0);
        List<ServerRegistry> registries = new ArrayList<>(more);
        registries.add(new MshostTable(schema, rolling.goneAfter()));
        registries.add(new ServerTable(schema, rolling.goneAfter()));
        Supplier<String> self = SingletonSupplier.of(() -> rolling.server().orElseGet(ProcessName::unique));
        return new Servers(rolling, self, List.copyOf(registries));
    }

    /** Those that live now, and how a plan goes together with them. */
    Rolling seen(Connection connection) throws SQLException {
        return settings.mode() == RollingMode.OFF ? Rolling.OFF : new Rolling(settings.mode(), live(connection));
    }

    List<LiveServer> live(Connection connection) throws SQLException {
        List<LiveServer> servers = new ArrayList<>();
        for (ServerRegistry registry : registries) {
            servers.addAll(registry.live(connection, self.get()));
        }
        return servers;
    }
}
