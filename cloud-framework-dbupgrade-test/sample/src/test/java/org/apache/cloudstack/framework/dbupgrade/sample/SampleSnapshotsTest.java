package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The snapshots beside the sample's migrations are complete; {@link ConvergenceTest} holds fresh installs against them, and
 * writes them again with {@code mvn -Psnapshots}.
 */
class SampleSnapshotsTest {

    private static final Path FOLDER =
            Path.of("src/main/resources", SampleManagementServer.MIGRATIONS.replace("classpath:", ""), "schema");

    @Test
    void eachReleaseHasASnapshotAndNothingElseHasOne() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(SamplePlatform.RELEASES.stream()
                            .map(release -> release + ".json")
                            .toList());
        }
    }
}
