package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that look at databases and upgrade them, each in a process of its own. */
@UpgradeDatabase
class UpgradeCommandsTest {

    @TempDir
    Path folder;

    ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase empty) {
        bench = new ToolBench(folder, empty);
    }

    @Test
    void withoutSchemasTheDatabaseOfTheUrlIsUpgraded() {
        TestDatabase database = bench.database();
        database.run("CREATE DATABASE cloud");

        ToolProcess.Ending ending =
                bench.run("upgrade", "--url", database.server().jdbcUrl("cloud"));

        assertThat(ending.code()).isEqualTo(ExitCode.DONE);
        assertThat(database.count("cloud.a")).isEqualTo(2);
        assertThat(database.rows("SHOW DATABASES LIKE 'cloud_usage'")).isEmpty();
    }

    @Test
    void withoutSchemasAUrlWithoutDatabaseIsRefused() {
        ToolProcess.Ending ending =
                bench.run("upgrade", "--url", bench.database().jdbcUrl());

        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.err()).contains("names no database", "--schemas");
    }

    @Test
    void anUpgradeIsSeenBeforeWhileAndAfter() {
        JsonNode before = bench.run("status", "--json").json();
        assertThat(before.get("database").isNull()).isTrue();
        assertThat(before.get("pending").size()).isEqualTo(2);

        ToolProcess.Ending plan = bench.run("plan");
        assertThat(plan.code()).isEqualTo(ExitCode.DONE);
        assertThat(plan.out()).contains("way: nothing -> 4.0.0 -> 4.1.0", "V_400_A__install.sql", "expand");

        JsonNode upgrade = bench.run("upgrade", "--json").json();
        assertThat(upgrade.get("to").asString()).isEqualTo("4.1.0");
        assertThat(upgrade.get("runs").findValuesAsString("script"))
                .containsExactly("V_400_A__install.sql", "V_410_A__more.sql");

        ToolProcess.Ending after = bench.run("status");
        assertThat(after.code()).isEqualTo(ExitCode.DONE);
        assertThat(after.out()).contains("database: 4.1.0", "pending:  nothing");
        assertThat(bench.database().count("cloud.a")).isEqualTo(2);
    }

    @Test
    void aPlanTellsRowsAndHowTheServerChangesATable() {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        bench.database().run("ANALYZE TABLE cloud.a");
        bench.with("V_420_A__key.sql", "ALTER TABLE a MODIFY COLUMN b BIGINT;")
                .with("V_430_A__drop.sql", "DROP TABLE a;");

        JsonNode steps = bench.run("plan", "--json").json().get("steps");

        assertThat(steps.findValuesAsString("phase")).containsExactly("expand", "contract");
        assertThat(steps.get(0).get("tables").get(0).get("way").asString()).startsWith("COPY");
        assertThat(steps.get(0).get("tables").get(0).get("rows").asInt()).isEqualTo(2);
    }

    @Test
    void theChecksBeforeAnUpgradeCanBeRunAlone() {
        ToolProcess.Ending fine = bench.run("preflight");
        assertThat(fine.code()).isEqualTo(ExitCode.DONE);
        assertThat(fine.out()).contains("ok    privileges", "ok    disk space");

        bench.database().run("DROP USER IF EXISTS limited; CREATE USER limited; GRANT SELECT ON *.* TO limited");
        try {
            ToolProcess tool = bench.tool().with("DBUPGRADE_USER", "limited").with("DBUPGRADE_PASSWORD", "");
            String locations = "--locations=filesystem:" + bench.migrations();
            ToolProcess.Ending stop = tool.run("preflight", "--schemas=cloud,cloud_usage", locations);
            assertThat(stop.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(stop.out()).contains("stop  privileges: The account lacks", "GRANT ");
            assertThat(tool.run("upgrade", "--schemas=cloud,cloud_usage", locations)
                            .code())
                    .isEqualTo(ExitCode.REFUSED);
        } finally {
            bench.database().run("DROP USER limited");
        }
    }

    @Test
    void aDryRunPrintsTheSqlAndRunsNothing() {
        ToolProcess.Ending ending = bench.run("upgrade", "--dry-run");

        assertThat(ending.code()).isEqualTo(ExitCode.DONE);
        assertThat(ending.out()).contains("-- V_410_A__more.sql, expand", "ALTER TABLE a ADD COLUMN b INT;");
        assertThat(bench.database().rows("SHOW DATABASES LIKE 'cloud'")).isEmpty();
    }

    @Test
    void aTargetStopsOnTheWay() {
        assertThat(bench.run("upgrade", "--target", "4.0.0").code()).isEqualTo(ExitCode.DONE);

        assertThat(bench.run("status").out()).contains("database: 4.0.0", "pending:  1 migration");
    }

    @Test
    void aFailedUpgradeEndsWithOneAndGoesOnWhenItIsRepaired() {
        bench.with("V_420_A__broken.sql", "INSERT INTO a VALUES (3, 3);\nALTER TABLE a ADD COLUMN b INT;");

        ToolProcess.Ending failed = bench.run("upgrade");
        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err()).contains("V_420_A__broken.sql", "error 1060");

        bench.with("V_420_A__broken.sql", "INSERT INTO a VALUES (3, 3);\nALTER TABLE a ADD COLUMN c INT;");
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.database().count("cloud.a")).isEqualTo(3);
    }

    @Test
    void anInterruptedUpgradeAsksTheOperatorWhereNobodyElseCanTell() {
        bench.with(
                "V_420_A__call.sql",
                "CREATE PROCEDURE p() BEGIN INSERT INTO a VALUES (7, 7); COMMIT; DO SLEEP(60); END;\nCALL p();");
        ToolProcess.Running upgrade = bench.start("upgrade");
        awaitStatement("SLEEP(60)");
        upgrade.process().destroyForcibly();
        assertThat(upgrade.ending().status()).isNotZero();
        endStatement("SLEEP(60)");

        ToolProcess.Ending refused = bench.run("upgrade");
        assertThat(refused.code()).isEqualTo(ExitCode.DECISION_NEEDED);
        assertThat(refused.err()).contains(FindingCode.MIGRATION_INTERRUPTED.name(), "statement 2 of 2");
        assertThat(bench.run("status").code()).isEqualTo(ExitCode.DECISION_NEEDED);

        assertThat(bench.run("resolve", "--done", "V_420_A__call.sql").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("resolve", "--rerun", "V_420_A__call.sql").code()).isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void controlCLeavesAnUpgradeThatGoesOn() throws Exception {
        bench.with(
                "V_420_A__slow.sql", "INSERT INTO a VALUES (3, 3);\nSELECT SLEEP(60);\nINSERT INTO a VALUES (4, 4);");
        ToolProcess.Running upgrade = bench.start("upgrade");
        awaitStatement("SLEEP(60)");

        upgrade.controlC();
        ToolProcess.Ending stopped = upgrade.ending();
        assertThat(stopped.status()).isEqualTo(130);
        assertThat(stopped.err()).contains("start the same command again, and it goes on there");
        endStatement("SLEEP(60)");

        bench.with("V_420_A__slow.sql", "INSERT INTO a VALUES (3, 3);\nSELECT SLEEP(0);\nINSERT INTO a VALUES (4, 4);");
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.database().count("cloud.a")).isEqualTo(4);
    }

    @Test
    void statusNamesWhoUpgradesMeanwhile() {
        bench.with("V_420_A__slow.sql", "SELECT SLEEP(60);");
        ToolProcess.Running upgrade = bench.start("upgrade");
        awaitStatement("SLEEP(60)");

        ToolProcess.Ending status = bench.run("status");

        assertThat(status.out()).contains("upgrader: ", "4.2.0 A  slow");
        upgrade.process().destroyForcibly();
        assertThat(upgrade.ending().status()).isNotZero();
        endStatement("SLEEP(60)");
    }

    @Test
    void databasesOfUnknownOriginGetABaseline() {
        bench.database().run("CREATE DATABASE cloud; CREATE DATABASE cloud_usage; CREATE TABLE cloud.a (id INT)");

        ToolProcess.Ending refused = bench.run("upgrade");
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);

        assertThat(bench.run("baseline", "4.0.0").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("status").out()).contains("database: 4.0.0");
        assertThat(bench.run("baseline", "4.0.0").code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(bench.run("upgrade").out()).contains("from 4.0.0 to 4.1.0");
    }

    @Test
    void releasesAreDrawn() throws IOException {
        assertThat(bench.run("graph").out()).contains("* 4.1.0", "* 4.0.0");

        Path picture = folder.resolve("releases.svg");
        assertThat(bench.start("graph", "--svg", picture.toString()).ending().code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(picture)).startsWith("<svg").contains("4.1.0");
        ToolProcess.Ending nowhere =
                bench.start("graph", "--svg", "nowhere/at/all.svg").ending();
        assertThat(nowhere.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(nowhere.err()).contains("all.svg");
    }

    private void awaitStatement(String part) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isRunning(part));
    }

    private boolean isRunning(String part) {
        return bench.database().rows("SHOW FULL PROCESSLIST").stream()
                .anyMatch(row -> String.valueOf(row.get("Info")).contains(part)
                        && !String.valueOf(row.get("Info")).startsWith("CREATE"));
    }

    /** What a dead process left running would be waited for. */
    private void endStatement(String part) {
        bench.database().rows("SHOW FULL PROCESSLIST").stream()
                .filter(row -> String.valueOf(row.get("Info")).contains(part))
                .forEach(row -> bench.database().run("KILL QUERY " + row.get("Id")));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !isRunning(part));
    }
}
