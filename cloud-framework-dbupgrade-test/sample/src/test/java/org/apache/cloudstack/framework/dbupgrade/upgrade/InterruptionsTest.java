package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade that stopped is started again, and goes on where it stopped. */
@UpgradeDatabase
class InterruptionsTest {

    private static final String BROKEN = """
            -- two good statements, a bad one, a good one
            INSERT INTO a VALUES (1);
            ALTER TABLE a ADD COLUMN b INT;

            ALTER TABLE a ADD COLUMN id INT;
            INSERT INTO a VALUES (2, 2);
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE a (id INT);")
                .with("V_410_A.sql", "INSERT INTO a VALUES (0);")
                .with("V_420_A.sql", BROKEN)
                .with("V_430_A.sql", "CREATE TABLE c (id INT);");
    }

    @Test
    void aFailureNamesStatementLineAndTheServersError() {
        UpgradeFailedException failure = bench.failed();

        Finding finding = failure.findings().get(0);
        assertThat(finding.code()).isEqualTo(FindingCode.MIGRATION_FAILED);
        assertThat(finding.problem())
                .isEqualTo(
                        "V_420_A.sql failed in statement 3 of 4 (line 5): ALTER TABLE a ADD COLUMN id INT. 2 statements are done,"
                                + " statement 3 had no effect, 1 is not started.");
        assertThat(finding.evidence()).contains("error 1060", "42S21", "Duplicate column");
        assertThat(failure.report().runs())
                .extracting(UpgradeReport.Run::script)
                .containsExactly("V_400_A.sql", "V_410_A.sql");
    }

    @Test
    void theReleasesDoneBeforeAFailureAreReached() {
        bench.failed();

        assertThat(bench.upgrade().status().database()).map(Object::toString).contains("4.1.0");
    }

    @Test
    void aRepairedScriptGoesOnAtTheFailedStatement() {
        bench.failed();
        bench.with("V_420_A.sql", BROKEN.replace("COLUMN id", "COLUMN c").replace("(2, 2)", "(2, 2, 2)"));

        assertThat(bench.scriptsRun()).containsExactly("V_420_A.sql", "V_430_A.sql");
        assertThat(ids()).containsExactly(0, 1, 2);
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.flyway_schema_history WHERE success = 0"))
                .isZero();
        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void anUnrepairedScriptFailsAtTheSameStatementAgain() {
        bench.failed();

        UpgradeFailedException again = bench.failed();

        assertThat(again.findings())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("statement 3");
        assertThat(again.report().runs()).isEmpty();
        assertThat(ids()).containsExactly(0, 1);
    }

    @Test
    void theDonePartOfAScriptMayNotBeEdited() {
        bench.failed();
        bench.with("V_420_A.sql", BROKEN.replace("VALUES (1)", "VALUES (7)"));

        assertThat(bench.failed().findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.RESUMED_SCRIPT_CHANGED);
        assertThat(ids()).containsExactly(0, 1);
    }

    @Test
    void whatTheDoneStatementsSetInTheSessionIsSetAgain() {
        bench.with(
                "V_420_A.sql", "SET @x = 5; USE cloud_usage; CREATE TABLE u (id INT); INSERT INTO nowhere VALUES (1);");
        bench.failed();
        bench.with("V_420_A.sql", "SET @x = 5; USE cloud_usage; CREATE TABLE u (id INT); INSERT INTO u VALUES (@x);");

        bench.upgrade().upgrade();

        assertThat(bench.value(Integer.class, "SELECT id FROM cloud_usage.u")).isEqualTo(5);
    }

    @Test
    void aTransactionOfAScriptIsOneUnit() {
        bench.with(
                "V_420_A.sql",
                "START TRANSACTION; INSERT INTO a VALUES (1); INSERT INTO a VALUES (2, 2); COMMIT; INSERT INTO a VALUES (3);");
        bench.failed();
        assertThat(ids()).containsExactly(0);

        bench.with(
                "V_420_A.sql",
                "START TRANSACTION; INSERT INTO a VALUES (1); INSERT INTO a VALUES (2); COMMIT; INSERT INTO a VALUES (3);");
        bench.upgrade().upgrade();

        assertThat(ids()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aTableLockOfAScriptIsOneUnit() {
        bench.with(
                "V_420_A.sql",
                "LOCK TABLES a WRITE; INSERT INTO a VALUES (1); UNLOCK TABLES; INSERT INTO a VALUES (2);");

        bench.upgrade().upgrade();

        assertThat(ids()).containsExactly(0, 1, 2);
    }

    @Test
    void aFailureInsideATableLockLeavesNoTableLocked() {
        bench.with(
                "V_420_A.sql",
                "LOCK TABLES a WRITE; INSERT INTO a VALUES (1); INSERT INTO a VALUES (2, 2); UNLOCK TABLES;");

        assertThat(bench.failed().findings()).extracting(Finding::code).containsExactly(FindingCode.MIGRATION_FAILED);
        assertThat(ids()).containsExactly(0);
        bench.with("V_420_A.sql", "LOCK TABLES a WRITE; INSERT INTO a VALUES (1);");
        bench.upgrade().upgrade();
        assertThat(ids()).containsExactly(0, 1);
    }

    @Test
    void aFailedRepeatableIsNotForgotten() {
        bench.with("V_420_A.sql", "SELECT 1;").with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a;");
        bench.upgrade().upgrade();
        bench.with("R_v.sql", "DROP VIEW v; CREATE VIEW v AS SELECT nothing FROM a;");
        bench.failed();

        bench.with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a;");

        assertThat(bench.scriptsRun()).containsExactly("R_v.sql");
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.v")).isEqualTo(1);
    }

    @Test
    void aServerThatBootsWhileAnotherUpgradesWaitsAndChangesNothing() throws Exception {
        bench.with("V_420_A.sql", "CREATE PROCEDURE p() DO SLEEP(2);\nCALL p();");
        CountDownLatch inCall = new CountDownLatch(1);
        ExecutorService servers = Executors.newFixedThreadPool(2);
        try {
            Future<UpgradeReport> first =
                    servers.submit(() -> DatabaseUpgrade.of(bench.database().dataSource())
                            .settings(bench.settings())
                            .listeners(List.of(event -> {
                                if (event instanceof UpgradeEvent.MigrationProgressed) {
                                    inCall.countDown();
                                }
                            }))
                            .build()
                            .upgrade());
            assertThat(inCall.await(30, TimeUnit.SECONDS)).isTrue();
            Future<UpgradeReport> second = servers.submit(() -> bench.upgrade().upgrade());

            assertThat(first.get(1, TimeUnit.MINUTES).runs()).hasSize(4);
            assertThat(second.get(1, TimeUnit.MINUTES).isUpToDate()).isTrue();
        } finally {
            servers.shutdownNow();
        }
    }

    @Test
    void aCommentBetweenStatementsNeedsNoBlankBehindItsDashesAsInTheClient() {
        bench.with("V_420_A.sql", """
                --Licensed to whoever
                --;
                INSERT INTO a VALUES (5--1);
                INSERT INTO a
                -- a line between
                VALUES ('7'), ('9--
                --no comment');
                """.replace("('9--\n--no comment')", "(LENGTH('9--\n--no comment'))"));

        bench.upgrade().upgrade();

        assertThat(ids()).containsExactly(0, 6, 7, 16);
    }

    @Test
    void secretsAndValuesAreNotQuoted() {
        bench.with("V_400_A.sql", "CREATE TABLE a (id INT PRIMARY KEY, secret CHAR(9) UNIQUE);")
                .with("V_410_A.sql", "INSERT INTO a VALUES (1, 'passw0rd'), (2, 'passw0rd');");

        assertThat(bench.failed().getMessage()).contains("error 1062").doesNotContain("passw0rd");
    }

    private List<Integer> ids() {
        return bench.database()
                .jdbc()
                .sql("SELECT id FROM cloud.a ORDER BY id")
                .query(Integer.class)
                .list();
    }
}
