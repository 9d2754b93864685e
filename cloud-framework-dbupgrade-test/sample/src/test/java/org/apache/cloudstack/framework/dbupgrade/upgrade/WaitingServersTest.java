package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that wait for another one read in its lease how far it is. */
@UpgradeDatabase
class WaitingServersTest {

    private static final String READ = "INSERT INTO told SELECT doing FROM dbupgrade_lease WHERE id = 1;";

    @Test
    void theLeaseNamesTheMigrationThatRunsAndItsPlace(MigratedDatabase database, @TempDir Path folder) {
        Workbench bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE told (doing VARCHAR(255)); " + READ)
                .with("V_410_A.sql", READ)
                .with("V_410_B.sql", "CREATE TABLE b (id INT); " + READ);

        bench.upgrade().upgrade();

        assertThat(bench.database().rows("SELECT doing FROM cloud.told ORDER BY doing"))
                .extracting(row -> row.get("doing"))
                .containsExactly("[1/3] 4.0.0 A", "[2/3] 4.1.0 A", "[3/3] 4.1.0 B");
    }
}
