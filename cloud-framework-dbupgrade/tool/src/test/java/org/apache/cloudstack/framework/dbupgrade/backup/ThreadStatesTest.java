package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What Linux reports the threads of a process; the strings are those of a mydumper that stood still. */
class ThreadStatesTest {

    private static final boolean IS_ARM = System.getProperty("os.arch").equals("aarch64");
    private static final String JOINING = "202 0x7fa20f5ff990 0x109 0x1094 0x0 0x0 0xffffffff 0x7ffe7f9eb150 0x7fa2";
    private static final String LOCKING = "202 0x55c2de678790 0x80 0x2 0x0 0x55c2de677b60 0x7ffe7f9eb150 0x7ffe 0x7fa2";
    private static final String LOCKING_FOR_A_WHILE =
            "202 0x55c2de678790 0x80 0x2 0x7ffe7f9eb1f0 0x55c2de677b60 0x7ffe7f9eb150 0x7ffe 0x7fa2";
    private static final String READING = "0 0x7 0x55c2de6a1c20 0x4000 0x0 0x0 0x0 0x7ffe7f9eb150 0x7fa2";

    @TempDir
    Path tasks;

    @Test
    void allOfThemWaitForOthers() throws IOException {
        assertThat(of(JOINING, LOCKING)).isTrue();
    }

    @Test
    void oneThatRunsOrReadsOrWaitsForATimeGoesOn() throws IOException {
        assertThat(of(JOINING, "running")).isFalse();
        assertThat(of(JOINING, READING)).isFalse();
        assertThat(of(JOINING, LOCKING_FOR_A_WHILE)).isFalse();
    }

    @Test
    void whereNothingIsToldNothingIsClaimed() throws IOException {
        assertThat(new ThreadStates(tasks.resolve("gone")).waitForEachOther()).isFalse();
        assertThat(of()).isFalse();
        assertThat(of(JOINING, "")).isFalse();
        Files.createDirectory(tasks.resolve("9"));
        assertThat(new ThreadStates(tasks).waitForEachOther()).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProgramThatWaitsForItsInputWaitsForNoThread() throws IOException, InterruptedException {
        Process cat = new ProcessBuilder("cat").start();
        try {
            assertThat(ThreadStates.of(cat.pid()).waitForEachOther()).isFalse();
        } finally {
            cat.destroyForcibly().waitFor();
        }
    }

    private boolean of(String... calls) throws IOException {
        for (int i = 0; i < calls.length; i++) {
            Path thread = Files.createDirectories(tasks.resolve(Integer.toString(i)));
            String call = IS_ARM ? calls[i].replaceFirst("^202 ", "98 ") : calls[i];
            Files.writeString(thread.resolve("syscall"), call + "\n");
        }
        return new ThreadStates(tasks).waitForEachOther();
    }
}
