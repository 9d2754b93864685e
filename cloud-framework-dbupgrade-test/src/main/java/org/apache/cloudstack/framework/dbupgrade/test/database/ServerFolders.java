package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Where a server lies. Most of what a definition costs is the disk, so a server that does not outlive the tests has its data in
 * memory, where there is enough of it.
 *
 * @param home its programs, log and socket
 * @param dataHome the folder of {@link #data()}, which only the owner can enter
 */
record ServerFolders(Path home, Path dataHome) {

    /** The variable that names another folder for data. */
    static final String DATA = "DBUPGRADE_TEST_DATA";

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 4L << 30;
    private static final String PREFIX = "dbupgrade-mariadb-";

    /** New ones for a server that is removed in the end. */
    static ServerFolders temporary(Map<String, String> environment) throws IOException {
        Path home = Files.createTempDirectory(PREFIX);
        try {
            return new ServerFolders(home, Files.createTempDirectory(placeOfData(environment, home), PREFIX));
        } catch (IOException e) {
            Files.delete(home);
            throw e;
        }
    }

    /** Those of a server whose data are kept. */
    static ServerFolders in(Path home) {
        return new ServerFolders(home, home);
    }

    private static Path placeOfData(Map<String, String> environment, Path home) throws IOException {
        String named = environment.getOrDefault(DATA, "");
        if (!named.isBlank()) {
            return Files.createDirectories(Path.of(named));
        }
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_BYTES ? MEMORY : home;
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
