package org.apache.cloudstack.framework.dbupgrade.test.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;

/**
 * A folder of migrations that grows while a test tells its story.
 *
 * @param path the folder
 */
public record MigrationFolder(Path path) {

    /** Adds a file, or replaces it. */
    public MigrationFolder with(String file, String content) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a file. */
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

    /** Empty databases of these migrations. */
    public MigratedDatabase database() {
        return new MigratedDatabase(
                TestDatabase.fresh(TestServers.shared()),
                UpgradeSettings.defaults().withLocations(location()),
                UnaryOperator.identity());
    }
}
