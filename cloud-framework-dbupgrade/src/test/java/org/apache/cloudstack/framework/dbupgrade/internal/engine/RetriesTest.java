package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {

    private final SettableClock clock = new SettableClock();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void pausesDoubleUpToTheLongest() {
        RetryPolicy policy = RetryPolicy.within(Duration.ofHours(1));

        assertThat(IntStream.rangeClosed(1, 8).mapToObj(attempt -> policy.pauseAfter(attempt, Duration.ZERO)))
                .extracting(Optional::orElseThrow)
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        assertThat(policy.pauseAfter(Integer.MAX_VALUE, Duration.ZERO)).contains(Duration.ofSeconds(30));
    }

    @Test
    void thePausesEndWithTheTimeout() {
        RetryPolicy policy = RetryPolicy.within(Duration.ofSeconds(10));

        assertThat(policy.pauseAfter(4, Duration.ofSeconds(7))).contains(Duration.ofSeconds(3));
        assertThat(policy.pauseAfter(5, Duration.ofSeconds(10))).isEmpty();
        assertThat(policy.pauseAfter(6, Duration.ofSeconds(11))).isEmpty();
    }

    @Test
    void withoutATimeoutThereIsOneTry() {
        assertThat(RetryPolicy.within(Duration.ZERO).pauseAfter(1, Duration.ZERO))
                .isEmpty();
    }

    @Test
    void triesGoOnUntilTheTimeoutIsUsedUp() {
        Retries retries = retries(Duration.ofSeconds(20));

        while (true) {
            clock.pass(Duration.ofSeconds(2));
            Optional<Duration> pause = retries.pauseAfterFailure();
            if (pause.isEmpty()) {
                break;
            }
            retries.pause(pause.get());
        }

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 5L);
        assertThat(retries.failures()).isEqualTo(5);
        assertThat(retries.elapsed()).isEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void anInterruptedThreadTriesNoMore() {
        Retries retries = retries(Duration.ofHours(1));
        Thread.currentThread().interrupt();
        try {
            assertThat(retries.pauseAfterFailure()).isEmpty();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(retries.pauseAfterFailure()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"PT-1S, PT1S, PT2S", "PT1S, PT0S, PT2S", "PT1S, PT3S, PT2S"})
    void aPolicyThatMakesNoSenseIsRefused(Duration timeout, Duration first, Duration longest) {
        assertThatThrownBy(() -> new RetryPolicy(timeout, first, longest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(first.toString());
    }

    private Retries retries(Duration timeout) {
        return new Retries(RetryPolicy.within(timeout), clock, pause -> {
            pauses.add(pause);
            clock.pass(pause);
        });
    }

    private static final class SettableClock implements InstantSource {

        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
