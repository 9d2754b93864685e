package org.apache.cloudstack.framework.dbupgrade.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReleaseGraphTest {

    private final ReleaseGraph line = ReleaseGraph.ofLine(releases("4.2.0", "4.0.0", "4.10.0"));

    @Test
    void aReleaseContainsAllThatItFollows() {
        assertThat(line.containedIn(ReleaseVersion.of("4.2.0"))).containsExactlyElementsOf(releases("4.0.0", "4.2.0"));
    }

    @Test
    void aReleaseWithoutMigrationsTakesItsPlaceInTheLine() {
        ReleaseGraph graph = line.with(ReleaseVersion.of("4.5.0")).orElseThrow();

        assertThat(graph.containedIn(ReleaseVersion.of("4.5.0")))
                .containsExactlyElementsOf(releases("4.0.0", "4.2.0", "4.5.0"));
        assertThat(line.with(ReleaseVersion.of("3.0.2"))).isEmpty();
    }

    @Test
    void theNextReleaseFollowsTheHighest() {
        assertThat(line.withNext().follows(ReleaseVersion.NEXT)).containsExactly(ReleaseVersion.of("4.10.0"));
        assertThat(ReleaseVersion.NEXT).hasToString("next").isEqualTo(ReleaseVersion.of("next"));
    }

    @Test
    void theIdOfAReleaseNamesAllThatItContains() {
        NavigableMap<ReleaseVersion, ReleaseId> ids = ids("one", "two");

        assertThat(ids("one", "two")).isEqualTo(ids);
        assertThat(ids("one", "other").get(ReleaseVersion.of("4.0.0"))).isEqualTo(ids.get(ReleaseVersion.of("4.0.0")));
        assertThat(ids("one", "other").get(ReleaseVersion.of("4.10.0")))
                .isNotEqualTo(ids.get(ReleaseVersion.of("4.10.0")));
        assertThat(ids("other", "two").get(ReleaseVersion.of("4.10.0")))
                .isNotEqualTo(ids.get(ReleaseVersion.of("4.10.0")));
    }

    private NavigableMap<ReleaseVersion, ReleaseId> ids(String first, String second) {
        return ReleaseId.of(
                line, Map.of(ReleaseVersion.of("4.0.0"), List.of(first), ReleaseVersion.of("4.2.0"), List.of(second)));
    }

    @Test
    void aGraphIsALineAsLongAsEachReleaseFollowsTheNextLowerOne() {
        assertThat(line.isLine()).isTrue();
        assertThat(declared("4.0.0 ", "4.2.0 4.0.0", "4.3.0 4.0.0,4.2.0").isLine())
                .isTrue();
        assertThat(declared("4.0.0 ", "4.2.0 4.0.0", "4.3.0 4.0.0").isLine()).isFalse();
        assertThat(declared("4.0.0 ", "4.2.0 ").isLine()).isFalse();
    }

    private static ReleaseGraph declared(String... releases) {
        return ReleaseGraph.of(Arrays.stream(releases)
                .map(text -> text.split(" ", -1))
                .map(parts -> new ReleaseDeclaration(
                        ReleaseVersion.of(parts[0]),
                        new TreeSet<>(parts[1].isEmpty() ? List.of() : releases(parts[1].split(",", -1))),
                        Optional.empty(),
                        ""))
                .toList());
    }

    @Test
    void anUnknownReleaseContainsNothingThatCouldBeTold() {
        assertThatThrownBy(() -> line.containedIn(ReleaseVersion.of("4.3.0"))).hasMessageContaining("4.3.0");
    }

    private static List<ReleaseVersion> releases(String... versions) {
        return Arrays.stream(versions).map(ReleaseVersion::of).toList();
    }
}
