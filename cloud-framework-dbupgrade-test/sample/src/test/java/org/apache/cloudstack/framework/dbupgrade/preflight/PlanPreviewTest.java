package org.apache.cloudstack.framework.dbupgrade.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says how the server at hand changes the tables that are there. */
class PlanPreviewTest {

    private static final String VM = "CREATE TABLE vm (id INT PRIMARY KEY, name VARCHAR(40), cpu INT)"
            + " ENGINE=InnoDB CHARSET=utf8mb4; INSERT INTO vm VALUES (1, 'a', 1);";

    @TempDir
    Path folder;

    @TempDir
    Path first;

    @Test
    void theWayIsThatOfTheServerAtHand() throws IOException {
        script("V_410_A.sql", "ALTER TABLE vm MODIFY COLUMN name VARCHAR(50);");

        assertThat(way(TestServers.mariaDb10_11())).isEqualTo(AlterAlgorithm.INSTANT);
        assertThat(way(TestServers.shared()))
                .isEqualTo(
                        TestServers.shared().version().startsWith("MySQL")
                                ? AlterAlgorithm.IN_PLACE
                                : AlterAlgorithm.INSTANT);
    }

    @Test
    void whatChangesATableMostCounts() throws IOException {
        script(
                "V_410_A.sql",
                "ALTER TABLE vm ADD COLUMN a INT; ALTER TABLE vm ADD INDEX (cpu); UPDATE vm SET cpu = 2;");

        assertThat(way(TestServers.mariaDb10_11())).isEqualTo(AlterAlgorithm.IN_PLACE);
    }

    /** An operator may have changed a column by hand: how long a step takes depends on it, its phase does not. */
    @Test
    void aPhaseFollowsFromTheScriptsAndAWayFromTheDatabase() throws IOException {
        script("V_410_A.sql", "ALTER TABLE vm MODIFY COLUMN cpu BIGINT;");

        try (TestDatabase database = installed(TestServers.mariaDb10_11())) {
            database.run("ALTER TABLE cloud.vm MODIFY COLUMN cpu BIGINT");
            StepImpact step = upgrade(database).preview().steps().get(0);

            assertThat(step.phase()).isEqualTo(Phase.EXPAND);
            assertThat(step.way()).isEqualTo(AlterAlgorithm.INSTANT);
        }
    }

    @Test
    void aDeclaredPhaseIsTheAuthorsWord() throws IOException {
        script("V_410_A.sql", "-- dbupgrade: phase=contract\nUPDATE vm SET cpu = 2;");

        try (TestDatabase database = installed(TestServers.mariaDb10_11())) {
            assertThat(upgrade(database).preview().steps())
                    .extracting(StepImpact::phase)
                    .containsExactly(Phase.CONTRACT);
        }
    }

    /** What is there, the server says; what the migrations make themselves, their strings. */
    @Test
    void aPlanSaysWhatAnInterruptionWouldLeaveToTheOperator() throws IOException {
        script("V_410_A.sql", """
                INSERT INTO vm VALUES (2, 'b', 1);
                INSERT INTO logs VALUES (1);
                CREATE TABLE made (n INT) ENGINE=MyISAM AS SELECT 1 AS n;
                INSERT INTO made VALUES (2);
                CALL make();
                UPDATE vm SET cpu = 2 WHERE id IN (SELECT id FROM todo);
                """);
        script("V_420_A.sql", "UPDATE vm SET cpu = 3;");

        try (TestDatabase database = installed(TestServers.shared())) {
            database.run("CREATE TABLE cloud.log (n INT) ENGINE=MyISAM");
            database.run("CREATE VIEW cloud.logs AS SELECT n FROM cloud.log");
            database.run("CREATE PROCEDURE cloud.make() BEGIN INSERT INTO log VALUES (7);"
                    + " CREATE TEMPORARY TABLE todo (id INT); END");

            assertThat(upgrade(database).preview().steps())
                    .extracting(StepImpact::leftToOperator)
                    .containsExactly(
                            List.of(
                                    "no rollback takes back the rows of statements 2 (log, MyISAM), 4 (made, MyISAM), 5"
                                            + " (log, MyISAM): after an interruption there, the operator says by dbupgrade"
                                            + " resolve what was done",
                                    "statements 5 to 6 (temporary table todo) need what ends with the session: after an"
                                            + " interruption there, the operator says by dbupgrade resolve what was done"),
                            List.of());
        }
    }

    private AlterAlgorithm way(DatabaseServer server) throws IOException {
        try (TestDatabase database = installed(server)) {
            return upgrade(database).preview().steps().get(0).way();
        }
    }

    /** At the first release, with the other scripts pending. */
    private TestDatabase installed(DatabaseServer server) throws IOException {
        TestDatabase database = TestDatabase.fresh(server);
        Files.writeString(first.resolve("V_400_A.sql"), VM);
        DatabaseUpgrade.of(database.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations("filesystem:" + first))
                .build()
                .upgrade();
        script("V_400_A.sql", VM);
        database.run("ANALYZE TABLE cloud.vm");
        return database;
    }

    private DatabaseUpgrade upgrade(TestDatabase database) {
        return DatabaseUpgrade.of(database.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations("filesystem:" + folder))
                .build();
    }

    private void script(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
