package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verification queries hold for releases, only read, and report how many rows they find. */
@UpgradeDatabase
class VerificationQueriesTest {

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE a (id INT PRIMARY KEY, name VARCHAR(10));")
                .with("V_410_A.sql", "ALTER TABLE a ADD city VARCHAR(20);");
    }

    private Verification verification() {
        return bench.upgrade().verify();
    }

    private void at(String release) {
        bench.settings(settings -> settings.withRelease(release));
        bench.upgrade().upgrade();
    }

    @Test
    void queriesHoldFromTheirReleaseOnUntilTheOneTheyName() {
        bench.with("T_400_A.sql", "SELECT 1;\nSELECT 2;")
                .with("T_400_B.sql", "-- dbupgrade: until=4.1.0\nSELECT 1;")
                .with("T_410_A.sql", "SELECT city FROM a;\n\nSELECT 3 UNION SELECT 4");

        at("4.0.0");
        assertThat(verification().rowsFound())
                .extracting(Object::toString)
                .containsExactly("T_400_A.sql:1: 1 row", "T_400_A.sql:2: 1 row", "T_400_B.sql:2: 1 row");
        at("4.1.0");
        assertThat(verification().rowsFound())
                .extracting(Object::toString)
                .containsExactly("T_400_A.sql:1: 1 row", "T_400_A.sql:2: 1 row", "T_410_A.sql:3: 2 rows");
        assertThat(verification().queriesRun()).isEqualTo(4);
    }

    @Test
    void queriesAreNoMigrations() {
        at("4.1.0");
        String journal = bench.value(
                String.class, "SELECT GROUP_CONCAT(script, change_id ORDER BY migration) FROM cloud.dbupgrade_journal");
        String release = bench.value(
                String.class, "SELECT GROUP_CONCAT(release_id ORDER BY release_version) FROM cloud.dbupgrade_release");
        bench.with("T_400_A.sql", "SELECT 1;");

        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
        assertThat(bench.value(
                        String.class,
                        "SELECT GROUP_CONCAT(script, change_id ORDER BY migration) FROM cloud.dbupgrade_journal"))
                .isEqualTo(journal);
        assertThat(bench.value(
                        String.class,
                        "SELECT GROUP_CONCAT(release_id ORDER BY release_version) FROM cloud.dbupgrade_release"))
                .isEqualTo(release);
    }

    @Test
    void rowsAreCountedUpToAThousand() {
        bench.with("T_400_A__many.sql", "SELECT 1 FROM a x, a y");
        at("4.0.0");
        for (int i = 1; i <= 40; i++) {
            bench.database().run("INSERT INTO cloud.a (id) VALUES (" + i + ")");
        }

        assertThat(verification().rowsFound())
                .singleElement()
                .asString()
                .isEqualTo("T_400_A__many.sql:1  many: at least 1000 rows");
    }

    @Test
    void aQueryThatFailsIsToldAndTheOthersRun() {
        bench.with("T_400_A.sql", "SELECT 1;\n\nSELECT no_such_column FROM a;").with("T_400_B.sql", "SELECT 1;");
        at("4.0.0");

        Verification verification = verification();

        assertThat(verification.rowsFound())
                .extracting(Verification.RowsFound::script)
                .containsExactly("T_400_A.sql", "T_400_B.sql");
        assertThat(verification.findings()).last().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.QUERY_FAILED);
            assertThat(finding.problem()).contains("T_400_A.sql, line 3,");
            assertThat(finding.evidence()).startsWith("error 1054");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM a",
                "SET @x = 1",
                "USE cloud_usage",
                "CREATE TABLE b (id INT)",
                "/*! DELETE FROM a */",
                "SELECT 1 INTO @x",
                "SELECT id FROM a FOR UPDATE",
                "WITH x AS (SELECT 1 AS id) DELETE FROM a WHERE id IN (SELECT id FROM x)",
                "-- nothing"
            })
    void whatIsNoQueryIsToldByLintAndVerifyAndIsNotRun(String statement) {
        bench.with("T_400_A.sql", "SELECT 1;\n" + statement + ";");
        if (statement.startsWith("--")) {
            bench.with("T_400_A.sql", statement);
        }
        at("4.0.0");

        assertThat(bench.upgrade().lint()).extracting(LintFinding::script).contains("T_400_A.sql");
        assertThat(verification().findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.SNAPSHOT_MISSING, FindingCode.QUERY_MALFORMED);
        assertThat(verification().queriesRun()).isZero();
    }

    @Test
    void theServerRefusesAQueryThatChangesSomething() {
        bench.with(
                        "R_sly.sql",
                        "CREATE FUNCTION sly() RETURNS INT DETERMINISTIC BEGIN INSERT INTO a (id) VALUES (7); RETURN 1; END;")
                .with("T_400_A.sql", "SELECT sly();");
        at("4.0.0");

        assertThat(verification().findings()).last().satisfies(finding -> assertThat(finding.evidence())
                .startsWith("error 1792"));
        assertThat(bench.database().count("cloud.a")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "T_41_A.sql, MALFORMED_NAME, T_410_A.sql",
        "T_410.sql, MALFORMED_NAME, T_410_A__add_states.sql",
        "T_400_a__again.sql, DUPLICATE_SEQUENCE, B"
    })
    void theNamesOfQueriesFollowTheRulesOfMigrations(String file, FindingCode code, String right) {
        bench.with("T_400_1.sql", "SELECT 1;").with(file, "SELECT 1;");

        assertThat(bench.refusedFor(code).remedy()).contains(" " + right);
    }

    @Test
    void aQueryHasOneHeadLineOnly() {
        bench.with("T_400_A.sql", "-- dbupgrade: phase=expand\nSELECT 1;");

        assertThat(bench.refusedFor(FindingCode.MALFORMED_DIRECTIVE).remedy()).contains("until=<version>.");
    }

    @Test
    void queriesAndSnapshotsOfReleasesThatAreNotDeclaredAreRefused() {
        bench.with("releases.yaml", "4.0.0: {shipped: 2012-11-06}\n4.1.0: {follows: 4.0.0}")
                .with("T_4.2.0_A.sql", "SELECT 1;")
                .with("schema/4.3.0.json", "{}");

        assertThat(bench.refused())
                .extracting(Finding::code)
                .containsExactly(FindingCode.UNDECLARED_RELEASE, FindingCode.UNDECLARED_RELEASE);
    }
}
