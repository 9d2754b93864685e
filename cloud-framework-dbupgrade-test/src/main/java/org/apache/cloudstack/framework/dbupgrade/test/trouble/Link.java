package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection of a client through the network, and the one to the server that belongs to it. */
final class Link {

    private static final int LARGEST_PIECE = 16 * 1024;

    private final Socket client;
    private final Socket server = new Socket();
    private final Traffic traffic;
    private final Consumer<Link> whenClosed;
    private final AtomicInteger waysOpen = new AtomicInteger(Direction.values().length);
    private volatile boolean clientGone;
    private volatile boolean closed;

    Link(Socket client, Traffic traffic, Consumer<Link> whenClosed) {
        this.client = client;
        this.traffic = traffic;
        this.whenClosed = whenClosed;
    }

    /** Connects to the server and carries both ways until they have ended: one in this thread, one in another. */
    void carry(InetSocketAddress target, Executor threads) {
        try {
            traffic.hold(Direction.TO_SERVER, this::isOpen);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(target);
            threads.execute(() -> carry(Direction.TO_CLIENT, server, client));
            carry(Direction.TO_SERVER, client, server);
        } catch (IOException | RejectedExecutionException e) {
            // There is no server there, or no network any more.
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** Closes both sides. */
    void close() {
        closed = true;
        traffic.linkClosed();
        close(client);
        close(server);
        whenClosed.accept(this);
    }

    /** Closes both sides without the farewell of TCP, so that each reads an error instead of an end. */
    void reset() {
        hurry(client);
        hurry(server);
        close();
    }

    /** Closes the client's side; the server's stays open, and nobody waits for it. */
    void closeClient() {
        clientGone = true;
        close(client);
    }

    private boolean isOpen() {
        return !closed;
    }

    private void carry(Direction direction, Socket from, Socket to) {
        try {
            copy(direction, from, to);
            traffic.hold(direction, this::isOpen);
            if (!clientGone) {
                end(to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private void copy(Direction direction, Socket from, Socket to) throws InterruptedException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[LARGEST_PIECE];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                traffic.hold(direction, this::isOpen);
                out.write(piece, 0, length);
            }
        } catch (IOException e) {
            // One of the two is gone, which is an end of this way like any other.
        }
    }

    /** Reports a side that nothing more comes. */
    private void end(Socket to) {
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            // It has gone before.
        }
        if (waysOpen.decrementAndGet() == 0) {
            close();
        }
    }

    private static void hurry(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed, so there is nobody to inform.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It counts as closed all the same.
        }
    }
}
