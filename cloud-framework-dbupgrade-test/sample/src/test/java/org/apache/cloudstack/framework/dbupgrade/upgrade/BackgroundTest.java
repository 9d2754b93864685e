package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.batch.BatchedMigration;
import org.apache.cloudstack.framework.dbupgrade.batch.Batches;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data migrations that run after the server is up, and what waits for them. */
@Timeout(120)
@UpgradeDatabase
class BackgroundTest {

    private static final String FILL = "V_4_7_0_B__fill";

    @TempDir
    Path folder;

    private final Map<String, JavaMigration> classes = new LinkedHashMap<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private Workbench bench;
    private UnaryOperator<UpgradeSettings> settings = UnaryOperator.identity();

    @BeforeEach
    void rowsThatTheNextReleaseFills(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_460_A.sql", "CREATE TABLE volumes (id INT PRIMARY KEY, size INT NOT NULL);");
        bench.upgrade().upgrade();
        bench.database().run("INSERT INTO cloud.volumes VALUES (1, 10), (2, 20), (3, 30)");
        bench.with("V_470_A.sql", "ALTER TABLE volumes ADD COLUMN bytes BIGINT NULL;");
        classes.put(FILL, new Fill());
    }

    @MigrationOptions(
            revision = "1",
            phase = "migrate",
            reads = "volumes.size",
            writes = "volumes.bytes",
            background = true)
    private static final class Fill implements BatchedMigration {
        @Override
        public Batches batches() {
            return Batches.of("volumes", "id").run("UPDATE volumes SET bytes = size * 8 WHERE id BETWEEN ? AND ?");
        }
    }

    /** Row by row, and each takes some time, as on a large table. */
    @MigrationOptions(
            revision = "1",
            phase = "migrate",
            reads = "volumes.size",
            writes = "volumes.bytes",
            background = true)
    private final class SlowFill implements JavaMigration {

        private static final int ROUNDS = 300;

        @Override
        public void migrate(MigrationContext context) throws Exception {
            int before = context.checkpointed("round").map(Integer::valueOf).orElse(0);
            begun.countDown();
            for (int round = before + 1; round <= ROUNDS; round++) {
                context.jdbc()
                        .sql("UPDATE volumes SET bytes = COALESCE(bytes, 0) + 1")
                        .update();
                context.jdbc().sql("DO SLEEP(0.02)").update();
                context.checkpoint("round", Integer.toString(round));
            }
        }
    }

    @Test
    void theServerComesUpWithoutItAndItIsRunAfterwards() {
        UpgradeReport start = server().upgrade();

        assertThat(scripts(start)).containsExactly("V_470_A.sql");
        assertThat(start.deferred())
                .singleElement()
                .returns(FILL, step -> step.migration().script())
                .returns("runs in the background, when a server is up", Step::deferredUntil);
        assertThat(start.summary()).contains("to 4.7.0", "1 migration is deferred.");
        assertThat(filled()).isZero();
        assertThat(server().validate()).hasToString("4.7.0");
        assertThat(server().status().findings()).isEmpty();
        assertThat(server().verify().notes())
                .containsExactly(FILL + " was left to the background, so that the schema is not yet compared with"
                        + " release 4.7.0.");

        UpgradeReport rest = server().contract(() -> false);

        assertThat(scripts(rest)).containsExactly(FILL);
        assertThat(rest.deferred()).isEmpty();
        assertThat(filled()).isEqualTo(3);
        assertThat(server().upgrade().isUpToDate()).isTrue();
    }

    @Test
    void whatTakesSomethingAwayThatItNeedsWaitsForIt() {
        bench.with("V_470_C.sql", "ALTER TABLE volumes DROP COLUMN size;");

        UpgradeReport start = server().upgrade();

        assertThat(start.deferred())
                .extracting(Step::deferredUntil)
                .containsExactly(
                        "runs in the background, when a server is up", "needs " + FILL + ", which is deferred");
        assertThat(server().validate()).hasToString("4.7.0");
        assertThat(scripts(server().contract())).containsExactly(FILL, "V_470_C.sql");
        assertThat(bench.value(String.class, "SELECT GROUP_CONCAT(bytes ORDER BY id) FROM cloud.volumes"))
                .isEqualTo("80,160,240");
    }

    @Test
    void itDoesNotWaitWhereTheServerCannotDoWithoutSomethingThatNeedsIt() {
        bench.with("V_470_C.sql", "ALTER TABLE volumes ADD INDEX i_bytes (bytes);")
                .with("V_470_D.sql", "-- dbupgrade: phase=migrate\nUPDATE volumes SET bytes = 0 WHERE bytes > 160;");

        UpgradeReport start = server().upgrade();

        assertThat(scripts(start)).containsExactly("V_470_A.sql", FILL, "V_470_C.sql", "V_470_D.sql");
        assertThat(start.deferred()).isEmpty();
    }

    @Test
    void itIsRunAtOnceOnAFreshInstallAndByWhoeverHasNoBackground() {
        settings = each -> each.withLeaveBackground(false);
        assertThat(scripts(server().upgrade())).containsExactly("V_470_A.sql", FILL);

        bench.database().run("DROP DATABASE cloud; DROP DATABASE cloud_usage");
        settings = UnaryOperator.identity();
        assertThat(scripts(server().upgrade())).containsExactly("V_460_A.sql", "V_470_A.sql", FILL);
    }

