package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.batch.BatchedMigration;
import org.apache.cloudstack.framework.dbupgrade.batch.Batches;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server with {@code innodb_snapshot_isolation} refuses to change a row that somebody else changed since the transaction started
 * to read. The lease is renewed several times while these transactions last, and they end all the same.
 */
@UpgradeDatabase
class SnapshotIsolationTest {

    private static final Duration LEASE = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    Workbench bench;
    Optional<Object> setting;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with(
                        "V_400_A.sql",
                        "CREATE TABLE a (id INT PRIMARY KEY, n INT NOT NULL);\nINSERT INTO a VALUES (1, 100);")
                .settings(settings -> settings.withWaits(settings.waits().withLeaseDuration(LEASE)));
        setting = bench.database().rows("SHOW GLOBAL VARIABLES LIKE 'innodb_snapshot_isolation'").stream()
                .map(row -> row.get("Value"))
                .findFirst();
        set("ON");
        bench.upgrade().upgrade();
    }

    @AfterEach
    void close() {
        setting.ifPresent(this::set);
    }

    /** MySQL has no such setting, and never refuses that. */
    private void set(Object value) {
        if (setting.isPresent()) {
            bench.database().run("SET GLOBAL innodb_snapshot_isolation = " + value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "START TRANSACTION; SELECT * FROM a; UPDATE a SET n = n + 1; SELECT SLEEP(1); INSERT INTO a VALUES (2, 0); COMMIT;",
                "SELECT * FROM a; SELECT SLEEP(1); UPDATE a SET n = n + 1;",
                "UPDATE a SET n = n + 1; INSERT INTO a SELECT 2, SLEEP(1) FROM a; DELETE FROM a WHERE id = 2;",
                "SET @s = 'UPDATE a SET n = n + 1 WHERE SLEEP(1) = 0'; PREPARE s FROM @s; EXECUTE s;",
            })
    void aScriptWhoseTransactionLastsOverSeveralRenewals(String script) {
        bench.with("V_410_A.sql", script.replace("; ", ";\n"));

        bench.upgrade().upgrade();

        assertThat(n()).isEqualTo(101);
    }

    @Test
    void aJavaMigrationThatTakesLongBetweenItsCheckpoints() {
        upgrade(new Slow());

        assertThat(n()).isEqualTo(102);
    }

    @Test
    void aBatchThatTakesLong() {
        upgrade(new Walk());

        assertThat(n()).isEqualTo(101);
    }

    @MigrationOptions(revision = "1")
    private record Slow() implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) throws Exception {
            for (int i = 0; i < 2; i++) {
                int n = context.jdbc()
                        .sql("SELECT n FROM a")
                        .query(Integer.class)
                        .single();
                context.jdbc().sql("SELECT SLEEP(1)").query(Integer.class).single();
                context.jdbc().sql("UPDATE a SET n = ?").param(n + 1).update();
                context.checkpoint("row", Integer.toString(i));
            }
        }
    }

    @MigrationOptions(revision = "1", phase = "migrate")
    private record Walk() implements BatchedMigration {
        @Override
        public Batches batches() {
            return Batches.of("a", "id").run("UPDATE a SET n = n + 1 WHERE id BETWEEN ? AND ? AND SLEEP(1) = 0");
        }
    }

    private void upgrade(JavaMigration migration) {
        DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(Map.of("V_4_1_0_A", migration))
                .build()
                .upgrade();
    }

    private int n() {
        return bench.value(Integer.class, "SELECT n FROM cloud.a WHERE id = 1");
    }
}
