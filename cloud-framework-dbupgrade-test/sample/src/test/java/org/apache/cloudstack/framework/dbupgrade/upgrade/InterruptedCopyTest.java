package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The copying of a table is cut off: its upgrade, its executable, or its lease is gone. */
@EnabledIf(
        value = "org.apache.cloudstack.framework.dbupgrade.upgrade.CopiedTable#canBeCopied",
        disabledReason = "There is no pt-online-schema-change on the PATH")
@UpgradeDatabase
class InterruptedCopyTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private CopiedTable large;
    private Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        large = CopiedTable.in(database, folder);
        bench = large.bench();
    }

    @Test
    void goesOnAfterTheUpgradeWasKilled() throws SQLException {
        large.fill(400_000);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + CopiedTable.CHANGE + ";");
        try (ChildJvm process = CopiedTableProcess.on(bench.database().server(), "filesystem:" + folder)
                .start()) {
            try (Connection held = inTheMiddle()) {
                process.kill();
                assertThat(process.awaitExit(LONGEST)).isEqualTo(137);
                held.rollback();
            }
        }
        assertThat(large.definition("cloud.large")).doesNotContain("city");
        bench.database().run("UPDATE cloud.large SET hits = 1 WHERE id < 11; DELETE FROM cloud.large WHERE id = 11");

        large.upgrade();

        assertThat(large.definition("cloud.large")).contains("city");
        assertThat(bench.database().count("cloud.large")).isEqualTo(399_999);
        assertThat(bench.value(Long.class, "SELECT SUM(hits) FROM cloud.large")).isEqualTo(10);
        large.nothingIsLeft();
    }

    @Test
    void failsWhenTheProgramIsKilledAndIsRepeated() throws SQLException {
        large.fill(400_000);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + CopiedTable.CHANGE + ";");
        CompletableFuture<UpgradeFailedException> failure =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(UpgradeFailedException.class, large::upgrade));
        try (Connection held = inTheMiddle()) {
            List<ProcessHandle> programs = programs();
            String password = bench.database().server().password();
            assertThat(programs).hasSize(1).allSatisfy(program -> {
                List<String> words = Arrays.asList(program.info().arguments().orElseThrow());
                assertThat(words).anyMatch(word -> word.startsWith("F="));
                assertThat(words).noneMatch(word -> !password.isEmpty() && word.contains(password));
            });
            programs.forEach(ProcessHandle::destroyForcibly);
            held.rollback();
        }

        assertThat(failure.join().findings().get(0).toString())
                .contains(CopiedTable.PROGRAM + " ended with code 137")
                .contains("V_410_A.sql");
        large.nothingIsLeft();
        assertThat(large.definition("cloud.large")).doesNotContain("city");
        large.upgrade();

        assertThat(large.definition("cloud.large")).contains("city");
        assertThat(bench.database().count("cloud.large")).isEqualTo(400_000);
        large.nothingIsLeft();
    }

    @Test
    void endsTheProgramWhenAnotherServerTookOver() throws SQLException {
        large.fill(400_000);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + CopiedTable.CHANGE + ";")
                .settings(settings -> settings.withWaits(settings.waits().withLeaseDuration(Duration.ofSeconds(2))));
        CompletableFuture<Void> upgrade = CompletableFuture.runAsync(large::upgrade);
        try (Connection held = inTheMiddle()) {
            List<ProcessHandle> programs = programs();
            assertThat(programs).hasSize(1);
            bench.database().run("UPDATE cloud.dbupgrade_lease SET fence = fence + 1");
            await().atMost(LONGEST).until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
            held.rollback();
        }
        upgrade.join();
        assertThat(large.events()).anyMatch(UpgradeEvent.Superseded.class::isInstance);

        assertThat(large.definition("cloud.large")).contains("city");
        assertThat(bench.database().count("cloud.large")).isEqualTo(400_000);
        large.nothingIsLeft();
    }

    /** Waits until rows are copied, and keeps that from coming to its end until the connection is closed. */
    private Connection inTheMiddle() throws SQLException {
        await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> bench.value(
                                Long.class,
                                "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'cloud'")
                        == 3);
        Connection connection = bench.database().dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT id FROM cloud.large WHERE id = 400000 FOR UPDATE");
        }
        String copy = bench.tables().stream()
                .filter(table -> table.contains("_dbupgrade_new_"))
                .findFirst()
                .orElseThrow();
        await("rows that are there before all are")
                .atMost(LONGEST)
                .until(() -> bench.database().count(copy) > 0);
        return connection;
    }

    private static List<ProcessHandle> programs() {
        List<ProcessHandle> found = new ArrayList<>();
        ProcessHandle.current()
                .descendants()
                .filter(InterruptedCopyTest::isProgram)
                .forEach(found::add);
        return found;
    }

    private static boolean isProgram(ProcessHandle process) {
        return Stream.of(process.info().arguments().orElse(new String[0]))
                .anyMatch(word -> word.endsWith(CopiedTable.PROGRAM));
    }
}
