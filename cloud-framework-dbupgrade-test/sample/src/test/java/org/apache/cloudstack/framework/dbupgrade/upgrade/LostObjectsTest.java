package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal has for done and the databases lack, as after a restore without routines, is made again or reported. */
@UpgradeDatabase
class LostObjectsTest {

    private static final String IDEMPOTENT_ADD = """
            DROP PROCEDURE IF EXISTS idem_add;
            CREATE PROCEDURE idem_add(IN t VARCHAR(60), IN c VARCHAR(60), IN d VARCHAR(60))
            BEGIN
              DECLARE CONTINUE HANDLER FOR 1060 BEGIN END;
              SET @ddl = CONCAT('ALTER TABLE ', t, ' ADD COLUMN ', c, ' ', d);
              PREPARE s FROM @ddl; EXECUTE s; DEALLOCATE PREPARE s;
            END;
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_100_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY);");
    }

    private void at(String release) {
        bench.settings(settings -> settings.withRelease(release));
    }

    @Test
    void aRepeatableWhoseProcedureIsGoneRunsAgain() {
        bench.with("R_idempotent_add.sql", "-- dbupgrade: when=before\n" + IDEMPOTENT_ADD)
                .with("R_vmv.sql", "CREATE OR REPLACE VIEW vmv AS SELECT id FROM vm;")
                .with("V_110_A.sql", "CALL idem_add('vm', 'b', 'INT');");
        at("1.0.0");
        bench.upgrade().upgrade();
        bench.database().run("DROP PROCEDURE cloud.idem_add; DROP VIEW cloud.vmv");
        at("1.1.0");

        UpgradeReport report = bench.upgrade().upgrade();

        assertThat(report.runs())
                .extracting(UpgradeReport.Run::script)
                .containsExactly("R_idempotent_add.sql", "V_110_A.sql", "R_vmv.sql");
        assertThat(report.notes()).contains("R_idempotent_add.sql ran again: the procedure cloud.idem_add is missing.");
        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void aProcedureThatTheLastMigrationDropsIsNotMissing() {
        bench.with("R_helper.sql", "-- dbupgrade: when=before\n" + IDEMPOTENT_ADD)
                .with("V_100_B.sql", "DROP PROCEDURE idem_add;")
                .with("V_110_A.sql", "ALTER TABLE vm ADD b INT;");
        at("1.0.0");
        bench.upgrade().upgrade();
        at("1.1.0");

        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql");
    }

    @Test
    void aProcedureThatNothingMakesAgainStopsTheUpgradeBeforeItStarts() {
        bench.with("V_100_B.sql", IDEMPOTENT_ADD)
                .with("V_110_A.sql", "ALTER TABLE vm ADD c INT;\nCALL idem_add('vm', 'b', 'INT');");
        at("1.0.0");
        bench.upgrade().upgrade();
        bench.database().run("DROP PROCEDURE cloud.idem_add");
        at("1.1.0");

        assertThat(bench.refusedFor(FindingCode.OBJECT_MISSING).problem())
                .contains("V_110_A.sql, line 2", "procedure cloud.idem_add", "V_100_B.sql");
        assertThat(
                        bench.value(
                                Integer.class,
                                "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'cloud' AND table_name = 'vm'"))
                .isEqualTo(1);
    }

    @Test
    void aTableThatIsGoneStopsTheUpgradeBeforeItStarts() {
        bench.with("V_100_B.sql", "CREATE TABLE host (id INT PRIMARY KEY);")
                .with(
                        "V_110_A.sql",
                        "CREATE TABLE made (id INT PRIMARY KEY);\nALTER TABLE made ADD a INT;\n"
                                + "RENAME TABLE made TO named;\nINSERT INTO named VALUES (1, 1);")
                .with("V_110_B.sql", "ALTER TABLE host ADD b INT;");
        at("1.0.0");
        bench.upgrade().upgrade();
        bench.database().run("DROP TABLE cloud.host");
        at("1.1.0");

        assertThat(bench.refusedFor(FindingCode.OBJECT_MISSING).problem())
                .contains("V_110_B.sql, line 1", "table cloud.host", "V_100_B.sql");
        bench.database().run("CREATE TABLE cloud.host (id INT PRIMARY KEY)");
        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql", "V_110_B.sql");
    }
}
