package org.apache.cloudstack.framework.dbupgrade.test.paths;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.junit.jupiter.api.Test;

/** The faults that walking all ways finds, and how they are reported. */
class FaultsOnPathsTest {

    private static final String LOCATION = "filesystem:target/paths/faults";
    private static final String DATA = "target/paths/rows.sql";

    static class Page {

        @UpgradePaths(locations = LOCATION)
        void everyWay() {}
    }

    static class DataPage {

        @UpgradePaths(locations = LOCATION, data = "filesystem:" + DATA, dataAt = "4.5.0")
        void everyWay() {}
    }

    static class IgnoringPage {

        @UpgradePaths(
                locations = LOCATION,
                ignoring = {"cloud.setting.value", "cloud.host"})
        void everyWay() {}
    }

    @Test
    void aForgottenPath() {
        Timeline.sound(LOCATION).with("releases.yaml", Timeline.RELEASES.replace("[4.5.3, 4.6.0]", "4.6.0"));

        WalkedPaths walked = WalkedPaths.of(Page.class);

        assertThat(walked.failed()).containsExactly("the lint rules", "4.5.3 -> 4.7.0");
        assertThat(walked.said("4.5.3 -> 4.7.0"))
                .startsWith("The way '4.5.3 -> 4.7.0' stops at release 4.7.0:\nCHANGE_NOT_IN_TARGET")
                .contains("V_4.5.3_A__patch.sql");
        assertThat(walked.said("the lint rules")).contains("[not-merged-forward]");
    }

    @Test
    void aColumnThatIsMissingOnOneWay() {
        Timeline.liesThat(LOCATION, "ALTER TABLE host ADD COLUMN patch INT;", "CREATE TABLE host_copy LIKE host;");

        WalkedPaths walked = WalkedPaths.of(Page.class);

        String way = "4.5.0 -> 4.6.0 -> 4.6.1";
        assertThat(walked.failed()).contains(way).doesNotContain("fresh 4.6.1", "4.5.0 -> 4.5.3 -> 4.6.1");
        assertThat(walked.said(way)).isEqualTo("""
                At the end of the way '4.5.0 -> 4.6.0 -> 4.6.1':
                It is another database than at the end of 'fresh 4.6.1':
                what    name                   fresh 4.6.1  4.5.0 -> 4.6.0 -> 4.6.1
                ------  ---------------------  -----------  -----------------------
                column  cloud.host_copy.patch  int          missing
                There is no schema/4.6.1.json that would report which of them is right.""");
    }

    @Test
    void aWrongDefault() {
        Timeline.liesThat(
                LOCATION,
                "ALTER TABLE host ALTER COLUMN state SET DEFAULT 'On';",
                "ALTER TABLE host ALTER COLUMN state SET DEFAULT 'Off';");

        assertThat(WalkedPaths.of(Page.class).said("4.5.0 -> 4.6.0 -> 4.6.1"))
                .contains("cloud.host.state", "NOT NULL DEFAULT 'Off'", "NOT NULL DEFAULT 'On'");
    }

    @Test
    void anIndexThatIsLost() {
        Timeline.liesThat(LOCATION, "ALTER TABLE host ADD KEY i_host__name (name);", """
                CREATE TABLE host_new (
                  id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20), state VARCHAR(9) NOT NULL DEFAULT 'Up', size INT
                ) ENGINE=InnoDB DEFAULT CHARSET=latin1;
                INSERT INTO host_new SELECT * FROM host;
                DROP TABLE host;
                RENAME TABLE host_new TO host;
                """);

        assertThat(WalkedPaths.of(Page.class).said("4.5.0 -> 4.6.0 -> 4.6.1"))
                .contains("index  cloud.host.i_host__name  none         (name)");
    }

    @Test
    void aCharacterSetThatDependsOnTheWay() {
        Timeline.liesThat(
                LOCATION,
                "ALTER TABLE host DEFAULT CHARACTER SET utf8mb4;",
                "ALTER TABLE host ADD COLUMN label VARCHAR(9);");

        assertThat(WalkedPaths.of(Page.class).said("4.5.0 -> 4.6.0 -> 4.6.1"))
                .contains("cloud.host.label", "varchar(9) utf8mb4", "varchar(9) latin1");
    }

    @Test
    void aDataMigrationThatMissesRowsOnOneWay() {
        Timeline.liesThat(
                LOCATION,
                "INSERT INTO setting (name, value) VALUES ('patch', '1');",
                "UPDATE setting SET value = CONCAT(value, 's');");

        String said = WalkedPaths.of(Page.class).said("4.5.0 -> 4.6.0 -> 4.6.1");

        assertThat(said)
                .contains("row   cloud.setting[name=patch].value  1s           1")
                .doesNotContain("interval");
    }

