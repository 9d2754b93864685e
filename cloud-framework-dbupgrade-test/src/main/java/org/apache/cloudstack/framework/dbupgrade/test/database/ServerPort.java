package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that come back on the port they had. The system gives ports from 32768 on to clients, so a server there may
 * find its port taken when it was down for a moment: {@code int port = ServerPort.free()}.
 */
public final class ServerPort {

    private static final int LOWEST = 10_000;
    private static final int BEYOND_HIGHEST = 32_000;
    private static final int TRIES = 100;

    private ServerPort() {}

    /**
     * A port of this machine that nothing listens on and that no client gets.
     *
     * @throws UncheckedIOException when none is found
     */
    public static int free() {
        IOException last = new IOException("No port was tried");
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND_HIGHEST);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException("No free port from " + LOWEST + " to " + (BEYOND_HIGHEST - 1), last);
    }
}
