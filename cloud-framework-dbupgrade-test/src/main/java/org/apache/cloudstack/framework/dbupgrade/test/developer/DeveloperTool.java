package org.apache.cloudstack.framework.dbupgrade.test.developer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.cli.DatabaseUpgradeTool;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.ApplicationSettings;
import org.apache.commons.exec.CommandLine;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs one command of the standalone tool on the migrations of the class path, as
 * {@code -Ddbupgrade.command="plan --target 4.7.0"} says, or {@code upgrade}. The database is that of {@code --url} or
 * {@code --config} in the command or of {@code DBUPGRADE_URL}; without these it is an embedded MariaDB, whose data are kept
 * in {@code -Ddbupgrade.directory}, {@code target/dbupgrade-database} unless given.
 */
public final class DeveloperTool {

    private static final String COMMAND = "dbupgrade.command";
    private static final String DIRECTORY = "dbupgrade.directory";
    private static final Set<String> NEED_PROGRAMS = Set.of("backup", "restore", "rehearse", "upgrade");

    private DeveloperTool() {}

    /**
     * Runs the command.
     *
     * @param arguments put after the command, such as {@code --locations classpath:db/upgrade}
     * @throws IllegalStateException when it does not end with status 0
     */
    public static void main(String[] arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(CommandLine.parse("dbupgrade " + System.getProperty(COMMAND, "upgrade"))
                        .getArguments()));
        command.addAll(List.of(arguments));
        int status = namesServer(command) ? run(command) : runOnKeptServer(command);
        if (status != 0) {
            throw new IllegalStateException("The tool ended with status " + status + ": " + String.join(" ", command));
        }
    }

    private static boolean namesServer(List<String> command) {
        return !System.getenv().getOrDefault("DBUPGRADE_URL", "").isEmpty()
                || command.stream().anyMatch(word -> word.startsWith("--url") || word.startsWith("--config"));
    }

    private static int runOnKeptServer(List<String> command) throws IOException {
        KillableServer server =
                KillableServer.kept(Path.of(System.getProperty(DIRECTORY, "target/dbupgrade-database")));
        // also when Maven is stopped by Ctrl-C
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        Path password = passwordOf(server);
        try {
            command.addAll(List.of(
                    "--url", server.jdbcUrl(), "--user", server.user(), "--password-file", password.toString()));
            List<String> schemas = ApplicationSettings.read(DeveloperTool.class.getClassLoader())
                    .schemas();
            if (!schemas.isEmpty() && !command.contains("--schemas")) {
                command.addAll(List.of("--schemas", String.join(",", schemas)));
            }
            if (NEED_PROGRAMS.contains(command.get(0)) && !command.contains("--tools")) {
                command.addAll(List.of("--tools", programsOf(server)));
            }
            return run(command);
        } finally {
            Files.delete(password);
            server.stop();
        }
    }

    private static Path passwordOf(DatabaseServer server) throws IOException {
        Path file = Files.createTempFile("dbupgrade", ".password");
        return Files.writeString(file, server.password());
    }

    private static String programsOf(DatabaseServer server) {
        return JdbcClient.create(server.dataSource())
                        .sql("SELECT @@basedir")
                        .query(String.class)
                        .single() + "/bin";
    }

    private static int run(List<String> command) {
        return DatabaseUpgradeTool.commandLine().execute(command.toArray(String[]::new));
    }
}