    @Test
    void itGivesWayToAServerThatWaitsToUpgradeAndGoesOnBehindItsCheckpoint() throws Exception {
        classes.put(FILL, new SlowFill());
        server().upgrade();
        CompletableFuture<UpgradeReport> background = inBackground(new AtomicBoolean());

        bench.with("V_480_A.sql", "CREATE TABLE vpc (id INT PRIMARY KEY);");
        UpgradeReport newer = server().upgrade();

        assertThat(scripts(newer)).containsExactly("V_480_A.sql");
        assertThat(bench.value(Long.class, "SELECT COUNT(*) FROM cloud.dbupgrade_checkpoint WHERE migration = ''"))
                .as("nobody asks any more")
                .isZero();
        assertThat(newer.deferred())
                .extracting(step -> step.migration().script())
                .containsExactly(FILL);
        assertThat(background.join().deferred())
                .extracting(Step::deferredUntil)
                .containsExactly("gave way: a node waits to upgrade");
        long rounds = rounds();
        assertThat(rounds).isPositive().isLessThan(SlowFill.ROUNDS);

        assertThat(scripts(server().contract())).containsExactly(FILL);
        assertThat(rounds()).as("no round was done twice, and none left out").isEqualTo(SlowFill.ROUNDS);
    }

    @Test
    void itStopsAtACheckpointWhenTheServerIsShutDown() throws Exception {
        classes.put(FILL, new SlowFill());
        server().upgrade();
        AtomicBoolean stopping = new AtomicBoolean();
        CompletableFuture<UpgradeReport> background = inBackground(stopping);

        stopping.set(true);

        assertThat(background.join().deferred())
                .extracting(Step::deferredUntil)
                .containsExactly("gave way: this node stops");
        assertThat(rounds()).isLessThan(SlowFill.ROUNDS);
        assertThat(server().upgrade().deferred()).hasSize(1);
        assertThat(server().verify().notes()).singleElement().asString().contains("left to the background");
        server().contract();
        assertThat(rounds()).isEqualTo(SlowFill.ROUNDS);
    }

    @Test
    void whileAnotherServerRunsItNobodyElseDoesAndStartsAreNotKeptWaiting() throws Exception {
        classes.put(FILL, new SlowFill());
        server().upgrade();
        AtomicBoolean stopping = new AtomicBoolean();
        CompletableFuture<UpgradeReport> background = inBackground(stopping);

        assertThat(server().upgrade().deferred()).hasSize(1);
        assertThatThrownBy(() -> server().contract(() -> false))
                .isInstanceOfSatisfying(UpgradeRefusedException.class, refusal -> assertThat(refusal.findings())
                        .extracting(finding -> finding.code())
                        .containsExactly(FindingCode.UPGRADE_RUNNING));

        stopping.set(true);
        background.join();
    }

    @Test
    void whatFailedInTheBackgroundDoesNotKeepServersFromStarting() {
        bench.database().run("ALTER TABLE cloud.volumes ADD COLUMN bytes TINYINT NULL");
        bench.with("V_470_A.sql", "ALTER TABLE volumes MODIFY COLUMN bytes TINYINT NULL;");
        bench.database().run("UPDATE cloud.volumes SET size = 100 WHERE id = 3");
        server().upgrade();

        assertThatThrownBy(() -> server().contract(() -> false)).isInstanceOf(UpgradeFailedException.class);

        assertThat(server().upgrade().deferred()).hasSize(1);
        assertThat(server().validate()).hasToString("4.7.0");
        bench.database().run("UPDATE cloud.volumes SET size = 1");
        assertThat(scripts(server().contract(() -> false))).containsExactly(FILL);
    }

    @MigrationOptions(revision = "1", background = true)
    private static final class Undeclared implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) {}
    }

    @Test
    void whatStatesNeitherPhaseNorTablesCannotRunInTheBackground() {
        classes.put(FILL, new Undeclared());

        assertThatThrownBy(() -> server().upgrade())
                .isInstanceOf(UpgradeRefusedException.class)
                .hasMessageContaining(
                        "what runs in the background has phase=migrate, and states what it reads and writes");
    }

    private DatabaseUpgrade server() {
        return DatabaseUpgrade.of(bench.database().dataSource())
                .settings(settings.apply(bench.settings().withLeaveBackground(true)))
                .javaMigrations(classes)
                .build();
    }

    private CompletableFuture<UpgradeReport> inBackground(AtomicBoolean stopping) throws InterruptedException {
        DatabaseUpgrade server = server();
        CompletableFuture<UpgradeReport> run = CompletableFuture.supplyAsync(() -> server.contract(stopping::get));
        assertThat(begun.await(30, TimeUnit.SECONDS)).as("it runs").isTrue();
        return run;
    }

    private static List<String> scripts(UpgradeReport report) {
        return report.runs().stream().map(UpgradeReport.Run::script).toList();
    }

    private long filled() {
        return bench.value(Long.class, "SELECT COUNT(*) FROM cloud.volumes WHERE bytes = size * 8");
    }

    private long rounds() {
        return bench.value(Long.class, "SELECT MAX(bytes) FROM cloud.volumes");
    }
}
