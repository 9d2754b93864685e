package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view of today needs the columns of today: an upgrade to an older release takes the view that belonged to it. */
@UpgradeDatabase
class RepeatablesByReleaseTest {

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_100_A.sql", "CREATE TABLE t (id INT PRIMARY KEY);")
                .with("V_110_A.sql", "ALTER TABLE t ADD COLUMN a INT NULL;")
                .with("V_120_A.sql", "ALTER TABLE t ADD COLUMN b INT NULL;")
                .with("R_v__first.sql", "-- dbupgrade: until=1.1.0\nCREATE OR REPLACE VIEW v AS SELECT id FROM t;")
                .with("R_v.sql", "-- dbupgrade: since=1.1.0\nCREATE OR REPLACE VIEW v AS SELECT id, a FROM t;");
    }

    @Test
    void anOlderTargetTakesWhatItHad() {
        bench.settings(settings -> settings.withRelease("1.0.0"));

        assertThat(bench.scriptsRun()).containsExactly("V_100_A.sql", "R_v__first.sql");
        assertThat(columns()).isEqualTo("id");
        assertThat(bench.scriptsRun()).isEmpty();
    }

    @Test
    void theWayThroughTheReleasesEndsAsAFreshInstall() {
        bench.settings(settings -> settings.withRelease("1.0.0"));
        bench.upgrade().upgrade();
        bench.settings(settings -> settings.withRelease("1.1.0"));
        assertThat(bench.scriptsRun()).containsExactly("V_110_A.sql", "R_v.sql");
        bench.settings(settings -> settings.withRelease("1.2.0"));

        assertThat(bench.scriptsRun()).containsExactly("V_120_A.sql");
        assertThat(columns()).isEqualTo("id,a");
        assertThat(bench.upgrade().status().pending()).isEmpty();
    }

    @Test
    void aFreshInstallOfTheNewestTakesNothingOld() {
        assertThat(bench.scriptsRun()).contains("R_v.sql").doesNotContain("R_v__first.sql");
    }

    private String columns() {
        return bench.value(
                String.class,
                "SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns"
                        + " WHERE table_schema = 'cloud' AND table_name = 'v'");
    }
}
