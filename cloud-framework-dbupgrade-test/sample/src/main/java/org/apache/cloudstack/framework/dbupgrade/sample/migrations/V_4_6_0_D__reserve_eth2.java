package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;

/**
 * Keeps eth2 of every VPC router free for the private gateway: eth0 is the control network, eth1 the public one, and
 * tiers start at eth3. A tier that sits on eth2 moves to the next free device, then the gateway moves to eth2.
 */
@MigrationOptions(
        revision = "V_4_6_0_D__reserve_eth2/1",
        reads = {"domain_router", "vm_instance", "nics", "networks", "vpc_gateways"},
        writes = {"nics", "router_reserved_device"})
public final class V_4_6_0_D__reserve_eth2 implements JavaMigration {

    private static final int PORTION = 20;

    private static final String ROUTERS = """
            SELECT r.id, i.instance_name
            FROM domain_router r
            INNER JOIN vm_instance i ON i.id = r.id
            WHERE r.vpc_slot IS NOT NULL
            ORDER BY r.id
            """;

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        List<Router> routers = context.jdbc()
                .sql(ROUTERS)
                .query((row, number) -> new Router(row.getLong(1), row.getString(2)))
                .list();
        for (int done = 0; done < routers.size(); done++) {
            convert(context, routers.get(done));
            if ((done + 1) % PORTION == 0) {
                context.connection().commit();
                context.progress(done + 1L, routers.size());
            }
        }
        context.progress(routers.size(), routers.size());
    }

    private static void convert(MigrationContext context, Router router) {
        RouterNics nics = RouterNics.of(context.jdbc(), router.id());
        nics.tierOnGatewayDevice().ifPresent(nic -> move(context, router, nic, nics.nextFreeTierDevice()));
        RouterNics moved = RouterNics.of(context.jdbc(), router.id());
        moved.gatewayElsewhere().ifPresent(nic -> move(context, router, nic, RouterNics.GATEWAY_DEVICE));
        context.jdbc()
                .sql("INSERT IGNORE INTO router_reserved_device (router_id, device_id, purpose)"
                        + " VALUES (?, ?, 'PrivateGateway')")
                .params(router.id(), RouterNics.GATEWAY_DEVICE)
                .update();
    }

    private static void move(MigrationContext context, Router router, RouterNics.Nic nic, int device) {
        context.jdbc()
                .sql("UPDATE nics SET device_id = ? WHERE id = ?")
                .params(device, nic.id())
                .update();
        context.note("router " + router.name() + ": " + (nic.gateway() ? "private gateway" : "tier") + " nic "
                + nic.id() + " moved from eth" + nic.device() + " to eth" + device);
    }

    private record Router(long id, String name) {}
}
