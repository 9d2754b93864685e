package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that is started when it is first asked for, and stopped when the JVM exits. */
final class SharedServer {

    private final Supplier<DatabaseServer> start;
    private @Nullable DatabaseServer server;
    private @Nullable RuntimeException failure;

    SharedServer(Supplier<DatabaseServer> start) {
        this.start = start;
    }

    /** The server. One that could not be started fails every time in the same way, without another try. */
    synchronized DatabaseServer get() {
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        if (server == null) {
            server = startOnce();
        }
        return server;
    }

    private DatabaseServer startOnce() {
        try {
            DatabaseServer started = start.get();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop " + started.version()));
            return started;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
