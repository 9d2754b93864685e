package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is missing beside one in use was mistyped or lost, and is not created. */
@UpgradeDatabase(schemas = {"cloud", "cloud_usage"})
class MissingDatabaseTest {

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_4.16.0_A.sql", "CREATE TABLE vm (id INT); CREATE TABLE cloud_usage.vm (id INT);")
                .with("V_4.16.1_A.sql", "ALTER TABLE vm ADD a INT; ALTER TABLE cloud_usage.vm ADD a INT;");
    }

    @Test
    void besideADatabaseThatIsTakenOverNothingIsCreated() {
        bench.database().run("""
                CREATE DATABASE cloud; CREATE TABLE cloud.vm (id INT);
                CREATE TABLE cloud.version (id INT AUTO_INCREMENT PRIMARY KEY, version CHAR(40) UNIQUE, updated DATETIME, step CHAR(32));
                INSERT INTO cloud.version VALUES (1, '4.16.0', '2022-01-01', 'Complete')""");

        assertThat(bench.refusedFor(FindingCode.DATABASE_LOST).problem())
                .isEqualTo("The database cloud_usage does not exist, while cloud is at release 4.16.0.");
        assertThat(bench.databases()).containsExactly("cloud");
        assertThat(bench.database().rows("SHOW TABLES FROM cloud")).hasSize(2);
    }

    @Test
    void besideADatabaseWithRecordsNothingIsCreated() {
        bench.settings(settings -> settings.withRelease("4.16.0"));
        bench.upgrade().upgrade();
        bench.database().run("DROP DATABASE cloud_usage");
        bench.settings(settings -> settings.withRelease("4.16.1"));

        assertThat(bench.refusedFor(FindingCode.DATABASE_LOST).remedy()).contains("CREATE DATABASE `cloud_usage`");
        assertThat(bench.databases()).containsExactly("cloud");
    }

    @Test
    void aDatabaseIsMissedWhereNothingIsPendingToo() {
        bench.upgrade().upgrade();
        bench.database().run("DROP DATABASE cloud_usage");

        assertThat(bench.upgrade().status().findings())
                .extracting(Finding::code)
                .contains(FindingCode.DATABASE_LOST);
        bench.refusedFor(FindingCode.DATABASE_LOST);
    }

    @Test
    void aFreshInstallCreatesAll() {
        bench.upgrade().upgrade();

        assertThat(bench.databases()).containsExactly("cloud", "cloud_usage");
    }
}
