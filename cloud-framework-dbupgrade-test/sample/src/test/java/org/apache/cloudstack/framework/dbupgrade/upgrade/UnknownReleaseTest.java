package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.release.UnknownRelease;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release that nothing knows is not recorded by a slip, and one that was is taken back. */
@UpgradeDatabase(schemas = {"cloud", "cloud_usage"})
class UnknownReleaseTest {

    private static final ReleaseVersion MISTAKEN = ReleaseVersion.of("3.0.0");

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_100_A.sql", "CREATE TABLE a (id INT PRIMARY KEY);")
                .with("V_110_A.sql", "ALTER TABLE a ADD city INT;");
    }

    @ParameterizedTest
    @CsvSource({"3.0.0, PATCH", "1.2.0, PATCH", "1.1.7, REFUSE", "1.0.5, REFUSE"})
    void aReleaseThatNothingKnowsIsRefused(String release, UnknownRelease mode) {
        asked(release, mode);

        assertThat(bench.refusedFor(FindingCode.UNKNOWN_RELEASE).problem()).contains(release, "1.1.0");
        assertThat(bench.upgrade().status().findings())
                .extracting(Finding::code)
                .contains(FindingCode.UNKNOWN_RELEASE);
        assertThat(bench.database().rows("SHOW DATABASES LIKE 'cloud'")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.1.7-SNAPSHOT, PATCH", "1.0.1, PATCH", "1.1.0, REFUSE", "1.0.0, REFUSE", "3.0.0, ALLOW"})
    void aPatchReleaseOfAKnownLineNeedsNoMigration(String release, UnknownRelease mode) {
        asked(release, mode);

        assertThat(bench.upgrade().upgrade().to()).contains(ReleaseVersion.ofBuild(release));
    }

    @Test
    void aMistakenReleaseIsTakenBack() {
        mistaken();

        assertThat(bench.upgrade().forget(MISTAKEN)).hasToString("1.1.0");

        bench.with("V_1.2.0_A.sql", "ALTER TABLE a ADD street INT;");
        asked("1.2.0", UnknownRelease.REFUSE);
        assertThat(bench.upgrade().upgrade().from()).contains(ReleaseVersion.of("1.1.0"));
        assertThat(bench.upgrade().validate()).hasToString("1.2.0");
    }

    @Test
    void olderCodeMayStartAgainAfterwards() {
        mistaken();

        bench.upgrade().forget(MISTAKEN);

        assertThat(bench.database()
                        .jdbc()
                        .sql("SELECT release_version FROM cloud.dbupgrade_contracted")
                        .query(String.class)
                        .single())
                .isEqualTo("1.1.0");
    }

    @Test
    void theVersionTableLosesWhatTheUpgradeWroteAlone() {
        bench.database().run("""
                CREATE DATABASE cloud; CREATE DATABASE cloud_usage; CREATE TABLE cloud.a (id INT PRIMARY KEY);
                CREATE TABLE cloud.version (id INT AUTO_INCREMENT PRIMARY KEY, version CHAR(40) UNIQUE, updated DATETIME, step CHAR(32));
                INSERT INTO cloud.version VALUES (1, '1.0.4', '2015-01-01', 'Complete')""");
        mistaken();

        bench.upgrade().forget(MISTAKEN);
        bench.upgrade().forget(ReleaseVersion.of("1.0.4"));

        assertThat(bench.database()
                        .jdbc()
                        .sql("SELECT version FROM cloud.version ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("1.0.4", "1.1.0");
    }

    @Test
    void aReleaseWithAppliedMigrationsIsNotTakenBack() {
        mistaken();

        UpgradeRefusedException refusal = catchThrowableOfType(
                UpgradeRefusedException.class, () -> bench.upgrade().forget(ReleaseVersion.of("1.1.0")));

        assertThat(refusal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.RELEASE_APPLIED);
            assertThat(finding.problem()).contains("1.1.0", "V_110_A.sql");
        });
    }

    @Test
    void onlyARecordedReleaseIsTakenBack() {
        assertThatThrownBy(() -> bench.upgrade().forget(MISTAKEN)).hasMessageContaining("No release is recorded");
        mistaken();

        assertThatThrownBy(() -> bench.upgrade().forget(ReleaseVersion.of("2.0.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0.0, 1.1.0, 3.0.0");
    }

    private void mistaken() {
        asked("3.0.0", UnknownRelease.ALLOW);
        bench.upgrade().upgrade();
    }

    private void asked(String release, UnknownRelease mode) {
        bench.settings(settings -> settings.withRelease(release).withUnknownRelease(mode));
    }
}
