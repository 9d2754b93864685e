package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * Where a server lies. Most of what a definition costs is the disk, so a server that does not outlive the tests has its data in
 * memory, where there is enough of it.
 *
 * @param home its executables, log and socket
 * @param dataHome the directory of {@link #data()}, which only the owner can enter
 */
record ServerFolders(Path home, Path dataHome) {

    /** The variable that names another directory for data. */
    static final String DATA = "DBUPGRADE_TEST_DATA";

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 4L << 30;
    private static final String PREFIX = "dbupgrade-mariadb-";

    /** New ones for a server that is removed in the end. */
    static ServerFolders temporary(Map<String, String> environment) throws IOException {
        return temporary(environment, MEMORY, ENOUGH_BYTES);
    }

    /**
     * New ones, with the data in memory where that is.
     *
     * @param memory a directory in memory, if it is there
     * @param enough how many bytes have to be free there
     */
    static ServerFolders temporary(Map<String, String> environment, Path memory, long enough) throws IOException {
        Path home = Files.createTempDirectory(PREFIX);
        try {
            Path place = named(environment).orElse(hasRoom(memory, enough) ? memory : home);
            return new ServerFolders(home, Files.createTempDirectory(place, PREFIX));
        } catch (IOException e) {
            Files.delete(home);
            throw e;
        }
    }

    /** Those of a server whose data are kept. */
    static ServerFolders in(Path home) {
        return new ServerFolders(home, home);
    }

    /** The server, which learns it, runs in another directory. */
    private static Optional<Path> named(Map<String, String> environment) throws IOException {
        String name = environment.getOrDefault(DATA, "");
        return name.isBlank()
                ? Optional.empty()
                : Optional.of(Files.createDirectories(Path.of(name).toAbsolutePath()));
    }

    private static boolean hasRoom(Path memory, long enough) throws IOException {
        return Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() >= enough;
    }

    /** Its databases. */
    Path data() {
        return dataHome.resolve("data");
    }

    /** Removes them with all that is in them. */
    void delete() {
        FileSystemUtils.deleteRecursively(dataHome.toFile());
        FileSystemUtils.deleteRecursively(home.toFile());
    }
}
