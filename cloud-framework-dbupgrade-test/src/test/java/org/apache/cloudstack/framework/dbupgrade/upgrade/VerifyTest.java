package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases are compared with the snapshot and the queries of their release, and what cannot be compared is told. */
class VerifyTest {

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(folder)
                .with("V_400_A.sql", "CREATE TABLE a (id INT PRIMARY KEY, name VARCHAR(10));")
                .with("V_410_A.sql", "ALTER TABLE a ADD city VARCHAR(20);");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Verification verification() {
        return bench.upgrade().verify();
    }

    /** Upgrades to a release, and keeps the snapshot of it. */
    private SnapshotFile keepSnapshotOf(String release) {
        at(release);
        SnapshotFile snapshot = bench.upgrade().snapshot();
        bench.with(snapshot.path(), snapshot.text());
        return snapshot;
    }

    private void at(String release) {
        bench.settings(settings -> settings.withRelease(release));
        bench.upgrade().upgrade();
    }

    private void assertNotVerified(FindingCode code, String... words) {
        Verification verification = verification();
        assertThat(verification.findings()).extracting(Finding::code).containsExactly(code);
        assertThat(verification.findings().get(0).description()).contains(words);
        assertThat(verification.schemaCompared()).isFalse();
        assertThat(verification.queriesRun()).isZero();
        assertThat(verification.isClean()).isFalse();
        assertThat(verification.lines().get(0)).endsWith("was not verified.");
    }

    @Test
    void aSnapshotHasALineForEachThingAndIsReadBack() throws Exception {
        SnapshotFile snapshot = keepSnapshotOf("4.1.0");

        assertThat(snapshot.path()).isEqualTo("schema/4.1.0.json");
        assertThat(snapshot.text().lines())
                .contains("  \"release\": \"4.1.0\",")
                .containsSubsequence(
                        "    {\"kind\":\"column\",\"in\":\"cloud.a\",\"name\":\"id\",\"is\":\"int NOT NULL\"},",
                        "    {\"kind\":\"index\",\"in\":\"cloud.a\",\"name\":\"PRIMARY\",\"is\":\"UNIQUE (id)\"},");
        assertThat(SnapshotFile.parse(snapshot.text())).isEqualTo(snapshot);
        assertThat(bench.upgrade().snapshot().text()).isEqualTo(snapshot.text());
    }

    @Test
    void aDatabaseIsComparedWithTheReleaseItIsAtNotWithThatOfTheCode() {
        keepSnapshotOf("4.0.0");
        bench.settings(settings -> settings);

        assertThat(verification().isClean()).isTrue();
        assertThat(verification().release()).map(Object::toString).contains("4.0.0");

        bench.database().run("ALTER TABLE cloud.a ADD city VARCHAR(20)");
        assertThat(verification().differences())
                .extracting(SchemaDifference::object)
                .containsExactly("cloud.a.city");
    }

    @Test
    void aReleaseWithoutMigrationsIsComparedWithTheOneItFollows() {
        keepSnapshotOf("4.1.0");
        at("4.1.1");

        assertThat(verification().isClean()).isTrue();
        assertThat(verification().release()).map(Object::toString).contains("4.1.1");
    }

