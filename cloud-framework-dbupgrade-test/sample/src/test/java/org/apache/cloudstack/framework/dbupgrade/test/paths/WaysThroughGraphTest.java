package org.apache.cloudstack.framework.dbupgrade.test.paths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;

/** Which ways there are; no database takes part. */
class WaysThroughGraphTest {

    private static final WaysThroughGraph TWO_LINES =
            graph("4.5.0", "4.5.3 4.5.0", "4.5.4 4.5.3", "4.6.0 4.5.0", "4.6.1 4.6.0 4.5.3", "4.7.0 4.6.1 4.5.4");

    @Test
    void aLineIsWalkedStepByStepAndInOneGo() {
        assertThat(names(graph("4.0.0", "4.1.0 4.0.0", "4.2.0 4.1.0").ofEmptyDatabases()))
                .containsExactlyInAnyOrder(
                        "fresh 4.0.0",
                        "fresh 4.1.0",
                        "fresh 4.2.0",
                        "4.0.0 -> 4.1.0",
                        "4.1.0 -> 4.2.0",
                        "4.0.0 -> 4.2.0",
                        "4.0.0 -> 4.1.0 -> 4.2.0");
    }

    @Test
    void parallelReleasesAreTakenInBothOrdersWhereverTheyMeetFirst() {
        assertThat(names(TWO_LINES.ofEmptyDatabases()))
                .contains("4.5.0 -> 4.5.3 -> 4.6.1", "4.5.0 -> 4.6.0 -> 4.6.1")
                .contains("4.5.0 -> 4.5.4 -> 4.7.0", "4.5.0 -> 4.6.0 -> 4.7.0")
                .contains("4.5.3 -> 4.5.4 -> 4.7.0", "4.5.3 -> 4.6.1 -> 4.7.0")
                .doesNotContain("4.5.0 -> 4.5.3 -> 4.7.0");
    }

    @Test
    void eachStepOfTheGraphIsInAWalkFromTheFirstReleaseToTheNewest() {
        List<String> walks = names(TWO_LINES.ofEmptyDatabases()).stream()
                .filter(name -> name.startsWith("4.5.0 -> ") && name.endsWith(" -> 4.7.0"))
                .toList();

        assertThat(walks).anyMatch(walk -> walk.contains("4.5.3 -> 4.5.4 -> 4.7.0"));
        assertThat(walks).anyMatch(walk -> walk.contains("4.5.3 -> 4.6.1 -> 4.7.0"));
        assertThat(walks).anyMatch(walk -> walk.contains("4.6.0 -> 4.6.1 -> 4.7.0"));
    }

    @Test
    void dataTakeEveryReleaseBetween() {
        assertThat(names(TWO_LINES.ofData(ReleaseVersion.of("4.5.3"))))
                .containsExactlyInAnyOrder(
                        "4.5.3 with data -> 4.7.0",
                        "4.5.3 with data -> 4.5.4",
                        "4.5.3 with data -> 4.5.4 -> 4.7.0",
                        "4.5.3 with data -> 4.6.1",
                        "4.5.3 with data -> 4.6.1 -> 4.7.0");
    }

    @Test
    void whatIsComparedWithIsWalkedBefore() {
        assertThat(WaysThroughGraph.inOrder(TWO_LINES.ofEmptyDatabases()))
                .startsWith(way("4.7.0"), way("4.6.1"), way("4.6.1", "4.7.0"), way("4.6.0"), way("4.6.0", "4.6.1"))
                .doesNotHaveDuplicates();
    }

    private static UpgradePath way(String... releases) {
        return new UpgradePath(Arrays.stream(releases).map(ReleaseVersion::of).toList(), false);
    }

    private static List<String> names(Collection<UpgradePath> ways) {
        return ways.stream().map(UpgradePath::toString).toList();
    }

    /** A release, and after it those that it follows. */
    private static WaysThroughGraph graph(String... releases) {
        List<ReleaseDeclaration> declarations = Arrays.stream(releases)
                .map(line ->
                        Arrays.stream(line.split(" ")).map(ReleaseVersion::of).toList())
                .map(line -> declaration(line.get(0), Set.copyOf(line.subList(1, line.size()))))
                .toList();
        return new WaysThroughGraph(new Migrations(List.of(), List.of(), declarations));
    }

    private static ReleaseDeclaration declaration(ReleaseVersion version, Set<ReleaseVersion> follows) {
        return new ReleaseDeclaration(version, new TreeSet<>(follows), Optional.empty(), "");
    }
}
