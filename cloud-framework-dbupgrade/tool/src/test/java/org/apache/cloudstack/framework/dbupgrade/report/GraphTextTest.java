package org.apache.cloudstack.framework.dbupgrade.report;

import static org.apache.cloudstack.framework.dbupgrade.report.DrawnGraph.drawn;
import static org.apache.cloudstack.framework.dbupgrade.report.DrawnGraph.release;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Mark;
import org.apache.cloudstack.framework.dbupgrade.report.GraphText.Characters;
import org.junit.jupiter.api.Test;

class GraphTextTest {

    @Test
    void aLineIsDrawnWithTheNewestReleaseOnTop() {
        assertThat(drawn(DrawnGraph.of("4.0.0", "4.1.0 4.0.0", "4.2.0 4.1.0"))).isEqualTo("""
                        * 4.2.0
                        * 4.1.0
                        * 4.0.0""");
    }

    @Test
    void aPatchReleaseThatNobodyJoinsStaysAtTheSide() {
        assertThat(drawn(DrawnGraph.of("4.5.2", "4.5.3 4.5.2", "4.6.0 4.5.2", "4.7.0 4.6.0")))
                .isEqualTo("""
                        * 4.7.0
                        * 4.6.0
                        | * 4.5.3
                        |/
                        * 4.5.2""");
    }

    @Test
    void theReleaseThatJoinsTwoLinesOpensALane() {
        assertThat(drawn(DrawnGraph.of("4.5.2", "4.5.3 4.5.2", "4.6.0 4.5.2", "4.6.1 4.6.0 4.5.3", "4.7.0 4.6.1")))
                .isEqualTo("""
                        * 4.7.0
                        *   4.6.1
                        |\\
                        * | 4.6.0
                        | * 4.5.3
                        |/
                        * 4.5.2""");
    }

    @Test
    void twoPatchLinesCrossNoStar() {
        assertThat(drawn(DrawnGraph.of(
                        "4.4.0", "4.4.1 4.4.0", "4.5.0 4.4.0", "4.5.1 4.5.0", "4.6.0 4.5.0", "4.6.1 4.6.0 4.4.1")))
                .isEqualTo("""
                        *   4.6.1
                        |\\
                        * | 4.6.0
                        | | * 4.5.1
                        | |/
                        |/|
                        * | 4.5.0
                        | * 4.4.1
                        |/
                        * 4.4.0""");
    }

    @Test
    void linesThatJoinEachOtherCrosswiseAreConnected() {
        assertThat(drawn(DrawnGraph.of(
                        "1.0.0",
                        "1.0.1 1.0.0",
                        "1.1.0 1.0.0",
                        "1.1.1 1.1.0 1.0.1",
                        "1.2.0 1.0.1 1.1.0",
                        "1.3.0 1.2.0 1.1.1")))
                .isEqualTo("""
                        *   1.3.0
                        |\\
                        * |   1.2.0
                        |\\ \\
                        | | * 1.1.1
                        | |/|
                        | |/
                        |/|
                        * | 1.1.0
                        | * 1.0.1
                        |/
                        * 1.0.0""");
    }

    @Test
    void aReleaseThatFollowsThreeOpensTwoLanes() {
        assertThat(drawn(DrawnGraph.of(
                        "1.0.0",
                        "1.0.1 1.0.0",
                        "1.1.0 1.0.0",
                        "1.1.1 1.1.0",
                        "1.2.0 1.1.0",
                        "1.3.0 1.2.0 1.1.1 1.0.1")))
                .isEqualTo("""
                        *     1.3.0
                        |\\
                        |\\ \\
                        * | | 1.2.0
                        | * | 1.1.1
                        |/ /
                        * | 1.1.0
                        | * 1.0.1
                        |/
                        * 1.0.0""");
    }

