package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** A server died while it upgraded, or lost its connection: the upgrade goes on after what is done. */
@UpgradeDatabase
class DeadServersTest {

    @TempDir
    Path folder;

    private final Set<String> killed = new HashSet<>();

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE a (id INT);")
                .with("V_410_A.sql", "INSERT INTO a VALUES (0);")
                .with("V_430_A.sql", "CREATE TABLE c (id INT);");
    }

    @Test
    void aServerKilledBeforeTheLastRowOfTheHistoryStillGetsThatRow() {
        bench.with("V_420_A.sql", "INSERT INTO a VALUES (1);");
        bench.upgrade().upgrade();
        bench.database()
                .run("DELETE FROM cloud.flyway_schema_history WHERE version LIKE '4.3%';"
                        + " DELETE FROM cloud.dbupgrade_release WHERE release_version = '4.3.0'");

        bench.upgrade().upgrade();

        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.flyway_schema_history"))
                .isEqualTo(4);
        assertThat(bench.upgrade().status().database()).map(Object::toString).contains("4.3.0");
    }

    @Test
    void aLostConnectionIsOpenedAnewAndTheUpgradeGoesOnBehindTheLastCheckpoint() throws Exception {
        bench.with("V_420_A.sql", "INSERT INTO a VALUES (1);\nSELECT SLEEP(3);");
        ExecutorService servers = Executors.newSingleThreadExecutor();
        try {
            Future<UpgradeReport> report = servers.submit(() -> bench.upgrade().upgrade());
            killConnectionsOnce("SELECT SLEEP(3)");

            assertThat(report.get(1, TimeUnit.MINUTES).runs())
                    .extracting(UpgradeReport.Run::script)
                    .containsExactly("V_400_A.sql", "V_410_A.sql", "V_420_A.sql", "V_430_A.sql");
        } finally {
            servers.shutdownNow();
        }
        assertThat(ids()).containsExactly(0, 1);
    }

    @Test
    void aConnectionThatBreaksAgainAndAgainAtTheSamePlaceStopsTheUpgrade() throws Exception {
        bench.with("V_420_A.sql", "INSERT INTO a VALUES (1);\nSELECT SLEEP(30);");
        ExecutorService servers = Executors.newSingleThreadExecutor();
        try {
            Future<UpgradeFailedException> failure = servers.submit(bench::failed);
            for (int kill = 1; kill <= 4; kill++) {
                killConnectionsOnce("SELECT SLEEP(30)");
            }

            UpgradeFailedException stopped = failure.get(1, TimeUnit.MINUTES);
            assertThat(stopped.findings()).extracting(Finding::code).containsExactly(FindingCode.CONNECTION_LOST);
            assertThat(stopped.report().runs())
                    .extracting(UpgradeReport.Run::script)
                    .containsExactly("V_400_A.sql", "V_410_A.sql");
        } finally {
            servers.shutdownNow();
        }
        assertThat(ids()).containsExactly(0, 1);
    }

    @Test
    void aServerKilledBetweenRowsAndCheckpointRepeatsTheRows() {
        bench.with("V_420_A.sql", "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2);");
        bench.upgrade().upgrade();
        pretendKilledIn("V_420_A.sql", 1, "INSERT INTO a VALUES (1)");
        bench.database().run("DELETE FROM cloud.a WHERE id = 2");

        bench.upgrade().upgrade();

        assertThat(ids()).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a ADD COLUMN b INT",
                "ALTER TABLE a DROP COLUMN id, ADD COLUMN z INT",
                "ALTER TABLE a CHANGE COLUMN id ident INT",
                "ALTER TABLE a MODIFY COLUMN id BIGINT NOT NULL",
                "ALTER TABLE a ADD INDEX i_id (id)",
                "ALTER TABLE a ADD COLUMN b INT, ADD COLUMN d INT, ADD INDEX i_b (b)",
                "ALTER TABLE a RENAME TO renamed",
                "CREATE TABLE d (id INT)",
                "DROP TABLE a",
                "CREATE VIEW v AS SELECT id FROM a",
                "CREATE OR REPLACE VIEW v AS SELECT id FROM a",
                "CREATE PROCEDURE p() SELECT 1",
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.id = 1",
                "ALTER TABLE a ADD CONSTRAINT c_id CHECK (id >= 0)",
                "USE cloud_usage; CREATE TABLE a (id INT)"
            })
    void aServerKilledInADefinitionGoesOnWhetherOrNotItTookEffect(String definition) throws Exception {
        bench.with("V_420_A.sql", definition + ";");
        bench.upgrade().upgrade();
        SchemaSnapshot expected = schema();

        int before = definition.startsWith("USE") ? 1 : 0;
        pretendKilledIn("V_420_A.sql", before, definition.split(";")[0]);
        assertThat(bench.upgrade().status().findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.MIGRATION_UNFINISHED);
        bench.upgrade().upgrade();
        assertThat(schema().differencesFrom(expected)).as("it had taken effect").isEmpty();

        bench.database().run("DROP DATABASE cloud; DROP DATABASE cloud_usage");
        bench.with("V_420_A.sql", "SELECT 'not yet';")
                .without("V_430_A.sql")
                .upgrade()
                .upgrade();
        bench.with("V_420_A.sql", definition + ";").with("V_430_A.sql", "CREATE TABLE c (id INT);");
        pretendKilledIn("V_420_A.sql", before, definition.split(";")[0]);
        bench.upgrade().upgrade();
        assertThat(schema().differencesFrom(expected))
                .as("it had not taken effect")
                .isEmpty();
    }

    @Test
    void aServerKilledInACallIsRefusedSinceNobodyCanTell() {
        bench.with(
                "V_420_A.sql", "INSERT INTO a VALUES (1);\nCREATE PROCEDURE p() INSERT INTO a VALUES (7);\nCALL p();");
        bench.upgrade().upgrade();
        pretendKilledIn("V_420_A.sql", 2, "INSERT INTO a VALUES (1)", "CREATE PROCEDURE p() INSERT INTO a VALUES (7)");

        assertThat(bench.refusedFor(FindingCode.MIGRATION_INTERRUPTED).problem())
                .contains("V_420_A.sql", "statement 3 of 3", "line 3");
    }

    @ParameterizedTest
    @EnumSource
    void theOperatorSettlesWhatNobodyElseCanTell(Resolution resolution) {
        String script = "CREATE PROCEDURE p() INSERT INTO a VALUES (7);\nCALL p();\nINSERT INTO a VALUES (9);";
        bench.with("V_420_A.sql", script);
        bench.upgrade().upgrade();
        bench.database().run("DELETE FROM cloud.a WHERE id = 9");
        pretendKilledIn("V_420_A.sql", 1, "CREATE PROCEDURE p() INSERT INTO a VALUES (7)");
        bench.refusedFor(FindingCode.MIGRATION_INTERRUPTED);

        bench.upgrade().resolve("V_420_A.sql", resolution);
        bench.upgrade().upgrade();

        assertThat(ids())
                .containsExactlyElementsOf(resolution == Resolution.DONE ? List.of(0, 7, 9) : List.of(0, 7, 7, 9));
        assertThatThrownBy(() -> bench.upgrade().resolve("V_420_A.sql", resolution))
                .hasMessageContaining("Nothing of");
    }

    /** The journal as a process leaves it that is killed after the given statements. */
    private void pretendKilledIn(String script, int statementsDone, String... statements) {
        bench.database()
                .run("DELETE FROM cloud.flyway_schema_history WHERE version >= '4.2'; DROP TABLE IF EXISTS cloud.c;"
                        + " DELETE FROM cloud.dbupgrade_journal WHERE migration LIKE '4.3%';"
                        + " DELETE FROM cloud.dbupgrade_release WHERE release_version >= '4.2'");
        String chain = "0".repeat(64);
        for (int i = 0; i < statementsDone; i++) {
            chain = bench.value(
                    String.class, "SELECT SHA2(CONCAT(UNHEX('" + chain + "'), '" + statements[i] + "'), 256)");
        }
        bench.database()
                .jdbc()
                .sql("UPDATE cloud.dbupgrade_journal SET state = 'RUNNING', statements_done = ?, done_hash = ?,"
                        + " session_state = IF(? LIKE 'USE%', 'USE `cloud_usage`', NULL) WHERE script = ?")
                .params(statementsDone, chain, statements[0], script)
                .update();
    }

    /** Waits until the statement runs, then ends every connection but its own. */
    /** One that was killed is listed with its statement for a moment. */
    private void killConnectionsOnce(String statement) {
        List<Map<String, Object>> running = List.of();
        while (running.stream()
                .noneMatch(
                        row -> statement.equals(row.get("Info")) && !killed.contains(String.valueOf(row.get("Id"))))) {
            running = bench.database().rows("SHOW PROCESSLIST");
        }
        running.stream()
                .filter(row -> bench.database().server().user().equals(row.get("User")))
                .filter(row -> !String.valueOf(row.get("Info")).startsWith("SHOW PROCESSLIST"))
                .forEach(row -> kill(String.valueOf(row.get("Id"))));
    }

    private void kill(String connection) {
        killed.add(connection);
        try {
            bench.database().run("KILL " + connection);
        } catch (DataAccessException e) {
            // it ended by itself
            assertThat(e).rootCause().hasMessageContaining("nknown thread");
        }
    }

    private SchemaSnapshot schema() throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return SchemaSnapshot.read(connection, List.of("cloud", "cloud_usage"));
        }
    }

    private List<Integer> ids() {
        return bench.database()
                .jdbc()
                .sql("SELECT id FROM cloud.a ORDER BY id")
                .query(Integer.class)
                .list();
    }
}
