package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an operator learns from {@code status}, whatever state the databases are in. */
@UpgradeDatabase
class StatusTest {

    private static final String BROKEN = "V_420_A__broken.sql";

    @TempDir
    Path folder;

    private ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new ToolBench(folder, database);
    }

    @Test
    void afterAFailureItNamesStatementErrorAndTheCommandThatGoesOn() {
        failedUpgrade();

        ToolProcess.Ending status = bench.run("status");

        assertThat(status.code()).isEqualTo(ExitCode.FAILED);
        assertThat(status.out())
                .contains(
                        "database: 4.1.0",
                        "pending:  1 migration",
                        "half done: " + BROKEN + ", statement 2 of 3 (line 2)")
                .contains("MIGRATION_FAILED", "ALTER TABLE a ADD COLUMN b INT", "error 1060", "dbupgrade upgrade");
    }

    @Test
    void afterAFailureMachinesLearnTheSame() {
        failedUpgrade();

        JsonNode status = bench.run("status", "--json").json();

        assertThat(status.get("problems").findValuesAsString("code")).containsExactly("MIGRATION_FAILED");
        assertThat(status.get("halfDone").get(0).get("statement").asInt()).isEqualTo(2);
        assertThat(status.get("halfDone").get(0).get("error").asString()).contains("error 1060");
        assertThat(status.get("upToDate").asBoolean()).isFalse();
        assertThat(status.get("pending").get(0).asString()).isEqualTo(BROKEN);
    }

    @Test
    void whatWasRepairedIsHalfDoneNoMore() {
        failedUpgrade();
        bench.with(BROKEN, "INSERT INTO a VALUES (3, 3);\nALTER TABLE a ADD COLUMN c INT;")
                .run("upgrade");

        ToolProcess.Ending status = bench.run("status", "--json");

        assertThat(status.code()).isEqualTo(ExitCode.DONE);
        assertThat(status.json().get("halfDone")).isEmpty();
        assertThat(bench.database().rows("SELECT failure FROM cloud.dbupgrade_journal WHERE failure IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void anInterruptedMigrationIsHalfDoneWithoutAnError() {
        failedUpgrade();
        bench.with(BROKEN, "INSERT INTO a VALUES (3, 3);\nUPDATE a SET b = 0;\nINSERT INTO a VALUES (4, 4);");
        running();

        ToolProcess.Ending status = bench.run("status");

        assertThat(status.code()).isEqualTo(ExitCode.FAILED);
        assertThat(status.out()).contains("MIGRATION_UNFINISHED", "statement 2 of 3", "Run dbupgrade upgrade again");
    }

    @Test
    void aStatementOfUnknownOutcomeIsShownWithTheCommandsThatSettleIt() {
        failedUpgrade();
        bench.with(BROKEN, "INSERT INTO a VALUES (3, 3);\nCALL fill();\nINSERT INTO a VALUES (4, 4);");
        running();

        ToolProcess.Ending status = bench.run("status");

        assertThat(status.code()).isEqualTo(ExitCode.DECISION_NEEDED);
        assertThat(status.out())
                .contains("database: 4.1.0", "pending:  1 migration", "CALL fill()")
                .contains("dbupgrade resolve --done " + BROKEN, "dbupgrade resolve --rerun " + BROKEN)
                .doesNotContain("DatabaseUpgrade");
    }

    @Test
    void refusedDatabasesAreShownWithTheirReleaseAndWhatIsPending() {
        bench.run("upgrade");
        bench.with("V_410_A__more.sql", "ALTER TABLE a ADD COLUMN other INT;").with("V_420_A__c.sql", "SELECT 1;");

        ToolProcess.Ending status = bench.run("status");

        assertThat(status.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(status.out()).contains("database: 4.1.0", "pending:  1 migration", "APPLIED_MIGRATION_CHANGED");
    }

    @Test
    void newerDatabasesAreShownWithTheirRelease() {
        bench.run("upgrade");

        ToolProcess.Ending status = bench.run("status", "--target", "4.0.0", "--rolling", "off");

        assertThat(status.out()).contains("database: 4.1.0", "code:     4.0.0", "DATABASE_NEWER", "--rolling off");
        assertThat(status.code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void databasesAreShownWhenTheMigrationsCannotBeRead() {
        bench.run("upgrade");
        bench.with("V_410_A__again.sql", "SELECT 1;");

        assertThat(bench.run("status").out()).contains("database: 4.1.0", "pending:  unknown", "DUPLICATE_SEQUENCE");
    }

    @Test
    void databasesOfUnknownOriginAreNotCalledEmpty() {
        bench.database().run("CREATE DATABASE cloud; CREATE TABLE cloud.a (id INT)");

        assertThat(bench.run("status").out())
                .contains("database: unknown", "pending:  unknown", "dbupgrade baseline 4.0.0")
                .doesNotContain("cloud.dbupgrade.baseline");
    }

    @Test
    void anUnfinishedUpgradeOfOtherSoftwareIsShownWithTheReleaseBefore() {
        bench.database()
                .run("CREATE DATABASE cloud; CREATE TABLE cloud.version (id INT, version CHAR(40), updated DATETIME,"
                        + " step CHAR(32)); INSERT INTO cloud.version VALUES (1, '4.0.0', NOW(), 'Complete'),"
                        + " (2, '4.1.0', NOW(), 'Upgrade')");

        assertThat(bench.run("status").out())
                .contains("database: 4.0.0", "pending:  2 migrations", "LEGACY_UPGRADE_UNFINISHED");
    }

    @Test
    void recordsThatNobodyKnowsAreAProblemAndNoException() {
        bench.run("upgrade");
        bench.database().run("UPDATE cloud.dbupgrade_journal SET state = 'HELD' WHERE script LIKE 'V_410%'");

        ToolProcess.Ending status = bench.run("status");

        assertThat(status.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(status.out())
                .contains(FindingCode.RECORDS_UNREADABLE.name(), "database: 4.1.0", "says HELD of V_410_A__more.sql");
    }

    @Test
    void aJournalOfAnEarlierVersionGetsTheColumnOfTheErrors() {
        bench.run("upgrade");
        bench.database().run("ALTER TABLE cloud.dbupgrade_journal DROP COLUMN failure");
        assertThat(bench.run("status").code()).isEqualTo(ExitCode.DONE);

        failedUpgrade();

        assertThat(bench.run("status").out()).contains("error 1060");
    }

    @Test
    void namesAndNotesControlNoTerminal() {
        bench.run("upgrade");
        bench.run("pause", "--reason", "backup\u001B]0;owned\u0007\nforged: line");

        ToolProcess.Ending status = bench.run("status");

        assertThat(status.out())
                .contains("paused:   backup\\u001b]0;owned\\u0007")
                .doesNotContain("\u001B", "\u0007");
    }

    private void failedUpgrade() {
        bench.with(
                BROKEN, "INSERT INTO a VALUES (3, 3);\nALTER TABLE a ADD COLUMN b INT;\nINSERT INTO a VALUES (4, 4);");
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.FAILED);
    }

    /** As a process leaves it that is killed. */
    private void running() {
        bench.database()
                .run("UPDATE cloud.dbupgrade_journal SET state = 'RUNNING', failure = NULL WHERE script = '" + BROKEN
                        + "'");
    }
}
