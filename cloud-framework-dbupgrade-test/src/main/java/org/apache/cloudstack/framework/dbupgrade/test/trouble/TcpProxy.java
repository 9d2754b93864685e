package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerPort;

/**
 * The network between clients and a database server: a port of this machine through which the server is reached. A test
 * cuts, refuses, delays or freezes what goes through it, at any time and from any thread.
 *
 * <pre>{@code
 * try (TcpProxy network = TcpProxy.before(TestServers.shared())) {
 *     Connection connection = network.server().dataSource().getConnection();
 *     network.cut();
 *     network.heal();
 * }
 * }</pre>
 */
public final class TcpProxy implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final DatabaseServer target;
    private final int port;
    private final ExecutorService threads;
    private final Traffic traffic = new Traffic();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private CompletableFuture<Void> accepting;
    private boolean closed;

    private TcpProxy(DatabaseServer target, ServerSocket listener) {
        this.target = target;
        this.port = listener.getLocalPort();
        this.listener = listener;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "proxy on port " + port);
            thread.setDaemon(true);
            return thread;
        });
        this.accepting = accept(listener);
    }

    /**
     * A network that passes everything at once, on a free port of 127.0.0.1.
     *
     * @param target where new connections go; it may end, and come back at the same address
     */
    public static TcpProxy before(DatabaseServer target) {
        return new TcpProxy(target, listen(ServerPort.free()));
    }

    /** The server as clients see it through this network. */
    public DatabaseServer server() {
        return target.at(new InetSocketAddress(HOST, port));
    }

    /** Closes every connection on both sides, as when either end of it closes. New ones are welcome. */
    public void cut() {
        eachLink(Link::close);
    }

    /** Breaks every connection, so that both sides read an error instead of an end. New ones are welcome. */
    public void reset() {
        eachLink(Link::reset);
    }

    /**
     * Closes the client's side of every connection. The server does not notice, and keeps what its sessions hold until
     * {@link #cut()}. New connections are welcome.
     */
    public void cutClients() {
        eachLink(Link::closeClient);
    }

    /** Refuses new connections; those that are open stay. */
    public synchronized void refuse() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The port stays open as long as somebody waits at it.
        accepting.join();
    }

    /**
     * Lets each piece of up to 16 KiB arrive late; also one that is on its way. The next piece sets out when the one
     * before has arrived.
     */
    public void delay(Direction direction, Duration duration) {
        traffic.delay(direction, duration);
    }

    /**
     * Passes nothing in either direction, neither bytes nor the end of a connection, and reaches no server for a new
     * connection: all that each side notices is silence.
     */
    public void freeze() {
        traffic.freeze();
    }

    /** Passes on what was kept by {@link #freeze()}, and all that follows. */
    public void thaw() {
        traffic.thaw();
    }

    /** Back to normal: passes everything at once, what was kept too, and accepts new connections, unless closed. */
    public synchronized void heal() {
        traffic.flow();
        if (listener.isClosed() && !closed) {
            listener = listen(port);
            accepting = accept(listener);
        }
    }

    /** Cuts everything, gives the port back and ends the threads. */
    @Override
    public synchronized void close() {
        closed = true;
        refuse();
        threads.shutdown();
        cut();
        try {
            if (!threads.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The threads of the proxy on port " + port + " do not end");
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void eachLink(Consumer<Link> action) {
        List.copyOf(links).forEach(action);
    }

    private CompletableFuture<Void> accept(ServerSocket open) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        while (true) {
                            link(open.accept());
                        }
                    } catch (IOException e) {
                        // That is how a listener ends.
                    }
                },
                threads);
    }

    private void link(Socket client) {
        Link link = new Link(client, traffic, links::remove);
        links.add(link);
        threads.execute(() -> link.carry(target.address(), threads));
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket listener = new ServerSocket();
            // The connections that are still open must not keep the port from being opened again.
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(HOST, port));
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