    @Test
    void aDataMigrationThatMissesRowsOfADatabaseInUse() throws IOException {
        Timeline.sound(LOCATION)
                .with("V_4.7.0_B__fill.sql", "UPDATE host SET newest = 1 WHERE name <> 'x';")
                .with("T_4.7.0_B__fill.sql", "SELECT id FROM host WHERE newest IS NULL;");
        Files.writeString(Path.of(DATA), "INSERT INTO host (name) VALUES ('one'), (NULL);");

        WalkedPaths walked = WalkedPaths.of(DataPage.class);

        assertThat(walked.failed())
                .contains("4.5.0 with data -> 4.7.0", "4.5.0 with data -> 4.6.0 -> 4.7.0")
                .doesNotContain("4.5.0 -> 4.7.0", "4.5.0 with data -> 4.6.0 -> 4.6.1");
        assertThat(walked.said("4.5.0 with data -> 4.7.0"))
                .contains("A verification query finds rows: T_4.7.0_B__fill.sql:1", "1 row");
    }

    @Test
    void rowsOfADatabaseInUseThatDependOnTheWay() throws IOException {
        Timeline.liesThat(LOCATION, "UPDATE host SET size = size + 1;", "UPDATE host SET size = size * 2;");
        Files.writeString(Path.of(DATA), "INSERT INTO host (name, size) VALUES ('one', 10);");

        WalkedPaths walked = WalkedPaths.of(DataPage.class);

        assertThat(walked.failed())
                .contains("4.5.0 with data -> 4.6.0 -> 4.6.1")
                .doesNotContain("4.5.0 -> 4.6.0 -> 4.6.1");
        assertThat(walked.said("4.5.0 with data -> 4.6.0 -> 4.6.1")).contains("cloud.host[id=1].size", "22", "21");
    }

    @Test
    void aPatchThatDoesNotCommute() {
        Timeline.liesThat(LOCATION, "UPDATE setting SET value = '1';", "UPDATE setting SET value = '2';")
                .with("V_4.5.3_A__patch.sql", Timeline.REASON + "UPDATE setting SET value = '1';");

        WalkedPaths walked = WalkedPaths.of(Page.class);

        assertThat(walked.failed())
                .contains("fresh 4.6.1", "4.5.3 -> 4.6.1")
                .doesNotContain("fresh 4.6.0", "fresh 4.5.3");
        assertThat(walked.said("fresh 4.6.1"))
                .contains("stops at release 4.6.1:\nCONFLICT", "V_4.5.3_A__patch.sql", "cloud.setting.value");
    }

    @Test
    void aSnapshotThatIsOutOfDate() {
        MigrationFolder folder = Timeline.sound(LOCATION);
        // not by the annotation: the ways take the server themselves
        try (MigratedDatabase database =
                new MigratedDatabase(TestDatabase.fresh(TestServers.shared())).withMigrations(folder)) {
            database.upgrade();
            folder.with("schema/4.7.0.json", database.toNewest().snapshot().text());
        }
        assertThat(WalkedPaths.of(Page.class).failed()).isEmpty();
        folder.with("V_4.7.0_B__later.sql", "ALTER TABLE host ADD COLUMN later INT;");

        WalkedPaths walked = WalkedPaths.of(Page.class);

        assertThat(walked.failed()).containsExactly("fresh 4.7.0");
        assertThat(walked.said("fresh 4.7.0"))
                .contains("The snapshot schema/4.7.0.json was taken when release 4.7.0 had the id")
                .contains("It is not what schema/4.7.0.json declares.")
                .contains("column  cloud.host.later  none");
    }

    @Test
    void aPatchReleaseThatTakesSomethingAway() {
        Timeline.sound(LOCATION).with("V_4.5.3_A__patch.sql", Timeline.REASON + "ALTER TABLE host DROP COLUMN name;");

        assertThat(WalkedPaths.of(Page.class).said("the lint rules"))
                .contains("V_4.5.3_A__patch.sql", "[contract-in-patch]");
    }

    @Test
    void aBrokenView() {
        Timeline.sound(LOCATION).with("V_4.7.0_B__drop.sql", "ALTER TABLE host DROP COLUMN size;");

        WalkedPaths walked = WalkedPaths.of(Page.class);

        assertThat(walked.failed()).contains("fresh 4.7.0", "4.5.0 -> 4.7.0").doesNotContain("fresh 4.6.1");
        assertThat(walked.said("4.5.0 -> 4.7.0")).contains("The view cloud.host_view is broken: ");
    }

    @Test
    void aScriptThatFailsIsToldWhereItIsRunAndNotRunAgain() {
        Timeline.sound(LOCATION).with("V_4.6.0_B__stumbles.sql", "INSERT INTO nowhere VALUES (1);");

        WalkedPaths walked = WalkedPaths.of(Page.class);

        assertThat(walked.failed()).doesNotContain("fresh 4.5.0", "fresh 4.5.3", "4.5.0 -> 4.5.3");
        assertThat(walked.said("4.5.0 -> 4.6.0 -> 4.6.1"))
                .startsWith("The way '4.5.0 -> 4.6.0 -> 4.6.1' stops at release 4.6.0, as '4.5.0 -> 4.6.0' does:\n")
                .contains("V_4.6.0_B__stumbles.sql");
    }

    @Test
    void whatMayDifferIsLeftOut() {
        Timeline.liesThat(
                LOCATION,
                "INSERT INTO setting (name, value) VALUES ('patch', '1');",
                "UPDATE setting SET value = CONCAT(value, 's');");

        assertThat(WalkedPaths.of(IgnoringPage.class).failed()).isEmpty();
    }
}
