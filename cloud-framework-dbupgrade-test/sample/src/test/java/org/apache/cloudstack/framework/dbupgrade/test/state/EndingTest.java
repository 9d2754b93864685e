package org.apache.cloudstack.framework.dbupgrade.test.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.test.data.TestData;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upgrade left behind is compared to the last row, and reported without a value. */
@UpgradeDatabase
class EndingTest {

    private static final String INSTALL = """
            CREATE TABLE vm (
              id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20), size INT, created TIMESTAMP DEFAULT NOW()
            );
            CREATE TABLE nic (vm_id INT, FOREIGN KEY (vm_id) REFERENCES vm (id) ON UPDATE CASCADE);
            INSERT INTO vm (name, size) VALUES ('one', 1), ('two', 2);
            INSERT INTO nic VALUES (2), (2);
            """;

    private MigratedDatabase database;
    private Ending before;

    @BeforeEach
    void upgrade(MigratedDatabase empty, @TempDir Path path) {
        database = empty.withMigrations(new MigrationFolder(path).with("V_400_A.sql", INSTALL));
        database.upgrade();
        before = ending();
    }

    private Ending ending(String... ignoring) {
        return Ending.of(database.server(), database.schemas(), Set.of(ignoring));
    }

    @Test
    void whereNothingWasDoneBothAreEqual() {
        database.upgrade();

        assertThat(ending()).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(ending().differencesFrom(before)).isEmpty();
    }

    @Test
    void otherValuesAreToldWithTheirColumnOnly() {
        Ending withoutNames = ending("cloud.vm.name");

        database.run("UPDATE cloud.vm SET name = 'three' WHERE id = 2");

        assertThat(ending().differencesFrom(before))
                .singleElement()
                .asString()
                .startsWith("Rows of cloud.vm: expected other values in name")
                .doesNotContain("two", "three");
        assertThat(ending("cloud.vm.name").differencesFrom(withoutNames)).isEmpty();
    }

    @Test
    void valuesThatChangedPlacesAreTold() {
        database.run("UPDATE cloud.vm SET size = 3 - size");

        assertThat(ending().differencesFrom(before))
                .containsExactly(
                        "Rows of cloud.vm: the values of each column are as expected, but not together in the same rows");
    }

    @Test
    void aRowMoreIsToldAndSoIsAColumn() {
        database.run("INSERT INTO cloud.nic VALUES (1); ALTER TABLE cloud.nic ADD COLUMN mac CHAR(17)");

        assertThat(ending().differencesFrom(before))
                .hasSize(2)
                .anyMatch(told -> told.startsWith("Schema: column cloud.nic.mac"))
                .contains("Rows of cloud.nic: expected 2, found 3");
    }

    @Test
    void aGapInWhatTheServerCountsIsNoDifferenceThoughTheyAreNotEqual() {
        database.run("UPDATE cloud.vm SET id = 7 WHERE id = 2");

        assertThat(ending()).isNotEqualTo(before);
        assertThat(ending().differencesFrom(before)).isEmpty();
    }

    @Test
    void otherRecordsAreTold() {
        database.run("UPDATE cloud.dbupgrade_journal SET state = 'RUNNING'; DELETE FROM cloud.dbupgrade_release");

        assertThat(ending().differencesFrom(before))
                .hasSize(2)
                .anyMatch(told -> told.matches("Records of V_400_A.sql: expected DONE .*, found RUNNING .*"))
                .anyMatch(told -> told.matches("Records of release 4.0.0: expected \\w+, found nothing"));
    }

    @Test
    void whereNoUpgradeHasBeenIsNoEnding() {
        database.close();

        assertThatThrownBy(this::ending)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("What is in cloud, cloud_usage could not be read: ");
    }

    @Test
    void rowsAreReadByTheirKeyAndManyOfThemInOne() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            ContentsReader reader = new ContentsReader(database.schema(), Set.of("cloud.version")).withoutTimes();
            assertThat(reader.rows(connection))
                    .containsOnlyKeys("cloud.nic", "cloud.vm")
                    .containsEntry(
                            "cloud.nic", Map.of("vm_id=2", Map.of("vm_id", "2"), "vm_id=2 #2", Map.of("vm_id", "2")))
                    .extractingByKey("cloud.vm")
                    .isEqualTo(Map.of(
                            "id=1", Map.of("id", "1", "name", "one", "size", "1"),
                            "id=2", Map.of("id", "2", "name", "two", "size", "2")));

            TestData.in(database).rows("vm", 10_001).insert();

            assertThat(reader.rows(connection).get("cloud.vm"))
                    .containsOnlyKeys("all")
                    .extractingByKey("all")
                    .satisfies(all ->
                            assertThat(all).containsEntry("count", "10003").containsKey("checksum"));
        }
    }
}
