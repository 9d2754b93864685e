package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From whatever state a database is in, the upgrade goes to the release of the code, or is refused with the reason. */
@UpgradeDatabase
class StartingPointsTest {

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A__tables.sql", "CREATE TABLE a (id INT PRIMARY KEY, v INT);")
                .with("V_400_B__version.sql", VERSION_TABLE)
                .with("V_4.10.0_A.sql", "ALTER TABLE a ADD COLUMN ten INT;")
                .with("V_420_A.sql", "ALTER TABLE a ADD COLUMN two INT; CREATE TABLE cloud_usage.u (id INT);")
                .with("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT id FROM a;");
    }

    private static final String VERSION_TABLE = """
            CREATE TABLE version (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, version CHAR(40) NOT NULL UNIQUE,
              updated DATETIME NOT NULL, step CHAR(32) NOT NULL);""";

    @Test
    void anEmptyServerGetsDatabasesAndAllReleasesInOrder() {
        assertThat(bench.scriptsRun())
                .containsExactly(
                        "V_400_A__tables.sql", "V_400_B__version.sql", "V_420_A.sql", "V_4.10.0_A.sql", "R_names.sql");
        assertThat(bench.databases()).containsExactly("cloud", "cloud_usage");
        assertThat(versionTable()).containsExactly("4.0.0 Complete", "4.2.0 Complete", "4.10.0.0 Complete");
    }

    @Test
    void aSecondUpgradeChangesNothing() {
        bench.upgrade().upgrade();
        List<Map<String, Object>> before = everything();

        UpgradeReport second = bench.upgrade().upgrade();

        assertThat(second.isUpToDate()).isTrue();
        assertThat(second.summary()).isEqualTo("The database is at release 4.10.0; nothing is pending.");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void newerCodeRunsOnlyWhatIsNew() {
        bench.settings(settings -> settings.withRelease("4.2.0")).upgrade().upgrade();
        bench.settings(settings -> settings.withRelease("4.10.0"));

        UpgradeReport report = bench.upgrade().upgrade();

        assertThat(report.runs()).extracting(UpgradeReport.Run::script).containsExactly("V_4.10.0_A.sql");
        assertThat(report.summary()).startsWith("The database was upgraded from 4.2.0 to 4.10.0: 1 migration in ");
    }

    @Test
    void ofHalfRestoredRecordsNothingIsBelievedAndNoTableOfThemIsNeeded() {
        bench.upgrade().upgrade();
        bench.database()
                .run("CREATE TABLE cloud.dbupgrade_restore (begun INT); DROP TABLE cloud.dbupgrade_checkpoint;"
                        + " DROP TABLE cloud.dbupgrade_release; DROP TABLE cloud.dbupgrade_contracted");

        UpgradeStatus status = bench.upgrade().status();

        assertThat(status.database()).isEmpty();
        assertThat(status.findings()).extracting(Finding::code).containsExactly(FindingCode.RESTORE_UNFINISHED);
        bench.refusedFor(FindingCode.RESTORE_UNFINISHED);
        bench.settings(settings -> settings.withRelease("4.99.0"));
        bench.refusedFor(FindingCode.RESTORE_UNFINISHED);
    }

    @Test
    void aReleaseWithoutMigrationsIsReachedAllTheSame() {
        bench.settings(settings -> settings.withRelease("4.10.3.0-SNAPSHOT"))
                .upgrade()
                .upgrade();

        assertThat(bench.upgrade().status().database()).map(Object::toString).contains("4.10.3");
        assertThat(versionTable()).last().isEqualTo("4.10.3.0 Complete");
    }

    @Test
    void olderCodeIsRefused() {
        bench.upgrade().upgrade();
        bench.settings(settings -> settings.withRelease("4.2.0"));
        List<Map<String, Object>> before = everything();

        assertThat(bench.refusedFor(FindingCode.DATABASE_NEWER).problem()).contains("4.10.0", "4.2.0");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aLegacyDatabaseIsTakenOverAtTheReleaseItsVersionTableStates() {
        legacy(
                "(3, '4.0.0', NOW(), 'Complete'), (5, '4.2.0-SNAPSHOT', NOW(), 'Complete'), (4, '4.10.0', NOW(), 'Complete')");

        UpgradeReport report = bench.upgrade().upgrade();

        assertThat(report.runs())
                .extracting(UpgradeReport.Run::script)
                .containsExactly("V_4.10.0_A.sql", "R_names.sql");
        assertThat(report.alreadyApplied()).isEqualTo(3);
        assertThat(report.from()).map(Object::toString).contains("4.2.0");
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.flyway_schema_history"))
                .isEqualTo(5);
        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
        assertThat(versionTable()).contains("4.10.0.0 Complete");
    }

    @Test
    void theReleasesDoneAfterATakeOverAreReachedThoughALaterOneFails() {
        legacy("(1, '4.0.0', NOW(), 'Complete')");
        bench.database().run("ALTER TABLE cloud.a DROP COLUMN two");
        bench.with("V_4.10.0_A.sql", "ALTER TABLE nowhere ADD COLUMN ten INT;");

        bench.failed();

        assertThat(bench.upgrade().status().database()).map(Object::toString).contains("4.2.0");
        assertThat(versionTable()).last().isEqualTo("4.2.0 Complete");
    }

    @Test
    void aHalfDoneLegacyUpgradeIsRefused() {
        legacy("(1, '4.0.0', NOW(), 'Complete'), (2, '4.2.0', NOW(), 'Upgrade')");
        List<String> before = bench.tables();

        assertThat(bench.refusedFor(FindingCode.LEGACY_UPGRADE_UNFINISHED).problem())
                .contains("cloud.version", "4.2.0");
        assertThat(bench.tables()).isEqualTo(before);
    }

    @Test
    void aLegacyDatabaseOlderThanAllMigrationsIsRefused() {
        legacy("(1, '3.0.2', NOW(), 'Complete')");

        assertThat(bench.refusedFor(FindingCode.LEGACY_RELEASE_UNKNOWN).problem())
                .contains("cloud.version", "3.0.2");
    }

    @Test
    void aLegacyDatabaseNewerThanTheCodeIsRefused() {
        legacy("(1, '4.22.0.0', NOW(), 'Complete')");

        assertThat(bench.refusedFor(FindingCode.DATABASE_NEWER).problem()).contains("4.22.0");
    }

    @Test
    void anUnreadableLegacyVersionIsRefused() {
        legacy("(1, 'unknown', NOW(), 'Complete')");

        assertThat(bench.refusedFor(FindingCode.LEGACY_RELEASE_UNKNOWN).problem())
                .contains("'unknown'".replace("'", ""));
    }

    @Test
    void tablesOfUnknownOriginAreRefusedWithTheWayToBaselineThem() {
        bench.database().run("CREATE DATABASE cloud; CREATE TABLE cloud.a (id INT PRIMARY KEY, v INT, two INT)");
        List<String> before = bench.tables();

        Finding finding = bench.refusedFor(FindingCode.UNKNOWN_ORIGIN);

        assertThat(finding.problem()).contains("cloud.a");
        assertThat(finding.remedy()).contains("cloud.dbupgrade.baseline");
        assertThat(bench.tables()).isEqualTo(before);
    }

    @Test
    void aBaselineTellsWhereTablesOfUnknownOriginAre() {
        bench.database()
                .run(
                        "CREATE DATABASE cloud; CREATE DATABASE cloud_usage; CREATE TABLE cloud.a (id INT PRIMARY KEY, v INT, two INT)");
        bench.settings(settings -> settings.withBaseline("4.2.0"));

        assertThat(bench.scriptsRun()).containsExactly("V_4.10.0_A.sql", "R_names.sql");
        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void aVersionTableOfAnotherKindSaysNothing() {
        bench.database().run("CREATE DATABASE cloud; CREATE TABLE cloud.version (number INT)");

        bench.refusedFor(FindingCode.UNKNOWN_ORIGIN);
    }

    @Test
    void tablesInTheSecondDatabaseAloneMakeItOfUnknownOriginToo() {
        bench.database().run("CREATE DATABASE cloud_usage; CREATE TABLE cloud_usage.u (id INT)");

        assertThat(bench.refusedFor(FindingCode.UNKNOWN_ORIGIN).problem()).contains("cloud_usage.u");
    }

    @Test
    void aHistoryOfPlainFlywayIsNotTouched() {
        bench.upgrade().upgrade();
        bench.database()
                .run("INSERT INTO cloud.flyway_schema_history (installed_rank, version, description, type, script,"
                        + " checksum, installed_by, execution_time, success)"
                        + " VALUES (99, '7', 'x', 'SQL', 'V7__x.sql', 1, 'me', 1, 1)");

        assertThat(bench.refusedFor(FindingCode.HISTORY_FOREIGN).problem()).contains("V7__x.sql");
    }

    @Test
    void anEditedMigrationIsRefusedAfterItWasApplied() {
        bench.upgrade().upgrade();
        bench.with("V_420_A.sql", "ALTER TABLE a ADD COLUMN two BIGINT; CREATE TABLE cloud_usage.u (id INT);");

        assertThat(bench.refusedFor(FindingCode.APPLIED_MIGRATION_CHANGED).subject())
                .isEqualTo("V_420_A.sql");
    }

    @Test
    void lineEndsAndHeadLinesAreNoEdits() {
        bench.upgrade().upgrade();
        bench.with("V_4.10.0_A.sql", "-- dbupgrade: reason=a late word\r\nALTER TABLE a ADD COLUMN ten INT;  \r\n");

        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void aRemovedMigrationIsRefusedAfterItWasApplied() {
        bench.upgrade().upgrade();
        bench.without("V_420_A.sql");

        assertThat(bench.refusedFor(FindingCode.APPLIED_MIGRATION_MISSING).problem())
                .contains("V_420_A.sql", "4.2.0");
    }

    @Test
    void aMigrationMovedToAnotherPlaceIsToldFromARemovedOne() {
        bench.upgrade().upgrade();
        bench.without("V_420_A.sql")
                .with("V_420_C.sql", "ALTER TABLE a ADD COLUMN two INT; CREATE TABLE cloud_usage.u (id INT);");

        assertThat(bench.refusedFor(FindingCode.APPLIED_MIGRATION_RENAMED).problem())
                .contains("V_420_A.sql", "V_420_C.sql");
    }

    @Test
    void anotherDescriptionIsNoOtherName() {
        bench.upgrade().upgrade();
        bench.without("V_420_A.sql")
                .with("V_4.2.0_a__two.sql", "ALTER TABLE a ADD COLUMN two INT; CREATE TABLE cloud_usage.u (id INT);");

        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void aRepeatableRunsAgainWheneverItsContentChanged() {
        bench.upgrade().upgrade();
        bench.with("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT id, v FROM a;");

        assertThat(bench.scriptsRun()).containsExactly("R_names.sql");
        assertThat(bench.scriptsRun()).isEmpty();
        bench.with("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT id FROM a;");
        assertThat(bench.scriptsRun()).containsExactly("R_names.sql");
    }

    @Test
    void statusNeverFailsOnWhatItFinds() {
        UpgradeStatus empty = bench.upgrade().status();
        assertThat(empty.database()).isEmpty();
        assertThat(empty.pending()).hasSize(5);

        bench.upgrade().upgrade();
        assertThat(bench.upgrade().status().isUpToDate()).isTrue();

        bench.with("nonsense.sql", "");
        assertThat(bench.upgrade().status().findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.MALFORMED_NAME);
    }

    private void legacy(String versions) {
        bench.database()
                .run("CREATE DATABASE cloud; CREATE DATABASE cloud_usage; USE cloud; " + VERSION_TABLE
                        + "CREATE TABLE a (id INT PRIMARY KEY, v INT, two INT);"
                        + "INSERT INTO version (id, version, updated, step) VALUES " + versions);
    }

    private List<String> versionTable() {
        return bench.database()
                .jdbc()
                .sql("SELECT CONCAT(version, ' ', step) FROM cloud.version ORDER BY id")
                .query(String.class)
                .list();
    }

    private List<Map<String, Object>> everything() {
        return bench.database()
                .rows("SELECT j.*, h.*, r.* FROM cloud.dbupgrade_journal j, cloud.flyway_schema_history h,"
                        + " cloud.dbupgrade_release r ORDER BY migration, installed_rank, r.release_version");
    }
}
