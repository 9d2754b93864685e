package org.apache.cloudstack.framework.dbupgrade.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable(List.of("release", "time"), List.of(List.of("4.0.0", "12.3 s")));

        assertThat(table.lines()).containsExactly("release  time", "-------  ------", "4.0.0    12.3 s");
    }

    @Test
    void durationsAreReadByPeople() {
        assertThat(Durations.text(Duration.ofMillis(340))).isEqualTo("340 ms");
        assertThat(Durations.text(Duration.ofMillis(12_345))).isEqualTo("12.3 s");
        assertThat(Durations.text(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
    }

    @Test
    void aTableThatIsTooWideBreaksTheCellsOfItsWidestColumns() {
        TextTable table = new TextTable(
                List.of("migration", "why"),
                List.of(List.of("V_410_A__long_name.sql", "release 4.1.0 is not reached")));

        assertThat(table.lines(34))
                .containsExactly(
                        "migration         why",
                        "----------------  ----------------",
                        "V_410_A__long_    release 4.1.0 is",
                        "name.sql          not reached");
    }
}
