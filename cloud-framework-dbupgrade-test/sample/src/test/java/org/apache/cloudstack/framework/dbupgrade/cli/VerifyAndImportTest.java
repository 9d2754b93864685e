package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whether it worked, and how a legacy tree gets here, each command in a process of its own. */
@UpgradeDatabase
class VerifyAndImportTest {

    @TempDir
    Path folder;

    ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase empty) {
        bench = new ToolBench(folder, empty);
    }

    @Test
    void aChangeByHandIsADifference() {
        bench.with("T_410_A__rows.sql", "SELECT id FROM a WHERE b < 0;");
        assertThat(bench.run("upgrade").out()).contains("carries no snapshot");
        assertThat(bench.run("verify").code()).as("nothing to compare with").isEqualTo(ExitCode.REFUSED);
        assertThat(bench.run("snapshot", bench.migrations().toString()).code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.migrations().resolve("schema/4.1.0.json")).exists();
        assertThat(bench.run("verify").code()).isEqualTo(ExitCode.DONE);

        bench.database().run("ALTER TABLE cloud.a MODIFY b BIGINT; INSERT INTO cloud.a VALUES (9, -1)");

        ToolProcess.Ending people = bench.run("verify");
        assertThat(people.code()).isEqualTo(ExitCode.DIFFERENCES);
        assertThat(people.out()).contains("cloud.a.b", "bigint", "T_410_A__rows.sql:1");
        JsonNode machines = bench.run("verify", "--json").json();
        assertThat(machines.get("differences").get(0).get("object").asString()).isEqualTo("cloud.a.b");
        assertThat(machines.get("rowsFound").get(0).get("rows").asInt()).isEqualTo(1);
    }

    @Test
    void anUpgradeThatMakesSomethingElseThanItsReleaseSaysSo() {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("snapshot", bench.migrations().toString()).code()).isEqualTo(ExitCode.DONE);
        bench.database()
                .run("DROP DATABASE cloud; DROP DATABASE cloud_usage; CREATE DATABASE cloud_usage;"
                        + " CREATE TABLE cloud_usage.forgotten (id INT)");
        assertThat(bench.run("upgrade", "--no-verify").code()).isEqualTo(ExitCode.REFUSED);
        bench.database().run("DROP TABLE cloud_usage.forgotten");
        assertThat(bench.run("upgrade", "--target", "4.0.0").code()).isEqualTo(ExitCode.DONE);
        bench.database().run("CREATE TABLE cloud.operators_own (id INT)");

        ToolProcess.Ending ending = bench.run("upgrade");

        assertThat(ending.code()).isEqualTo(ExitCode.DIFFERENCES);
        assertThat(ending.out()).contains("from 4.0.0 to 4.1.0", "cloud.operators_own");
    }

    @Test
    void aLegacyTreeBecomesMigrationsThatUpgrade() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("create-schema.sql"), "CREATE TABLE vm (id INT);\n");
        Files.writeString(
                tree.resolve("schema-40to410.sql"), "--no blank after them\nALTER TABLE vm ADD COLUMN name INT;\n");
        Files.writeString(tree.resolve("schema-40to410-cleanup.sql"), "DELETE FROM vm;\nDELETE FROM vm");
        Path target = folder.resolve("imported");
        String[] command = {"import", tree.toString(), "--base", "create-schema.sql=4.0.0", "--into", target.toString()
        };

        ToolProcess.Ending ending = bench.tool().run(command);

        assertThat(ending.code()).as(ending.out()).isEqualTo(ExitCode.DONE);
        assertThat(ending.out()).contains("schema-40to410.sql -> ", "no semicolon at its end", "Written into");
        ToolProcess.Ending upgrade =
                bench.tool().run("upgrade", "--schemas", "cloud", "--locations", "filesystem:" + target, "--json");
        assertThat(upgrade.json().get("to").asString()).isEqualTo("4.1.0");
        assertThat(bench.tool().run(command).code())
                .as("the directory is not empty")
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void aDoubtfulVersionIsAskedForAndNothingIsWritten() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("create-schema.sql"), "CREATE TABLE vm (id INT);\n");
        Files.writeString(tree.resolve("schema-40to41100.sql"), "ALTER TABLE vm ADD COLUMN name INT;\n");
        Path target = folder.resolve("imported");

        ToolProcess.Ending asked = bench.tool()
                .run(
                        "import",
                        tree.toString(),
                        "--base",
                        "create-schema.sql=4.0.0",
                        "--into",
                        target.toString(),
                        "--json");
        assertThat(asked.code()).isEqualTo(ExitCode.DECISION_NEEDED);
        assertThat(asked.json().get("doubts").get(0).get("subject").asString()).isEqualTo("41100");
        assertThat(target).doesNotExist();

        ToolProcess.Ending answered = bench.tool()
                .run(
                        "import",
                        tree.toString(),
                        "--base",
                        "create-schema.sql=4.0.0",
                        "--version-of",
                        "41100=4.11.0.0",
                        "--into",
                        target.toString());
        assertThat(answered.code()).as(answered.out()).isEqualTo(ExitCode.DONE);
        assertThat(target.resolve("releases.yaml")).content().contains("4.11.0");
    }

    @Test
    void whatIsNoTreeIsWrongUse() {
        assertThat(bench.tool().run("import", "nowhere").code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(bench.tool().run("import", ".", "--follows", "4.6.0").err()).contains("<name>=<value>");
    }
}
