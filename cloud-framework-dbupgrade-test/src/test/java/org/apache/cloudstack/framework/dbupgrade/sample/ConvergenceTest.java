package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to the newest release ends in the same schema and the same reference data, on every server. */
@TestInstance(Lifecycle.PER_CLASS)
class ConvergenceTest {

    private final Ending expected = ending(TestServers.shared(), List.of(SampleDatabase.NEWEST));

    static Stream<List<String>> ways() {
        Stream<List<String>> fromEach = SampleDatabase.RELEASES.stream()
                .filter(release -> !release.equals(SampleDatabase.NEWEST))
                .map(release -> List.of(release, SampleDatabase.NEWEST));
        List<String> everyStep = SampleDatabase.RELEASES.stream()
                .filter(release -> !release.equals("4.6.0"))
                .toList();
        List<String> overTheNewLine = SampleDatabase.RELEASES.stream()
                .filter(release -> !release.equals("4.5.3"))
                .toList();
        return Stream.concat(fromEach, Stream.of(List.of(SampleDatabase.NEWEST), everyStep, overTheNewLine));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyWayEndsInTheSameSchemaAndReferenceData(List<String> way) {
        assertEndsTheSame(TestServers.shared(), way);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyWayOnMariaDb1011EndsInTheSame(List<String> way) {
        assertEndsTheSame(TestServers.mariaDb10_11(), way);
    }

    @ParameterizedTest
    @MethodSource("ways")
    @DisabledIf("mariaDb114IsTheSharedServer")
    void everyWayOnMariaDb114EndsInTheSame(List<String> way) {
        assertEndsTheSame(TestServers.mariaDb11_4(), way);
    }

    /** Then the first of these tests has gone all its ways. */
    static boolean mariaDb114IsTheSharedServer() {
        return TestServers.shared().equals(TestServers.mariaDb11_4());
    }

    private void assertEndsTheSame(DatabaseServer server, List<String> way) {
        Ending ending = ending(server, way);

        assertThat(ending.schema().differencesFrom(expected.schema())).isEmpty();
        assertThat(ending.contents()).isEqualTo(expected.contents());
    }

    private static Ending ending(DatabaseServer server, List<String> way) {
        try (SampleDatabase database = new SampleDatabase(server)) {
            way.forEach(database::upgrade);
            return new Ending(database.schema(), database.contents());
        }
    }

    private record Ending(SchemaSnapshot schema, Map<String, String> contents) {}
}