    @Test
    void thatThereIsNoSnapshotIsTold() {
        bench.with("T_400_A.sql", "SELECT id FROM a;");
        at("4.0.0");

        Verification verification = verification();

        assertThat(verification.queriesRun()).isEqualTo(1);
        assertThat(verification.schemaCompared()).isFalse();
        assertThat(verification.isClean()).isFalse();
        assertThat(verification.lines())
                .containsExactly(
                        "The database is at release 4.0.0 and shows a schema not compared, and rows in 0 verification"
                                + " queries of 1.",
                        "  Release 4.0.0 carries no snapshot (schema/4.0.0.json below a location of migrations), so that"
                                + " its schema was not compared.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"format": 2}                                   | its format is '2'
            []                                              | its format is ''
            {"format": 1,                                   | line 1
            {"format": 1, "release": "4.0.0"}               | line 1
            {"format": 1, "release": "4.0.0", "release": "4.0.0"} | line 1
            {"format": 1, "release": "4.0.0", "releaseId": "x", "product": "MySQL", "objects": []} | its releaseId
            """)
    void aSnapshotThatCannotBeReadIsTold(String text, String reason) {
        bench.with("schema/4.0.0.json", text);
        at("4.0.0");

        assertNotVerified(FindingCode.SNAPSHOT_UNREADABLE, "schema/4.0.0.json", reason);
    }

    @Test
    void aSnapshotUnderTheNameOfAnotherReleaseIsTold() {
        bench.with("schema/4.1.0.json", keepSnapshotOf("4.0.0").text());
        at("4.1.0");

        assertNotVerified(FindingCode.SNAPSHOT_UNREADABLE, "schema/4.1.0.json", "one of release 4.0.0");
    }

    @Test
    void aSnapshotOfOtherMigrationsIsTold() {
        keepSnapshotOf("4.0.0");
        bench.with("V_400_B.sql", "CREATE TABLE b (id INT);");
        at("4.0.0");

        Verification verification = verification();

        assertThat(verification.findings()).extracting(Finding::code).containsExactly(FindingCode.SNAPSHOT_OUTDATED);
        assertThat(verification.differences())
                .extracting(SchemaDifference::object)
                .containsExactly("cloud.b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema/latest.json", "schema/next.json", "schema/4.1.json", "other/4.1.0.json"})
    void aSnapshotIsNamedAfterItsRelease(String file) {
        bench.with(file, "{}");

        assertThat(bench.refusedFor(FindingCode.MALFORMED_NAME).subject()).isEqualTo(file);
    }

    @Test
    void anEmptyDatabaseHasNothingToVerify() {
        assertNotVerified(FindingCode.DATABASE_BEHIND, "it is empty");
    }

    @Test
    void aDatabaseOfUnknownOriginIsNotVerified() {
        bench.database().run("CREATE DATABASE cloud; CREATE TABLE cloud.a (id INT)");

        assertNotVerified(FindingCode.UNKNOWN_ORIGIN, "cloud.a");
    }

    @Test
    void aDatabaseInTheMiddleOfAnUpgradeIsNotVerified() {
        keepSnapshotOf("4.0.0");
        bench.with("V_410_B.sql", "ALTER TABLE no_such_table ADD city INT;").settings(settings -> settings);
        bench.failed();

        assertNotVerified(FindingCode.UPGRADE_UNFINISHED, "V_410_");
        assertThat(catchThrowableOfType(UpgradeRefusedException.class, () -> bench.upgrade()
                                .snapshot())
                        .findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.UPGRADE_UNFINISHED);
    }

    @Test
    void aReleaseThatGotAMigrationSinceIsNotVerified() {
        keepSnapshotOf("4.0.0");
        bench.with("V_400_B.sql", "CREATE TABLE b (id INT);");

        assertNotVerified(FindingCode.UPGRADE_UNFINISHED, "V_400_B.sql");
    }

    @Test
    void aRepeatableThatIsNotRunYetIsTold() {
        keepSnapshotOf("4.0.0");
        bench.with("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM a;");

        assertThat(verification().notes()).singleElement().asString().startsWith("R_names.sql was not run yet");
    }

    @Test
    void aMigrationThatWasEditedIsToldInsteadOfDifferences() {
        keepSnapshotOf("4.0.0");
        bench.with("V_400_A.sql", "CREATE TABLE a (id INT);");

        assertNotVerified(FindingCode.APPLIED_MIGRATION_CHANGED, "V_400_A.sql");
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
                String.class, "SELECT GROUP_CONCAT(script, change_id ORDER BY routine) FROM cloud.dbupgrade_journal");
        String release = bench.value(
                String.class, "SELECT GROUP_CONCAT(release_id ORDER BY release_version) FROM cloud.dbupgrade_release");
        bench.with("T_400_A.sql", "SELECT 1;");

        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
        assertThat(bench.value(
                        String.class,
                        "SELECT GROUP_CONCAT(script, change_id ORDER BY routine) FROM cloud.dbupgrade_journal"))
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
        assertThat(verification.findings()).singleElement().satisfies(finding -> {
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
        assertThat(verification().findings()).extracting(Finding::code).containsExactly(FindingCode.QUERY_MALFORMED);
        assertThat(verification().queriesRun()).isZero();
    }

    @Test
    void theServerRefusesAQueryThatChangesSomething() {
        bench.with(
                        "R_sly.sql",
                        "CREATE FUNCTION sly() RETURNS INT DETERMINISTIC BEGIN INSERT INTO a (id) VALUES (7); RETURN 1; END;")
                .with("T_400_A.sql", "SELECT sly();");
        at("4.0.0");

        assertThat(verification().findings()).singleElement().satisfies(finding -> assertThat(finding.evidence())
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
