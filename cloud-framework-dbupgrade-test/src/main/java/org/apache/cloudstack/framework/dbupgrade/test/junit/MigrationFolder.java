package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory of migrations that grows as a test proceeds.
 *
 * <pre>{@code
 * @Test
 * @UpgradeDatabase
 * void aRepairedScriptGoesOn(MigratedDatabase empty, @TempDir Path path) {
 *     MigrationFolder folder = new MigrationFolder(path)
 *             .with("V_400_A.sql", "CREATE TABLE vm (id INT);")
 *             .with("V_410_A.sql", "ALTER TABLE vms ADD COLUMN state INT;");
 *     MigratedDatabase database = empty.withMigrations(folder);
 *     assertStopped(database::upgrade);
 *
 *     folder.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN state INT;");
 *     database.upgrade();
 * }
 * }</pre>
 *
 * <p>What cannot be written or removed is an {@link UncheckedIOException}.
 *
 * @param path the directory; it is made with its first file where it is not there
 */
public record MigrationFolder(Path path) {

    /**
     * Adds a file, or replaces it.
     *
     * @param file its path in the directory, such as {@code V_410_A.sql} or {@code schema/4.1.0.json}
     * @param content its text, which is written in UTF-8
     */
    public MigrationFolder with(String file, String content) {
        return with(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a file, or replaces it.
     *
     * @param file its path in the directory
     * @param content its octets, such as text in another character set
     */
    public MigrationFolder with(String file, byte[] content) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a file, which must be there. */
    public MigrationFolder without(String file) {
        try {
            Files.delete(path.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The location, for settings. */
    public String location() {
        return "filesystem:" + path;
    }
}
