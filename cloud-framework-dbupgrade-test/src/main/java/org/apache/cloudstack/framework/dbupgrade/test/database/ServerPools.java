package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The pool of each kind of server. */
final class ServerPools {

    private final Map<ServerChoice.Kind, ServerPool> pools = new ConcurrentHashMap<>();

    ServerPool of(ServerChoice.Kind kind) {
        return pools.computeIfAbsent(kind, ServerPools::create);
    }

    private static ServerPool create(ServerChoice.Kind kind) {
        int most = kind.origin() == ServerChoice.Origin.GIVEN
                ? 1
                : Runtime.getRuntime().availableProcessors();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        return new ServerPool(kind, most, () -> start(kind, isFirst.getAndSet(false)));
    }

    /** The first one is that which tests have in common that do not ask for one. */
    private static DatabaseServer start(ServerChoice.Kind kind, boolean isFirst) {
        if (isFirst && kind.equals(TestServers.choice().any())) {
            return TestServers.shared();
        }
        if (isFirst && kind.name().equals(EmbeddedMariaDb.V11_4)) {
            return TestServers.mariaDb11_4();
        }
        if (isFirst && kind.name().equals(EmbeddedMariaDb.V10_11)) {
            return TestServers.mariaDb10_11();
        }
        Supplier<DatabaseServer> start = kind.origin() == ServerChoice.Origin.CONTAINER
                ? () -> ContainerServer.start(kind.name())
                : () -> EmbeddedMariaDb.start(kind.name());
        return new SharedServer(start).get();
    }
}
