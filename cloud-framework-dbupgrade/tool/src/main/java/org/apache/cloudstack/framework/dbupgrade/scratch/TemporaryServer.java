package org.apache.cloudstack.framework.dbupgrade.scratch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A server of one's own, in a directory that only its owner can read, on the loopback interface, with a password that nobody
 * knows. It is gone, and its directory with it, when it is closed or the process exits, by Ctrl-C too.
 */
public final class TemporaryServer implements AutoCloseable {

    /** The account that may do everything. */
    public static final String USER = "root";

    private static final String HOST = "127.0.0.1";
    private static final int SECONDS_TO_INSTALL = 180;
    private static final int SECONDS_TO_START = 120;
    private static final int SECONDS_TO_STOP = 5;
    private static final int LINES_TOLD = 3;
    private static final String READY = "ready for connections";

    private final Path folder;
    private final String password = UUID.randomUUID().toString();
    private final List<Process> processes = new ArrayList<>();
    private final Thread atExit = new Thread(this::remove, "dbupgrade-scratch-server");
    private boolean closed;
    private int port;
    private Path programs;

    private TemporaryServer(Path folder) {
        this.folder = folder;
        this.programs = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Installs and starts a server, which takes some seconds.
     *
     * @param parent where its directory is made
     * @param arguments further ones for the server
     * @throws ScratchServerException when it does not start
     */
    public static TemporaryServer start(ServerPrograms programs, Path parent, List<String> arguments) {
        return started(parent, programs.toString(), server -> server.run(programs, arguments));
    }

    /**
     * Unpacks, installs and starts a server.
     *
     * @throws ScratchServerException when it does not start
     */
    public static TemporaryServer start(PackedServer packed, Path parent, List<String> arguments) {
        return started(
                parent,
                packed.jar().toString(),
                server -> server.run(packed.unpackInto(server.folder.resolve("base")), arguments));
    }

    private static TemporaryServer started(Path parent, String what, Start start) {
        TemporaryServer server = null;
        try {
            // which only its owner can read
            server = new TemporaryServer(Files.createTempDirectory(parent, "dbupgrade-server-"));
            start.of(server);
            return server;
        } catch (IOException | RuntimeException e) {
            closeQuietly(server);
            throw new ScratchServerException(
                    "A server of its own, " + what + ", does not start: " + e.getMessage()
                            + ". Name another server with --scratch-url.",
                    e);
        } catch (InterruptedException e) {
            closeQuietly(server);
            Thread.currentThread().interrupt();
            throw new ScratchServerException("The start of a server was interrupted.", e);
        }
    }

    private static void closeQuietly(@Nullable TemporaryServer server) {
        if (server != null) {
            server.close();
        }
    }

    @FunctionalInterface
    private interface Start {
        void of(TemporaryServer server) throws IOException, InterruptedException;
    }

    private void run(ServerPrograms programs, List<String> arguments) throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve("tmp"));
        this.programs = programs.folder();
        ServerCommand command = new ServerCommand(programs, folder);
        Process install = launch(programs, command.install(arguments), "install.log");
        if (!install.waitFor(SECONDS_TO_INSTALL, TimeUnit.SECONDS) || install.exitValue() != 0) {
            throw new IOException("its first tables cannot be made: " + lastWords("install.log"));
        }
        Path accounts = Files.writeString(folder.resolve("accounts.sql"), accounts(programs.product()));
        port = freePort();
        Process server = launch(programs, command.run(port, accounts, arguments), "server.log");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (!Files.readString(folder.resolve("server.log")).contains(READY)) {
            if (server.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException(
                        "it ends, or is not ready after " + SECONDS_TO_START + " s: " + lastWords("server.log"));
            }
        }
        Files.delete(accounts);
    }

    private synchronized Process launch(ServerPrograms programs, List<String> command, String log) throws IOException {
        if (closed) {
            throw new IOException("the process is asked to exit");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        programs.libraries().ifPresent(libraries -> builder.environment().put("LD_LIBRARY_PATH", libraries.toString()));
        // a server that starts deletes the temporary tables of others that have the same directory for them
        builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Of both, since definers are often root at localhost; the server reads them before it takes connections. */
    private String accounts(ServerProduct product) {
        String local = product == ServerProduct.MARIADB
                ? "CREATE OR REPLACE USER 'root'@'localhost' IDENTIFIED BY '%1$s';\n"
                : "ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';\n";
        String loopback = """
                CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '%1$s';
                GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION;
                GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
                """;
        return (local + loopback).formatted(password);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    /** Its errors, or where it calls nothing an error, its last messages. */
    private String lastWords(String log) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(log)).stream()
                .filter(line -> !line.isBlank())
                .toList();
        List<String> errors = lines.stream()
                .filter(line -> line.contains("[ERROR]"))
                .limit(LINES_TOLD)
                .toList();
        return String.join(
                " ", errors.isEmpty() ? lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()) : errors);
    }

    /** The directory of the executables that it was started from. */
    public Path programs() {
        return programs;
    }

    /**
     * Its URL.
     *
     * @param scheme that of the driver, {@code jdbc:mysql} or {@code jdbc:mariadb}
     */
    public String jdbcUrl(String scheme) {
        return scheme + "://" + HOST + ":" + port + "/?allowPublicKeyRetrieval=true";
    }

    /** The password of {@link #USER}. */
    public String password() {
        return password;
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process exits already, and this has just been done
            return;
        }
    }

    /** Nothing of it is needed any more, so it need not end in order. */
    private synchronized void remove() {
        closed = true;
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly()
                    .onExit()
                    .orTimeout(SECONDS_TO_STOP, TimeUnit.SECONDS)
                    .exceptionally(e -> process)
                    .join();
        }
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
