package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway's history is written as Flyway itself would write it, so that its own tools read it. */
@UpgradeDatabase
class FlywayHistoryTest {

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A__install.sql", "CREATE TABLE a (id INT);")
                .with("V_410_B__rows.sql", "INSERT INTO a VALUES (0);")
                .with("R_v.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a;");
    }

    @Test
    void theTableIsTheOneThatFlywayMakes() {
        bench.upgrade().upgrade();
        bench.database().run("CREATE DATABASE cloud_other CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        try {
            Flyway.configure()
                    .dataSource(bench.database().dataSource())
                    .schemas("cloud_other")
                    .locations(new String[0])
                    .baselineOnMigrate(true)
                    .load()
                    .baseline();

            assertThat(definition("cloud")).isEqualTo(definition("cloud_other"));
        } finally {
            bench.database().run("DROP DATABASE cloud_other");
        }
    }

    @Test
    void flywayReadsItAndFindsNothingWrong() {
        bench.upgrade().upgrade();

        Flyway flyway = bench.upgrade().flyway();

        assertThat(flyway.validateWithResult().getAllErrorMessages()).isEmpty();
        assertThat(flyway.info().all())
                .extracting(info -> String.valueOf(info.getVersion()), MigrationInfo::getState)
                .containsExactly(
                        tuple("4.0.0.0.1", MigrationState.SUCCESS),
                        tuple("4.1.0.0.2", MigrationState.SUCCESS),
                        tuple("null", MigrationState.SUCCESS));
        assertThat(flyway.migrate().migrationsExecuted).isZero();
    }

    @Test
    void flywayDoesNotRunWhatIsPending() {
        bench.upgrade().upgrade();
        bench.with("V_420_A.sql", "CREATE TABLE b (id INT);");

        Flyway flyway = bench.upgrade().flyway();

        assertThat(flyway.info().pending()).hasSize(1);
        assertThatThrownBy(flyway::migrate).hasMessageContaining("only shows the timeline");
        assertThat(bench.tables()).doesNotContain("cloud.b");
    }

    @Test
    void aFailureIsInItUntilTheMigrationIsDone() {
        bench.with("V_420_A.sql", "INSERT INTO nowhere VALUES (1);");
        bench.failed();
        assertThat(rows("success = 0")).extracting(row -> row.get("script")).containsExactly("V_420_A.sql");

        bench.failed();
        assertThat(rows("success = 0")).hasSize(1);

        bench.with("V_420_A.sql", "INSERT INTO a VALUES (1);");
        bench.upgrade().upgrade();
        assertThat(rows("success = 0")).isEmpty();
        assertThat(bench.upgrade().flyway().validateWithResult().getAllErrorMessages())
                .isEmpty();
    }

    @Test
    void aHistoryThatSomebodyDroppedIsFilledFromTheJournal() {
        bench.upgrade().upgrade();
        List<Map<String, Object>> before = rows("success = 1");
        bench.database().run("DROP TABLE cloud.flyway_schema_history");
        bench.with("V_420_A.sql", "INSERT INTO a VALUES (1);");

        bench.upgrade().upgrade();

        assertThat(rows("success = 1")).hasSize(before.size() + 1).containsAll(before);
    }

    private List<Map<String, Object>> rows(String condition) {
        return bench.database()
                .rows("SELECT version, script, checksum FROM cloud.flyway_schema_history WHERE " + condition
                        + " ORDER BY installed_rank");
    }

    private String definition(String schema) {
        Map<String, Object> shown = bench.database()
                .rows("SHOW CREATE TABLE " + schema + ".flyway_schema_history")
                .get(0);
        return String.valueOf(shown.get("Create Table"));
    }
}
