package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;

/**
 * Puts the routers of each VPC into its slots: the oldest one into the first, the next one into the second if the VPC
 * is redundant. Routers beyond that are marked for destruction.
 */
@MigrationOptions(
        revision = "V_4_6_0_C__router_slots/1",
        reads = {"domain_router", "vpc", "vm_instance"},
        writes = {"domain_router", "vm_instance"})
public final class V_4_6_0_C__router_slots implements JavaMigration {

    private static final String ROUTERS = """
            SELECT r.id, r.vpc_id, p.redundant, i.instance_name,
                i.removed IS NULL AND i.state NOT IN ('Destroyed', 'Expunging', 'Error') AS alive
            FROM domain_router r
            INNER JOIN vpc p ON p.id = r.vpc_id
            INNER JOIN vm_instance i ON i.id = r.id
            ORDER BY r.vpc_id, r.id
            """;

    @Override
    public void migrate(MigrationContext context) {
        Map<Long, List<Router>> byVpc = context
                .jdbc()
                .sql(ROUTERS)
                .query((row, number) -> new Router(
                        row.getLong(1), row.getLong(2), row.getBoolean(3), row.getString(4), row.getBoolean(5)))
                .stream()
                .collect(Collectors.groupingBy(Router::vpcId, TreeMap::new, Collectors.toList()));
        long done = 0;
        for (List<Router> routers : byVpc.values()) {
            fillSlots(context, routers);
            context.progress(++done, byVpc.size());
        }
    }

    private static void fillSlots(MigrationContext context, List<Router> routers) {
        int taken = 0;
        for (Router router : routers) {
            int slots = router.vpcRedundant() ? 2 : 1;
            if (!router.alive()) {
                retire(context, router);
            } else if (taken < slots) {
                taken++;
                place(context, router, taken);
            } else {
                retire(context, router);
                destroy(context, router);
                context.note("router " + router.name() + " (id " + router.id() + ") is one too many for VPC "
                        + router.vpcId() + ", which has " + slots + (slots == 1 ? " slot" : " slots")
                        + ", and is marked for destruction");
            }
        }
    }

    private static void place(MigrationContext context, Router router, int slot) {
        context.jdbc()
                .sql("UPDATE domain_router SET vpc_slot = ?, vpc_slot_redundant = IF(? = 2, 1, NULL) WHERE id = ?")
                .params(slot, slot, router.id())
                .update();
    }

    private static void retire(MigrationContext context, Router router) {
        context.jdbc()
                .sql("UPDATE domain_router SET retired = 1 WHERE id = ?")
                .param(router.id())
                .update();
    }

    private static void destroy(MigrationContext context, Router router) {
        context.jdbc()
                .sql("UPDATE domain_router r INNER JOIN vm_instance i ON i.id = r.id"
                        + " SET r.stop_pending = 1, i.state = 'Destroyed' WHERE r.id = ?")
                .param(router.id())
                .update();
    }

    private record Router(long id, long vpcId, boolean vpcRedundant, String name, boolean alive) {}
}
