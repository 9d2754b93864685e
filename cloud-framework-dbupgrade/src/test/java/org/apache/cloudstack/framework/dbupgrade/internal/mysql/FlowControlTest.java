package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlowControlTest {

    private static final long MILLISECOND = 1_000_000;

    private final FlowControl flowControl = new FlowControl();

    @Test
    void whatHappenedBeforeTheFirstLookDoesNotCount() {
        assertThat(flowControl.heldUp(60_000 * MILLISECOND, second(0))).isFalse();
        assertThat(flowControl.heldUp(60_000 * MILLISECOND, second(1))).isFalse();
    }

    @Test
    void moreThanATenthOfTheTimeIsTooMuch() {
        flowControl.heldUp(0, second(0));

        assertThat(flowControl.heldUp(99 * MILLISECOND, second(1))).isFalse();
        assertThat(flowControl.heldUp(99 * MILLISECOND + 101 * MILLISECOND, second(2)))
                .isTrue();
        assertThat(flowControl.heldUp(200 * MILLISECOND, second(3))).isFalse();
    }

    @Test
    void aCounterThatBeginsAnewIsNoReasonToWait() {
        flowControl.heldUp(60_000 * MILLISECOND, second(0));

        assertThat(flowControl.heldUp(0, second(1))).isFalse();
    }

    private static Instant second(int second) {
        return Instant.EPOCH.plusSeconds(second);
    }
}
