package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nics of one VPC router, ordered by device. */
record RouterNics(List<Nic> nics) {

    static final int GATEWAY_DEVICE = 2;

    private static final String NICS = """
            SELECT n.id, n.device_id, g.network_id IS NOT NULL AS gateway,
                w.traffic_type = 'Guest' AND g.network_id IS NULL AS tier
            FROM nics n
            INNER JOIN networks w ON w.id = n.network_id
            LEFT JOIN (SELECT DISTINCT network_id FROM vpc_gateways WHERE removed IS NULL) g
                ON g.network_id = n.network_id
            WHERE n.instance_id = ? AND n.removed IS NULL AND n.device_id IS NOT NULL
            ORDER BY n.device_id, n.id
            """;

    static RouterNics of(JdbcClient jdbc, long routerId) {
        return new RouterNics(jdbc.sql(NICS)
                .param(routerId)
                .query((row, number) -> new Nic(row.getLong(1), row.getInt(2), row.getBoolean(3), row.getBoolean(4)))
                .list());
    }

    Optional<Nic> tierOnGatewayDevice() {
        return nics.stream()
                .filter(nic -> nic.tier() && nic.device() == GATEWAY_DEVICE)
                .findFirst();
    }

    /** The private gateway, if it could move to its device and is not there yet. */
    Optional<Nic> gatewayElsewhere() {
        if (devices().contains(GATEWAY_DEVICE)) {
            return Optional.empty();
        }
        return nics.stream().filter(Nic::gateway).findFirst();
    }

    int nextFreeTierDevice() {
        Set<Integer> taken = devices();
        return IntStream.iterate(GATEWAY_DEVICE + 1, device -> device + 1)
                .filter(device -> !taken.contains(device))
                .findFirst()
                .orElseThrow();
    }

    private Set<Integer> devices() {
        return nics.stream().map(Nic::device).collect(Collectors.toSet());
    }

    record Nic(long id, int device, boolean gateway, boolean tier) {}
}
