package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An executable that neither writes nor computes any more is noticed. */
class StandstillTest {

    private Instant now = Instant.EPOCH;
    private final Standstill standstill = new Standstill("mydumper", () -> now);

    @Test
    void oneThatWritesOrComputesDoesNotStandStill() throws IOException {
        for (int i = 0; i < 4; i++) {
            now = now.plus(Standstill.LONGEST);
            standstill.look(i, Duration.ZERO, () -> true);
            now = now.plus(Standstill.LONGEST);
            standstill.look(i, Duration.ofMillis(i + 1L), () -> true);
        }
    }

    @Test
    void oneThatDoesNeitherForTooLongStandsStill() throws IOException {
        standstill.look(7, Duration.ofMillis(20), () -> false);
        now = now.plus(Standstill.LONGEST);
        standstill.look(7, Duration.ofMillis(20), () -> false);
        now = now.plusMillis(1);

        assertThatThrownBy(() -> standstill.look(7, Duration.ofMillis(20), () -> false))
                .isInstanceOf(Standstill.StandstillException.class)
                .hasMessageContaining("mydumper stands still");
    }

    @Test
    void oneWhoseThreadsWaitForEachOtherIsNoticedSooner() throws IOException {
        standstill.look(7, Duration.ofMillis(20), () -> true);
        now = now.plus(Standstill.LONGEST_FOR_EACH_OTHER);
        standstill.look(7, Duration.ofMillis(20), () -> true);
        now = now.plusMillis(1);
        standstill.look(7, Duration.ofMillis(20), () -> false);

        assertThatThrownBy(() -> standstill.look(7, Duration.ofMillis(20), () -> true))
                .isInstanceOf(Standstill.StandstillException.class)
                .hasMessage("mydumper stands still: its threads wait for each other. Start again");
    }
}
