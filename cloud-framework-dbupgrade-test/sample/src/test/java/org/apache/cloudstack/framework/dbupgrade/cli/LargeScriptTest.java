package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script that does not fit into the heap is read while it runs. */
@UpgradeDatabase
class LargeScriptTest {

    private static final List<String> HEAP = List.of("-Xmx28m");
    private static final String SCRIPT = "V_420_A__large.sql";
    private static final int STATEMENTS = 900;
    private static final String ROW = "INSERT INTO a VALUES (%d, -1); -- " + "x".repeat(13_000) + "\n";

    @TempDir
    Path folder;

    private ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new ToolBench(folder, database);
        assertThat(bench.run("upgrade").status()).isZero();
    }

    @Test
    void itGoesOnWhereItWasKilled() {
        bench.with(
                SCRIPT, IntStream.range(0, STATEMENTS).mapToObj(ROW::formatted).collect(Collectors.joining()));

        ToolProcess.Running killed = bench.tool().start(HEAP, bench.onMigrations("upgrade"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> rows() > 0 || !killed.process().isAlive());
        killed.process().destroyForcibly();

        assertThat(killed.ending().err()).doesNotContain("OutOfMemory");
        assertThat(rows()).isBetween(1L, STATEMENTS - 1L);
        assertThat(run("status").out()).contains(SCRIPT, "of " + STATEMENTS);
        assertThat(run("upgrade").status()).isZero();
        assertThat(rows()).isEqualTo(STATEMENTS);
    }

    private long rows() {
        return bench.database()
                .jdbc()
                .sql("SELECT COUNT(*) FROM cloud.a WHERE b = -1")
                .query(Long.class)
                .single();
    }

    private ToolProcess.Ending run(String command) {
        ToolProcess.Ending ending = bench.tool().run(HEAP, bench.onMigrations(command));
        assertThat(ending.err()).doesNotContain("OutOfMemory");
        return ending;
    }
}
