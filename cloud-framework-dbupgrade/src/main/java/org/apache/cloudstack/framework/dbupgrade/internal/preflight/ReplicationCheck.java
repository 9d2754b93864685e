package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerState;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/** Whether this is the server to upgrade, and its cluster whole. */
final class ReplicationCheck extends ServerCheck {

    ReplicationCheck() {
        super("replication and cluster");
    }

    @Override
    List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) throws SQLException {
        ServerState server = new ServerState(context.connection());
        List<CheckResult> results = new ArrayList<>();
        Map<String, String> galera = server.galera();
        String cluster = galera.getOrDefault("wsrep_cluster_status", "Primary");
        // a server with the library, but outside of a cluster, says Disconnected
        boolean isMember = "ON".equals(server.variables(List.of("wsrep_on")).get("wsrep_on"));
        if (isMember && !cluster.equals("Primary")) {
            results.add(CheckResult.stop(
                    "This node of a Galera cluster is in the part '" + cluster + "', which has no majority",
                    "Bring the cluster together, or upgrade through a node of its primary component"));
        }
        if (isMember
                && "RSU".equals(server.variables(List.of("wsrep_osu_method")).get("wsrep_osu_method"))) {
            results.add(CheckResult.stop(
                    "wsrep_OSU_method is RSU, so that definitions would change this node only",
                    "SET GLOBAL wsrep_OSU_method = 'TOI'"));
        }
        server.source()
                .ifPresent(source -> results.add(CheckResult.warn(
                        "This server replicates from " + source + "; what is changed here is not changed there",
                        "Upgrade the source, unless both replicate from each other")));
        return results;
    }
}
