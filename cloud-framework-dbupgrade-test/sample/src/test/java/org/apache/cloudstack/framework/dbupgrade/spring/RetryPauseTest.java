package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step of the background that fails again and again. */
class RetryPauseTest {

    private Instant now = Instant.EPOCH;
    private final RetryPause pause = new RetryPause(Duration.ofMinutes(1), () -> now);

    @Test
    void eachAttemptThatFailsLikeTheLastDoublesThePauseUpToAnHour() {
        assertThat(pauses(8, "it fails")).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void anotherFailureOrASuccessMakesItShortAgain() {
        pauses(8, "it fails");

        assertThat(pauses(2, "it fails otherwise")).containsExactly(1L, 2L);
        pause.succeeded();
        assertThat(pause.isOver()).isTrue();
        assertThat(pauses(1, "it fails otherwise")).containsExactly(1L);
    }

    private List<Long> pauses(int attempts, String failure) {
        List<Long> pauses = new ArrayList<>();
        for (int attempt = 0; attempt < attempts; attempt++) {
            Instant failed = now;
            pause.failed(failure);
            while (!pause.isOver()) {
                now = now.plus(Duration.ofMinutes(1));
            }
            pauses.add(Duration.between(failed, now).toMinutes());
        }
        return pauses;
    }
}
