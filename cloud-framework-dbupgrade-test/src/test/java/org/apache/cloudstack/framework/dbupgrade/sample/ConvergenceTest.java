package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to the newest release ends in the same schema and the same reference data, on every server. */
@TestInstance(Lifecycle.PER_CLASS)
class ConvergenceTest {

    private final Ending expected = ending(TestServers.shared(), List.of(SampleDatabase.NEWEST));

    static Stream<Arguments> waysOnEachServer() {
        Set<DatabaseServer> servers = new LinkedHashSet<>(
                List.of(TestServers.shared(), TestServers.mariaDb10_11(), TestServers.mariaDb11_4()));
        return servers.stream().flatMap(server -> ways().map(
                        way -> Arguments.of(Named.of(server.version(), server), String.join(" to ", way))));
    }

    private static Stream<List<String>> ways() {
        Stream<List<String>> fromEach = SampleDatabase.RELEASES.stream()
                .filter(release -> !release.equals(SampleDatabase.NEWEST))
                .map(release -> List.of(release, SampleDatabase.NEWEST));
        Stream<List<String>> stepByStep = Stream.of("4.6.0", "4.5.3").map(leftOut -> SampleDatabase.RELEASES.stream()
                .filter(release -> !release.equals(leftOut))
                .toList());
        return Stream.of(Stream.of(List.of(SampleDatabase.NEWEST)), fromEach, stepByStep)
                .flatMap(way -> way);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("waysOnEachServer")
    void everyWayEndsInTheSameSchemaAndReferenceData(DatabaseServer server, String way) {
        assertEndsTheSame(server, List.of(way.split(" to ", -1)));
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
