package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.MalformedSnapshotException;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The snapshots beside the sample's migrations are what fresh databases look like, each upgraded from nothing to one
 * release. {@code mvn -Psnapshots} writes them anew.
 */
@SampleUpgrade
class SampleSnapshotsTest {

    private static final boolean WRITE = Boolean.getBoolean("dbupgrade.snapshots.write");
    private static final Path FOLDER =
            Path.of("src/main/resources", SampleManagementServer.MIGRATIONS.replace("classpath:", ""));

    static List<String> releases() {
        return SamplePlatform.RELEASES;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aFreshDatabaseLooksLikeTheSnapshotOfItsRelease(String release, MigratedDatabase database)
            throws IOException, MalformedSnapshotException {
        database.upgrade(release);
        SnapshotFile made = database.to(release).snapshot();
        Path file = FOLDER.resolve(made.path());
        if (WRITE) {
            Files.createDirectories(FOLDER.resolve("schema"));
            Files.writeString(file, made.text());
        }
        String hint =
                "The snapshot " + file + " is not what the migrations make. If they are right, write all snapshots"
                        + " anew with 'mvn -Psnapshots', look at what git diff shows, and commit it";

        assertThat(file).as(hint).exists();
        SnapshotFile kept = SnapshotFile.parse(Files.readString(file));
        assertThat(made.schema().differencesFrom(kept.schema())).as(hint).isEmpty();
        assertThat(kept.schema()).as(hint).isEqualTo(made.schema());
        assertThat(kept.releaseId()).as(hint).isEqualTo(made.releaseId());
        assertThat(kept.release()).as(hint).hasToString(release);
    }

    @Test
    void thereIsNoSnapshotOfAnythingElse() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .isSubsetOf(SamplePlatform.RELEASES.stream()
                            .map(release -> release + ".json")
                            .toList());
        }
    }
}
