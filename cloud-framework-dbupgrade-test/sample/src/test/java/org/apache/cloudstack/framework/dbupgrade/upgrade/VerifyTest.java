package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Lease;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.ColumnOrder;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases are compared with the snapshot and the queries of their release, and what cannot be compared is reported. */
@UpgradeDatabase
class VerifyTest {

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
                        "    {\"kind\":\"column\",\"in\":\"#1.a\",\"name\":\"id\",\"is\":\"int NOT NULL\"},",
                        "    {\"kind\":\"index\",\"in\":\"#1.a\",\"name\":\"PRIMARY\",\"is\":\"UNIQUE (id)\"},");
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
    void whatPatternsNameDoesNotCountAndIsListed() {
        keepSnapshotOf("4.1.0");
        bench.database()
                .run("ALTER TABLE cloud.a ADD tmp_x INT, ADD INDEX i_tmp (city); CREATE TABLE cloud.audit_log (id INT);"
                        + " CREATE TABLE cloud.other (id INT)");
        bench.settings(settings -> settings.withVerifyIgnore("A.TMP_*", "index:i_tmp*", "audit_*"));

        Verification verification = verification();

        assertThat(verification.differences())
                .extracting(SchemaDifference::object)
                .containsExactly("cloud.other");
        assertThat(verification.ignored())
                .extracting(Object::toString)
                .containsExactly(
                        "index cloud.a.i_tmp (index:i_tmp*)",
                        "column cloud.a.tmp_x (A.TMP_*)",
                        "table cloud.audit_log (audit_*)");
        assertThat(verification.lines()).anyMatch(line -> line.contains("3 differences are ignored"));
    }

    @Test
    void tablesOfWellKnownLibrariesDoNotCountUnlessTheSnapshotHasThem() {
        bench.with("V_410_B.sql", "CREATE TABLE BATCH_OURS (id INT PRIMARY KEY);");
        keepSnapshotOf("4.1.0");
        bench.database()
                .run("CREATE TABLE cloud.SPRING_SESSION (id INT); CREATE TABLE cloud.QRTZ_JOBS (id INT);"
                        + " CREATE TABLE cloud.BATCH_STEP (id INT); CREATE TABLE cloud.shedlock (id INT);"
                        + " CREATE TABLE cloud.heartbeat (id INT); CREATE TABLE cloud.DATABASECHANGELOG (id INT)");

        assertThat(verification().isClean()).isTrue();
        assertThat(verification().ignored()).hasSize(6);

        bench.database().run("ALTER TABLE cloud.BATCH_OURS ADD x INT");
        assertThat(verification().differences())
                .extracting(SchemaDifference::object)
                .containsExactly("cloud.BATCH_OURS.x");
    }

    @Test
    void whatIsNoPatternIsRefusedWithOneThatIs() {
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> bench.settings().withVerifyIgnore("a b")))
                .hasMessageContaining("'a b' is no pattern")
                .hasMessageContaining("QRTZ_*");
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> bench.settings().withVerifyIgnore("indx:a")))
                .hasMessageContaining("There is no kind 'indx'");
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
        assertThat(verification.findings()).extracting(Finding::code).containsExactly(FindingCode.SNAPSHOT_MISSING);
        assertThat(verification.lines())
                .hasSize(2)
                .startsWith(
                        "The database is at release 4.0.0 and shows a schema not compared, and rows in 0 verification"
                                + " queries of 1.");
        assertThat(verification.lines().get(1)).contains("Release 4.0.0 carries no snapshot, schema/4.0.0.json");
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
    void aReleaseHasOneSnapshot() {
        bench.with("schema/4.1.0.json", "{}").with("schema/4.1.0.0.json", "{}");

        assertThat(bench.refusedFor(FindingCode.SNAPSHOT_TWICE).problem()).contains("4.1.0.json", "4.1.0.0.json");
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
    void whileAnotherServerUpgradesNothingIsVerified() throws SQLException {
        keepSnapshotOf("4.1.0");
        try (Connection other = bench.database().dataSource().getConnection()) {
            Leases leases = new Leases("cloud", Duration.ofMinutes(1));
            Lease lease = leases.acquire(other, Duration.ZERO, holder -> {}).orElseThrow();

            assertNotVerified(FindingCode.UPGRADE_UNFINISHED, "another node");

            leases.release(other, lease);
        }
        assertThat(verification().isClean()).isTrue();
    }

    @Test
    void aDatabaseThatOtherSoftwareUpgradedIsComparedAndNoSnapshotIsTakenOfIt() {
        keepSnapshotOf("4.1.0");
        bench.database()
                .run("CREATE TABLE cloud.version (id INT PRIMARY KEY AUTO_INCREMENT, version CHAR(40) NOT NULL UNIQUE,"
                        + " updated DATETIME NOT NULL, step CHAR(32) NOT NULL);"
                        + " INSERT INTO cloud.version (version, updated, step) VALUES ('4.1.0', NOW(), 'Complete');"
                        + " DROP TABLE cloud.dbupgrade_journal; DROP TABLE cloud.flyway_schema_history");

        Verification verification = verification();

        assertThat(verification.differences())
                .extracting(SchemaDifference::object)
                .containsExactly("cloud.version");
        assertThat(verification.notes()).singleElement().asString().contains("is what the table cloud.version says");
        assertThat(catchThrowableOfType(
                        UpgradeRefusedException.class, () -> bench.upgrade().snapshot()))
                .isNotNull();
    }

    @Test
    void migrationsOfTheReleaseThatIsNotCutHaveQueriesOfTheirOwn() {
        bench.with("V_next_A.sql", "ALTER TABLE a ADD street VARCHAR(20);")
                .with("T_next_A.sql", "SELECT street FROM a;");
        bench.upgrade().upgrade();

        Verification verification = verification();

        assertThat(verification.release()).map(Object::toString).contains("next");
        assertThat(verification.queriesRun()).isEqualTo(1);
        assertThat(verification.schemaCompared()).isFalse();
        assertThat(verification.notes()).containsExactly("Release next is not cut, and carries no snapshot.");
        assertThat(catchThrowableOfType(
                        UpgradeRefusedException.class, () -> bench.upgrade().snapshot()))
                .isNotNull();
    }

    @Test
    void aStartMayVerifyAndWarnsOfWhatDiffers() {
        keepSnapshotOf("4.1.0");
        bench.with("T_400_A__names.sql", "SELECT 'secret' AS name;");
        bench.database().run("ALTER TABLE cloud.a ADD extra INT");

        try (CapturedLog log = new CapturedLog()) {
            assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));

            bench.settings(settings -> settings.withVerify(true));
            assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("column cloud.a.extra: expected none, found int; T_400_A__names.sql:1  names: 1 row.")
                    .doesNotContain("secret");
        }
    }

    /** A patch line adds its column before the main line does, so that the order reports which path a database took. */
    @Test
    void anotherOrderOfColumnsIsANoteUnlessItIsAskedFor() {
        bench.with("releases.yaml", """
                4.0.0: {}
                4.0.1: {follows: 4.0.0}
                4.1.0: {follows: 4.0.0}
                4.1.1: {follows: [4.0.1, 4.1.0]}
                """)
                .with("V_401_A.sql", "ALTER TABLE a ADD street VARCHAR(20);")
                .with("V_411_A.sql", "SELECT 1;");
        at("4.1.0");
        keepSnapshotOf("4.1.1");
        bench.database().run("ALTER TABLE cloud.a MODIFY city VARCHAR(20) AFTER street");

        Verification lenient = verification();
        assertThat(lenient.isClean()).as(lenient.lines().toString()).isTrue();
        assertThat(lenient.notes())
                .singleElement()
                .asString()
                .startsWith("The columns of cloud.a are in another order than release 4.1.1 makes: ");

        bench.settings(settings -> settings.withRelease("4.1.1").withColumnOrder(ColumnOrder.STRICT));
        assertThat(verification().differences())
                .extracting(SchemaDifference::kind)
                .hasToString("[column order]");
    }
}
