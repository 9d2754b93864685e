package org.apache.cloudstack.framework.dbupgrade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark measures what it says, and reports it right. How quick anything is, no test asserts. */
class SpeedTest {

    private static final int MIGRATIONS = 25;
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir
    Path folder;

    @Test
    void everyoneAppliesAllMigrationsAndFindsNothingToDoAfterwards() throws IOException, InterruptedException {
        Figures figures = new Figures();

        new Contest(TestServers.shared(), folder, QUICK_START).run(Entrant.ALWAYS, MIGRATIONS, 1, 1, figures);

        assertThat(figures.entrants()).hasSameElementsAs(Entrant.ALWAYS);
        assertThat(Entrant.ALWAYS)
                .allSatisfy(entrant -> assertThat(figures.ratio(entrant, Measure.START, MIGRATIONS))
                        .hasValueSatisfying(ratio -> assertThat(ratio).isPositive()))
                .filteredOn(Entrant::applies)
                .allSatisfy(entrant -> assertThat(figures.ratio(entrant, Measure.APPLY, MIGRATIONS))
                        .hasValueSatisfying(ratio -> assertThat(ratio).isPositive()));
    }

    @Test
    void applyingCountsOnceAtItsBestAndAStartInTheMiddle() {
        Figures figures = new Figures();
        for (int seconds : List.of(3, 1, 2)) {
            figures.add(Entrant.FLYWAY, Measure.APPLY, 10, Duration.ofSeconds(seconds));
            figures.add(Entrant.FLYWAY, Measure.START, 10, Duration.ofSeconds(seconds));
        }

        assertThat(figures.time(Entrant.FLYWAY, Measure.APPLY, 10)).hasValue(Duration.ofSeconds(1));
        assertThat(figures.time(Entrant.FLYWAY, Measure.START, 10)).hasValue(Duration.ofSeconds(2));
    }

    @Test
    void theTableShowsTimesAndTheirMultiplesOfTheYardsticks() {
        assertThat(SpeedTable.of(figures(1500, 130)).markdown())
                .containsExactly(
                        "| | apply 1,000 | start at 100 | start at 1,000 |",
                        "|---|---|---|---|",
                        "| connect and read one row | – | 100 ms (1.00) | 100 ms (1.00) |",
                        "| JDBC loop | 1.0 s (1.00) | – | – |",
                        "| this library | 1.5 s (1.50) | 120 ms (1.20) | 130 ms (1.30) |");
    }

    @Test
    void aGoalIsMetUpToItsLimit() {
        assertThat(Goal.of(figures(1500, 130))).hasSize(4).allMatch(Goal::isMet);
    }

    @Test
    void eachGoalCanBeMissed() {
        assertThat(Goal.of(figures(1501, 156)))
                .extracting(Goal::toString)
                .containsExactly(
                        "applying 1,000 migrations against the JDBC loop: 1.50 of at most 1.50, MISSED",
                        "a start with 100 migrations against reading one row: 1.20 of at most 1.30, met",
                        "a start with 1,000 migrations against reading one row: 1.56 of at most 1.30, MISSED",
                        "a start takes the same with 1,000 migrations as with 100: 1.30 of at most 1.15, MISSED");
    }

    @Test
    void onlyTheLinesBetweenTheMarksAreWritten() throws IOException {
        Path page = Files.write(folder.resolve("page.md"), List.of("above", "begin", "old", "old", "end", "below"));
        MarkedLines marked = new MarkedLines(page, "begin", "end");

        marked.replace(List.of("new"));
        marked.replace(List.of("newer"));

        assertThat(page).hasContent("above\nbegin\n\nnewer\n\nend\nbelow");
    }

    @Test
    void aPageWithoutMarksIsLeftAlone() throws IOException {
        Path page = Files.write(folder.resolve("page.md"), List.of("end", "begin"));

        assertThatThrownBy(() -> new MarkedLines(page, "begin", "end").replace(List.of("new")))
                .hasMessageContaining("lacks the lines");
        assertThat(page).hasContent("end\nbegin");
    }

    @Test
    void theManualHasAPlaceForTheFigures() throws IOException {
        MarkedLines marked = MarkedLines.ofBenchmark();

        assertThat(Files.readAllLines(marked.page())).containsSubsequence(marked.begin(), marked.end());
    }

    /** The yardsticks take a second and a tenth of one. */
    private static Figures figures(int applyMilliseconds, int startMilliseconds) {
        Figures figures = new Figures();
        for (int size : List.of(100, 1000)) {
            figures.add(Entrant.ONE_ROW, Measure.START, size, Duration.ofMillis(100));
        }
        figures.add(Entrant.JDBC_LOOP, Measure.APPLY, 1000, Duration.ofSeconds(1));
        figures.add(Entrant.LIBRARY, Measure.APPLY, 1000, Duration.ofMillis(applyMilliseconds));
        figures.add(Entrant.LIBRARY, Measure.START, 100, Duration.ofMillis(120));
        figures.add(Entrant.LIBRARY, Measure.START, 1000, Duration.ofMillis(startMilliseconds));
        return figures;
    }
}
