package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildJvmTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int FOR_EVER = Integer.MAX_VALUE;
    private static final int KILLED = 137;

    @Test
    void whatAProgramWritesIsHeardLineByLineToItsEnd() {
        List<String> heard = new ArrayList<>();

        try (ChildJvm child =
                counting(2).with(CountingProgram.VARIABLE, "s3cret").start((process, line) -> heard.add(line))) {
            assertThat(child.awaitExit(LONG)).isEqualTo(CountingProgram.END);
            assertThat(child.output()).isEqualTo("2\ns3cret\n1\n2\n");
        }
        assertThat(heard).containsExactly("2", "s3cret", "1", "2");
    }

    @Test
    void aListenerCanKillAtALine() {
        try (ChildJvm child = counting(FOR_EVER).start(ChildJvmTest::killAtTen)) {
            assertThat(child.awaitExit(LONG)).isEqualTo(KILLED);
            assertThat(child.output()).contains("\n10\n");
        }
    }

    @Test
    void aFrozenProgramGoesOnWhereItWas() {
        try (ChildJvm frozen = counting(FOR_EVER).start();
                ChildJvm other = counting(FOR_EVER).start()) {
            awaitMore(frozen);

            frozen.freeze();
            awaitMore(other);
            String before = frozen.output();
            awaitMore(other);
            assertThat(frozen.output()).isEqualTo(before);

            frozen.thaw();
            awaitMore(frozen);
            assertThat(frozen.output()).startsWith(before);
        }
    }

    @Test
    void aFrozenProgramCanBeKilled() {
        try (ChildJvm child = counting(FOR_EVER).start()) {
            awaitMore(child);
            child.freeze();

            child.kill();

            assertThat(child.awaitExit(LONG)).isEqualTo(KILLED);
        }
    }

    @Test
    void aProgramThatHasEndedCannotBeFrozen() {
        try (ChildJvm child = counting(0).start()) {
            child.awaitExit(LONG);

            assertThatThrownBy(child::freeze)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("STOP");
        }
    }

    @Test
    void aProgramThatRunsForTooLongIsAFailureWithItsOutput() {
        try (ChildJvm child = counting(FOR_EVER).start()) {
            awaitMore(child);

            assertThatThrownBy(() -> child.awaitExit(Duration.ofMillis(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("runs for longer than")
                    .hasMessageContaining("\n1\n2\n");
        }
    }

    @Test
    void aListenerThatFailsEndsTheProgramAndIsNamed() {
        IllegalArgumentException failure = new IllegalArgumentException("no such line");

        try (ChildJvm child = counting(FOR_EVER).start((process, line) -> {
            throw failure;
        })) {
            assertThatThrownBy(() -> child.awaitExit(LONG)).hasCause(failure);
        }
    }

    private static void killAtTen(ChildJvm child, String line) {
        if (line.equals("10")) {
            child.kill();
        }
    }

    private static JvmProgram counting(int end) {
        return JvmProgram.of(CountingProgram.class, Integer.toString(end));
    }

    /** Waits for a hundred more lines, which is more than a pipe may still hold of a frozen executable. */
    private static void awaitMore(ChildJvm child) {
        long lines = child.output().lines().count();
        await().until(() -> child.output().lines().count() > lines + 100);
    }
}