    @Test
    void aLineReachesFarBelowSeveralOthers() {
        assertThat(drawn(DrawnGraph.of(
                        "1.0.0",
                        "1.1.0 1.0.0",
                        "1.2.0 1.0.0",
                        "1.3.0 1.1.0",
                        "1.4.0 1.2.0",
                        "1.5.0 1.0.0",
                        "1.6.0 1.0.0")))
                .isEqualTo("""
                        * 1.6.0
                        | * 1.5.0
                        |/
                        | * 1.4.0
                        | | * 1.3.0
                        | * | 1.2.0
                        |/ /
                        | * 1.1.0
                        |/
                        * 1.0.0""");
    }

    @Test
    void aLineCrossesAllLanesBetweenItsEnds() {
        assertThat(drawn(DrawnGraph.of(
                        "1.0.0",
                        "1.1.0",
                        "1.2.0",
                        "1.3.0 1.2.0 1.1.0 1.0.0",
                        "1.4.0 1.3.0 1.1.0 1.0.0",
                        "1.3.1 1.3.0")))
                .isEqualTo("""
                        *     1.4.0
                        |\\
                        |\\ \\
                        | | | * 1.3.1
                        | |_|/
                        |/| |
                        * | | 1.3.0
                        |\\| |
                        |\\| |
                        | |\\|
                        * | | 1.2.0
                         / /
                        * | 1.1.0
                         /
                        * 1.0.0""");
    }

    @Test
    void severalFirstReleasesEndTheirLanes() {
        assertThat(drawn(DrawnGraph.of("1.0.0", "1.1.0", "2.0.0 1.0.0", "2.1.0 1.1.0")))
                .isEqualTo("""
                        * 2.1.0
                        | * 2.0.0
                        * | 1.1.0
                         /
                        * 1.0.0""");
    }

    @Test
    void marksMigrationsAndLabelsStandInColumns() {
        GraphPicture picture = SampleGraph.picture("4.5.3", "4.7.0");

        assertThat(String.join("\n", new GraphText(picture).lines())).isEqualTo("""
                        * 4.7.0    <- code, pending  2 migrations
                        *   4.6.1  pending           no migrations  2015-12-18, joins the lines
                        |\\
                        * | 4.6.0  pending           7 migrations   2015-11-30
                        | * 4.5.3  <- database       1 migration    2015-12-15
                        |/
                        * 4.5.2                      3 migrations   first of all""");
    }

    @Test
    void databaseAndCodeCanBeAtOneRelease() {
        GraphPicture picture =
                new GraphPicture(List.of(release("4.1.0 4.0.0", Mark.CODE, Mark.DATABASE), release("4.0.0")));

        assertThat(new GraphText(picture).lines())
                .containsExactly("* 4.1.0  <- database, code  1 migration", "* 4.0.0                     1 migration");
    }

    @Test
    void unicodeShowsPendingReleasesHollow() {
        GraphPicture picture = SampleGraph.picture("4.5.3", "4.7.0");

        assertThat(new GraphText(picture, Characters.UNICODE).lines())
                .extracting(line -> line.replaceFirst("\\d.*", "").strip())
                .containsExactly("○", "○", "│╲", "○ │", "│ ●", "│╱", "●");
    }

    @Test
    void threeHundredReleasesHaveOneStarEachAndNoTrailingBlanks() {
        List<String> lines = new GraphText(DrawnGraph.ofThreeHundred()).lines();

        assertThat(lines).filteredOn(line -> line.contains("*")).hasSize(300);
        assertThat(lines).allMatch(line -> line.equals(line.stripTrailing()));
        assertThat(lines).allMatch(line -> line.chars().allMatch(character -> character >= ' ' && character <= '~'));
        assertThat(lines).isEqualTo(new GraphText(DrawnGraph.ofThreeHundred()).lines());
    }

    @Test
    void noReleaseAtAllIsNoLine() {
        assertThat(new GraphText(new GraphPicture(List.of())).lines()).isEmpty();
    }
}
