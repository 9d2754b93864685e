package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.springframework.util.FileSystemUtils;

/** Five small releases, of which 4.5.3 was shipped after 4.6.0, in a directory that annotations can name. */
final class Timeline {

    static final String LOCATION = "filesystem:target/paths/migrations";

    static final String RELEASES = """
            4.5.0: {}
            4.5.3: {follows: 4.5.0}
            4.6.0: {follows: 4.5.0}
            4.6.1: {follows: [4.5.3, 4.6.0]}
            4.7.0: {follows: 4.6.1}
            """;

    static final String HOST = """
            CREATE TABLE host (
              id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20), state VARCHAR(9) NOT NULL DEFAULT 'Up', size INT
            ) ENGINE=InnoDB DEFAULT CHARSET=latin1;
            CREATE TABLE setting (name VARCHAR(20) PRIMARY KEY, value VARCHAR(20), changed TIMESTAMP DEFAULT NOW());
            CREATE VIEW host_view AS SELECT id, size FROM host;
            INSERT INTO setting (name, value) VALUES ('interval', '60'), ('retries', '3');
            """;

    static final String REASON = """
            -- dbupgrade: reason=it cannot wait
            -- dbupgrade: waive=patch-changes-schema because it cannot wait
            """;

    /** Lets a pair pass that does not commute. */
    static final String LIE = REASON + "-- dbupgrade: commutes-with=4.6.0_A because nobody looked\n";

    private Timeline() {}

    /** The timeline without a fault. */
    static MigrationFolder sound() {
        return sound(LOCATION);
    }

    /** The same in another directory, for tests may run in two processes. */
    static MigrationFolder sound(String location) {
        try {
            Path path = Path.of(location.replace("filesystem:", ""));
            FileSystemUtils.deleteRecursively(path);
            Files.createDirectories(path);
            return new MigrationFolder(path)
                    .with("releases.yaml", RELEASES)
                    .with("V_4.5.0_A__install.sql", HOST)
                    .with("V_4.5.3_A__patch.sql", REASON + "INSERT INTO setting (name, value) VALUES ('patch', '1');")
                    .with("V_4.6.0_A__minor.sql", "ALTER TABLE host ADD COLUMN minor INT;")
                    .with("V_4.7.0_A__newest.sql", "ALTER TABLE host ADD COLUMN newest INT;");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The timeline up to where the lines meet, of which each changes something, and both say that this commutes. */
    static MigrationFolder liesThat(String location, String patch, String minor) {
        return sound(location)
                .with("releases.yaml", RELEASES.replaceFirst("4\\.7\\.0: .*\n", ""))
                .without("V_4.7.0_A__newest.sql")
                .with("V_4.5.3_A__patch.sql", LIE + patch)
                .with("V_4.6.0_A__minor.sql", minor);
    }
}
