package org.apache.cloudstack.framework.dbupgrade.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test finds the databases as if no other had been before it. */
@UpgradeDatabase(at = "4.1.0", locations = Small.MIGRATIONS)
class UpgradeDatabaseIsolationTest {

    @SuppressWarnings("NullAway.Init")
    private static List<String> first;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE cloud.vm SET name = 'SYSTEM'",
                "INSERT INTO cloud.vm (name) VALUES ('more')",
                "INSERT INTO cloud.vm (name) VALUES ('gone'); DELETE FROM cloud.vm WHERE name = 'gone'",
                "ALTER TABLE cloud.vm ADD COLUMN more INT",
                "ALTER TABLE cloud.vm AUTO_INCREMENT = 1000",
                "CREATE PROCEDURE cloud.p() SELECT 1",
                "CREATE TRIGGER cloud.t BEFORE INSERT ON cloud.vm FOR EACH ROW SET NEW.name = 'x'",
                "DROP VIEW cloud.vm_view",
                "DROP DATABASE cloud",
                "DROP DATABASE cloud_usage; CREATE DATABASE cloud_usage; CREATE TABLE cloud_usage.t (vm BIGINT,"
                        + " FOREIGN KEY (vm) REFERENCES cloud.vm (id))",
                "DELETE FROM cloud.flyway_schema_history",
                "UPDATE cloud.dbupgrade_lease SET fence = fence + 1",
            })
    void whatATestChangesDoesNotReachTheNext(String sql, MigratedDatabase database) throws SQLException {
        assertFirst(database);
        database.run(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN; UPDATE cloud.vm SET name = 'locked'",
                "LOCK TABLES cloud.vm WRITE",
                "FLUSH TABLES WITH READ LOCK",
                "SELECT GET_LOCK('mine', 0)",
            })
    @SuppressWarnings("resource")
    void noConnectionOfATestHoldsUpTheNext(String sql, MigratedDatabase database) throws SQLException {
        assertFirst(database);
        assertThat(database.jdbc()
                        .sql("SELECT IS_FREE_LOCK('mine')")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        // left open, as a test does that forgets it
        Connection forgotten = database.dataSource().getConnection();
        Statement statement = forgotten.createStatement();
        for (String each : sql.split("; ")) {
            statement.execute(each);
        }
    }

    private static void assertFirst(MigratedDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            List<String> now = DatabasePicture.of(connection, database.schemas());
            if (first == null) {
                first = now;
            }
            assertThat(now).isEqualTo(first).isNotEmpty();
        }
    }
}
