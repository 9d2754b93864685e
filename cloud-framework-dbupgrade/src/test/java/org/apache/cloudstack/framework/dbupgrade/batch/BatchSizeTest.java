package org.apache.cloudstack.framework.dbupgrade.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private static final Duration TARGET = Duration.ofMillis(200);

    @Test
    void aFastBatchIsFollowedByOneOfTwiceItsRows() {
        BatchSize size = new BatchSize(1_000, TARGET);

        assertThat(size.after(Duration.ofMillis(1)).rows()).isEqualTo(2_000);
        assertThat(size.after(Duration.ZERO).rows()).isEqualTo(2_000);
    }

    @Test
    void theSizeComesToWhatTakesAsLongAsItShould() {
        BatchSize size = BatchSize.first(TARGET);
        for (int batch = 0; batch < 10; batch++) {
            size = size.after(Duration.ofNanos(size.rows() * 25_000L));
        }

        assertThat(size.rows()).isEqualTo(8_000);
    }

    @Test
    void aBatchThatTookTooLongIsFollowedByOneThatFits() {
        assertThat(new BatchSize(50_000, TARGET).after(Duration.ofSeconds(20)).rows())
                .isEqualTo(500);
    }

    @Test
    void thereIsOneRowAtLeastAndAHundredThousandAtMost() {
        assertThat(new BatchSize(10, TARGET).after(Duration.ofHours(1)).rows()).isEqualTo(1);
        assertThat(new BatchSize(90_000, TARGET).after(Duration.ofMillis(1)).rows())
                .isEqualTo(100_000);
        assertThat(Stream.iterate(new BatchSize(10, TARGET), BatchSize::smaller)
                        .limit(6)
                        .map(BatchSize::rows))
                .containsExactly(10, 5, 2, 1, 1, 1);
    }
}
