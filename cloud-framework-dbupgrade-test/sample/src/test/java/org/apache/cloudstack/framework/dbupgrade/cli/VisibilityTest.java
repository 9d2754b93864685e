package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What an account may not see is no difference of the schema: the message names what is not shown, and the grant that shows it. */
@UpgradeDatabase
class VisibilityTest {

    @TempDir
    Path folder;

    ToolBench bench;

    @BeforeEach
    void installEverythingThatASchemaHas(MigratedDatabase empty) {
        bench = new ToolBench(folder, empty);
        bench.with("V_411_A__code.sql", """
                CREATE TABLE p (id INT PRIMARY KEY);
                CREATE TABLE c (id INT PRIMARY KEY, p INT, CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id));
                CREATE VIEW v AS SELECT id FROM p;
                CREATE TRIGGER t BEFORE INSERT ON p FOR EACH ROW SET NEW.id = 4;
                CREATE PROCEDURE r (IN a INT) SELECT a;
                CREATE FUNCTION f (a INT) RETURNS INT DETERMINISTIC RETURN a;
                """);
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("snapshot", bench.migrations().toString()).code()).isEqualTo(ExitCode.DONE);
        bench.database()
                .run("DROP USER IF EXISTS viewer; CREATE USER viewer IDENTIFIED BY '"
                        + bench.database().server().password() + "'");
    }

    @AfterEach
    void dropTheAccount() {
        bench.database().run("DROP USER viewer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT | views, triggers, procedures, functions | GRANT SHOW VIEW, TRIGGER ON `cloud`.* TO 'viewer'",
                "SELECT, SHOW VIEW, TRIGGER, EXECUTE | procedures, functions | TO 'viewer'",
                "SELECT, SHOW VIEW, EXECUTE | triggers, procedures, functions | GRANT TRIGGER ON `cloud`.* TO 'viewer'"
            })
    void whatIsNotShownIsNamedWithItsGrant(String privileges, String hidden, String grant) {
        grant(privileges);

        ToolProcess.Ending ending = bench.run("verify", "--user", "viewer", "--json");

        JsonNode problem = ending.json().get("problems").get(0);
        assertThat(ending.json().get("differences")).as(ending.out()).isEmpty();
        assertThat(problem.get("code").asString()).isEqualTo(FindingCode.SCHEMA_NOT_VISIBLE.name());
        assertThat(problem.get("problem").asString().replace("foreign keys, ", ""))
                .contains("all " + hidden);
        assertThat(problem.get("remedy").asString()).contains(grant);
        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void whatTheMessageGrantsShowsAll() {
        grant("SELECT");
        String cure = bench.run("verify", "--user", "viewer", "--json")
                .json()
                .get("problems")
                .get(0)
                .get("remedy")
                .asString();

        bench.database().run(cure.replaceFirst(".*?: ", "").replaceFirst("\\.$", ""));

        ToolProcess.Ending ending = bench.run("verify", "--user", "viewer");
        assertThat(ending.code()).as(ending.out() + ending.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aRealDifferenceIsShownBesideWhatIsHidden() {
        grant("SELECT");
        bench.database().run("ALTER TABLE cloud.p ADD COLUMN own INT");

        ToolProcess.Ending ending = bench.run("verify", "--user", "viewer");

        assertThat(ending.code()).isEqualTo(ExitCode.DIFFERENCES);
        assertThat(ending.out()).contains("cloud.p.own", "1 difference of schema", "GRANT ");
    }

    @Test
    void noSnapshotIsWrittenOfWhatIsSeenInPart() {
        grant("SELECT");
        Path target = folder.resolve("other");

        ToolProcess.Ending ending = bench.run("snapshot", target.toString(), "--user", "viewer");

        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.err()).contains(FindingCode.SCHEMA_NOT_VISIBLE.name());
        assertThat(Files.exists(target.resolve("schema"))).isFalse();
    }

    @Test
    void aPlanIsShownWithWhatWouldStopIt() {
        grant("SELECT, SHOW VIEW");
        bench.with("V_412_A__more.sql", "CREATE TABLE more (id INT);");

        ToolProcess.Ending ending = bench.run("plan", "--user", "viewer");

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        assertThat(ending.out()).contains("V_412_A", "stop  privileges: The account lacks", "GRANT ");
        JsonNode check = bench.run("plan", "--user", "viewer", "--json")
                .json()
                .get("checks")
                .get(0);
        assertThat(check.get("level").asString()).isEqualTo("stop");
    }

    private void grant(String privileges) {
        bench.database()
                .run("GRANT " + privileges + " ON cloud.* TO viewer; GRANT " + privileges
                        + " ON cloud_usage.* TO viewer");
    }
}
