package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interruptions find the migrations that do not go on where they were interrupted. */
@UpgradeDatabase
class FaultsOfInterruptionTest {

    @TempDir
    Path folder;

    Rehearsal rehearsal;

    @BeforeEach
    void open(MigratedDatabase empty) {
        rehearsal = new Rehearsal(folder, empty);
    }

    @Test
    void aStatementWhoseEffectCannotBeSeenIsFound() {
        rehearsal.with("V_410_A.sql", """
                SET @change = (SELECT CONCAT('ALTER TABLE a ADD COLUMN size', COUNT(*), ' INT') FROM a);
                PREPARE change_table FROM @change;
                EXECUTE change_table;
                """);

        assertThat(rehearsal.killedEverywhere().toString())
                .contains(
                        "V_410_A.sql:3, after statement 3 of 3, before its checkpoint: EXECUTE change_table",
                        "The next upgrade asks the operator: V_410_A.sql was interrupted in statement 3 of 3 (line 3)",
                        ".withOperatorFor(\"V_410_A.sql\")",
                        ".replaying(\"V_410_A.sql#2:after-statement\")");
    }

    @Test
    void anOperatorWhoIsAllowedSaysWhatIsTrue() {
        rehearsal.with("V_410_A.sql", """
                CREATE PROCEDURE grow() ALTER TABLE a ADD COLUMN size INT;
                CALL grow();
                DROP PROCEDURE grow;
                """);

        assertThatThrownBy(() ->
                        Interruptions.everywhere().of(rehearsal.database()).assertResumes())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("asks the operator");
        Interruptions.everywhere()
                .of(rehearsal.database())
                .withOperatorFor("V_410_A.sql")
                .assertResumes();
    }

    @Test
    void aJavaMigrationThatIgnoresItsCheckpointIsFound() {
        rehearsal.with("V_4_1_0_A", context -> RowByRow.insert(context, 0));

        assertThat(rehearsal.killedEverywhere().faults())
                .as("after each checkpoint, and each row that comes after one")
                .hasSize(2 * RowByRow.COUNT - 1)
                .allSatisfy(fault -> assertThat(fault.findings())
                        .singleElement()
                        .asString()
                        .startsWith("Rows of cloud.a: expected 4, found "));
    }

    @Test
    void aJavaMigrationThatSetsItsCheckpointTooEarlyIsFound() {
        rehearsal.with("V_4_1_0_A", context -> {
            for (int id = RowByRow.behind(context); id < RowByRow.COUNT; id++) {
                context.checkpoint("row", Integer.toString(id));
                context.jdbc().sql("INSERT INTO a (id) VALUES (?)").param(id).update();
            }
        });

        assertThat(rehearsal.killedEverywhere().faults()).isNotEmpty().allSatisfy(fault -> assertThat(fault.findings())
                .containsExactly("Rows of cloud.a: expected 4, found 3"));
    }

    @Test
    void aDefinitionThatAJavaMigrationCannotRepeatIsFound() {
        rehearsal.with("V_4_1_0_A", context -> {
            context.jdbc().sql("CREATE TABLE b (id INT)").update();
            context.jdbc().sql("INSERT INTO b VALUES (1)").update();
        });

        assertThat(rehearsal.killedEverywhere().faults())
                .extracting(fault -> fault.moment().key())
                .containsExactly("V_4_1_0_A#1:after-statement", "V_4_1_0_A#2:after-statement");
        assertThat(rehearsal.killedEverywhere().toString())
                .contains("The next upgrade stopped: V_4_1_0_A failed", "error 1050");
    }

    @Test
    void aStatementWhoseRowsCannotBeRolledBackIsFound() {
        rehearsal.with("V_400_B.sql", "CREATE TABLE log (text VARCHAR(20)) ENGINE = MyISAM;");
        rehearsal.database().upgrade();
        rehearsal.with("V_410_A.sql", "INSERT INTO log VALUES ('begun');");

        assertThat(rehearsal.killedEverywhere().faults()).isNotEmpty().allSatisfy(fault -> assertThat(fault.findings())
                .singleElement()
                .asString()
                .contains("asks the operator: V_410_A.sql was interrupted in statement 1 of 1"));
        Interruptions.everywhere()
                .of(rehearsal.database())
                .withOperatorFor("V_410_A.sql")
                .assertResumes();
    }

    @Test
    void valuesThatDependOnTheInterruptionAreFound() {
        rehearsal.with("V_4_1_0_A", context -> {
            String begun = context.checkpointed("begun").isPresent() ? "again" : "once";
            context.checkpoint("begun");
            context.jdbc().sql("INSERT INTO a VALUES (1, ?)").param(begun).update();
        });

        assertThat(rehearsal.killedEverywhere().faults()).isNotEmpty().allSatisfy(fault -> assertThat(fault.findings())
                .singleElement()
                .asString()
                .startsWith("Rows of cloud.a: expected other values in name")
                .doesNotContain("again", "once"));
    }

    @Test
    void aSchemaThatDependsOnTheInterruptionIsFound() {
        rehearsal.with("V_4_1_0_A", context -> {
            int length = context.checkpointed("begun").isPresent() ? 40 : 30;
            context.checkpoint("begun");
            context.jdbc()
                    .sql("ALTER TABLE a MODIFY COLUMN name VARCHAR(" + length + ")")
                    .update();
        });

        assertThat(rehearsal.killedEverywhere().faults().get(0).findings())
                .singleElement()
                .asString()
                .startsWith("Schema: column cloud.a.name: expected varchar(30)");
    }

    @Test
    void aVariableThatWasReadFromRowsThatChangeKeepsItsValue() {
        rehearsal.with("V_410_A.sql", """
                SET @rows = (SELECT COUNT(*) FROM a);
                INSERT INTO a (id) VALUES (1);
                ALTER TABLE a ADD COLUMN size INT;
                UPDATE a SET size = @rows;
                """);

        assertThat(rehearsal.killedEverywhere().faults()).isEmpty();
    }
}
