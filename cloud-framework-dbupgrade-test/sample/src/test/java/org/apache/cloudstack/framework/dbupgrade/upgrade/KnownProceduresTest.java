package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.preflight.PlanInspection;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.preflight.StepImpact;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.InterruptionReport;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Moment;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helper procedure that the migrations carry is understood where it is called: its phase, its conflicts and its effect. */
@UpgradeDatabase
class KnownProceduresTest {

    private static final String HELPER = """
            -- dbupgrade: when=before
            DROP PROCEDURE IF EXISTS add_column;
            DELIMITER //
            CREATE PROCEDURE add_column(IN t VARCHAR(64), IN c VARCHAR(64), IN d VARCHAR(64))
            BEGIN
              DECLARE CONTINUE HANDLER FOR 1060 BEGIN END;
              SET @s = CONCAT('ALTER TABLE ', t, ' ADD COLUMN ', c, ' ', d);
              PREPARE s FROM @s; EXECUTE s; DEALLOCATE PREPARE s;
            END //
            DELIMITER ;
            """;

    private static final String LINES = """
            1.0.0: {}
            1.0.1: {follows: 1.0.0}
            1.1.0: {follows: 1.0.0}
            1.2.0: {follows: [1.0.1, 1.1.0]}
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("R_add_column.sql", HELPER)
                .with("V_100_A.sql", "CREATE TABLE t (id INT PRIMARY KEY); CREATE TABLE u (id INT PRIMARY KEY);");
    }

    @Test
    void callsInParallelLinesRunWithoutAWord() {
        bench.with("releases.yaml", LINES)
                .with("V_101_A.sql", "CALL add_column('t', 'a', 'INT NULL');")
                .with("V_110_A.sql", "CALL add_column('u', 'b', 'INT NULL');")
                .with("V_120_A.sql", "CREATE TABLE v (id INT PRIMARY KEY);");

        assertThat(bench.scriptsRun()).contains("V_101_A.sql", "V_110_A.sql");
        assertThat(columns()).isEqualTo("t.a,t.id,u.b,u.id");
    }

    @Test
    void aCallIsReadAlsoWhenTheProcedureIsThereAlready() throws SQLException {
        bench.upgrade().upgrade();
        bench.with("V_110_A.sql", "CALL add_column('t', 'a', 'INT NULL');");

        PlanImpact preview = bench.upgrade().preview();
        assertThat(preview.steps())
                .filteredOn(step -> step.step().migration().script().equals("V_110_A.sql"))
                .extracting(StepImpact::phase)
                .containsExactly(Phase.EXPAND);
        try (Connection connection = bench.database().dataSource().getConnection()) {
            assertThat(PlanInspection.of(
                                    connection, preview.plan(), bench.database().names())
                            .operations())
                    .hasAtLeastOneElementOfType(ColumnOperation.AddColumn.class);
        }
    }

    @Test
    void anInterruptedCallGoesOnByItself() {
        bench.upgrade().upgrade();
        bench.with("V_110_A.sql", """
                CALL add_column('t', 'a', 'INT NULL');
                CALL add_column('u', 'b', 'INT NULL');
                SET @s = (SELECT IF(EXISTS(SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE()
                    AND table_name = 't' AND column_name = 'c'), 'SELECT 1', 'ALTER TABLE t ADD COLUMN c INT NULL'));
                PREPARE s FROM @s;
                EXECUTE s;
                """);

        InterruptionReport report = Interruptions.everywhere()
                .only(Moment.Kind.STATEMENT, Moment.Kind.CHECKPOINT)
                .of(new MigratedDatabase(bench.database(), bench.settings(), UnaryOperator.identity()))
                .verify();

        assertThat(report.isGood()).as(report.toString()).isTrue();
    }

    private String columns() {
        return bench.value(
                String.class,
                "SELECT GROUP_CONCAT(CONCAT(table_name, '.', column_name) ORDER BY 1) FROM information_schema.columns"
                        + " WHERE table_schema = 'cloud' AND table_name IN ('t', 'u')");
    }
}
