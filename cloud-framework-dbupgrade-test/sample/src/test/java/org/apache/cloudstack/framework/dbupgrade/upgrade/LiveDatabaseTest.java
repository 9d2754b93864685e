package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade of a database in use keeps others from their work as little as it can, and reports what keeps it from its own. */
@UpgradeDatabase
class LiveDatabaseTest {

    @TempDir
    Path folder;

    Workbench bench;

    private final List<UpgradeEvent> events = Collections.synchronizedList(new ArrayList<>());
    private Connection other;

    @BeforeEach
    void open(MigratedDatabase database) throws SQLException {
        bench = new Workbench(folder, database)
                .with(
                        "V_400_A.sql",
                        "CREATE TABLE vm (id INT PRIMARY KEY, name VARCHAR(9));"
                                + " INSERT INTO vm VALUES (1, 'one'), (2, 'two');");
        bench.upgrade().upgrade();
        other = bench.database().dataSource().getConnection();
        other.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
    }

    @Test
    void aDefinitionThatIsKeptFromItsLockStepsBackAndComesAgain() throws SQLException {
        bench.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN state VARCHAR(9);");
        run("SELECT COUNT(*) FROM cloud.vm");

        upgradeAndThen(UpgradeEvent.StatementBlocked.class, () -> other.rollback());

        assertThat(blocked()).isNotEmpty().first().satisfies(event -> {
            assertThat(event.number()).isEqualTo(1);
            assertThat(event.blockers()).containsIgnoringCase("connection");
            assertThat(event.pause()).isPositive();
        });
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.vm WHERE state IS NULL"))
                .isEqualTo(2);
    }

    @Test
    void whileADefinitionWaitsOthersGetTheirTurnBetweenItsTries() throws SQLException {
        bench.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN state VARCHAR(9);");
        run("SELECT COUNT(*) FROM cloud.vm");

        upgradeAndThen(UpgradeEvent.StatementBlocked.class, () -> {
            assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.vm"))
                    .isEqualTo(2);
            other.rollback();
        });
    }

    @Test
    void rowsThatOthersHoldAreWaitedForAndChangedOnce() throws SQLException {
        bench.with(
                "V_410_A.sql",
                "SET SESSION innodb_lock_wait_timeout = 1;"
                        + " UPDATE vm SET name = CONCAT(name, '!') WHERE id = 1; UPDATE vm SET name = CONCAT(name, '!') WHERE id = 2;");
        run("UPDATE cloud.vm SET name = 'held' WHERE id = 2");

        upgradeAndThen(UpgradeEvent.StatementBlocked.class, () -> other.rollback());

        assertThat(bench.database().rows("SELECT name FROM cloud.vm ORDER BY id"))
                .extracting(row -> row.get("name"))
                .containsExactly("one!", "two!");
    }

    @Test
    void whenTheTimeoutIsOverItStopsAndNamesTheLock() throws SQLException {
        bench.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN state VARCHAR(9);")
                .settings(settings ->
                        settings.withWaits(settings.waits().withLocks(Duration.ofSeconds(1), Duration.ofSeconds(1))));
        run("SELECT COUNT(*) FROM cloud.vm");

        UpgradeFailedException failure = bench.failed();

        assertThat(failure.findings())
                .extracting(Finding::evidence)
                .first()
                .asString()
                .contains("error 1205");
        other.rollback();
        assertThat(bench.scriptsRun()).containsExactly("V_410_A.sql");
    }

    @Test
    void aMigrationMarkedOnlineIsRefusedWhereItWouldCopyTheTable() {
        bench.with("V_410_A.sql", "-- dbupgrade: online=true\nALTER TABLE vm MODIFY COLUMN id VARCHAR(20) NOT NULL;");

        UpgradeFailedException failure = bench.failed();

        assertThat(failure.findings())
                .extracting(Finding::evidence)
                .first()
                .asString()
                .containsPattern("error 184[56]");
        assertThat(bench.value(
                        String.class,
                        "SELECT data_type FROM information_schema.columns"
                                + " WHERE table_schema = 'cloud' AND table_name = 'vm' AND column_name = 'id'"))
                .isEqualTo("int");
    }

    @Test
    void aMigrationMarkedOnlineRunsWhereTheTableStaysUsable() {
        bench.with(
                "V_410_A.sql",
                "-- dbupgrade: online=true\nALTER TABLE vm ADD COLUMN state VARCHAR(9);\n"
                        + "CREATE INDEX i_vm__name ON vm (name);\nUPDATE vm SET state = 'up';");

        assertThat(bench.scriptsRun()).containsExactly("V_410_A.sql");
    }

    @Test
    void aLongStatementTellsHowLongItHasRun() {
        bench.with("V_410_A.sql", "SELECT 1;\nSELECT SLEEP(2);")
                .settings(settings -> settings.withProgressInterval(Duration.ofMillis(300)));

        upgrade(event -> {});

        assertThat(events)
                .filteredOn(UpgradeEvent.StatementRunning.class::isInstance)
                .map(UpgradeEvent.StatementRunning.class::cast)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.number()).isEqualTo(2))
                .extracting(UpgradeEvent.StatementRunning::elapsed)
                .isSorted();
    }

    private List<UpgradeEvent.StatementBlocked> blocked() {
        return events.stream()
                .filter(UpgradeEvent.StatementBlocked.class::isInstance)
                .map(UpgradeEvent.StatementBlocked.class::cast)
                .toList();
    }

    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    private void upgradeAndThen(Class<? extends UpgradeEvent> first, Action action) {
        bench.settings(settings ->
                settings.withWaits(settings.waits().withLocks(Duration.ofSeconds(1), Duration.ofMinutes(1))));
        upgrade(event -> {
            if (first.isInstance(event)
                    && events.stream().filter(first::isInstance).count() == 1) {
                try {
                    action.run();
                } catch (SQLException e) {
                    Assertions.fail(e);
                }
            }
        });
        assertThat(events).hasAtLeastOneElementOfType(first);
    }

    private void upgrade(org.apache.cloudstack.framework.dbupgrade.UpgradeListener listener) {
        DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .listeners(List.of(events::add, listener))
                .build()
                .upgrade();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }
}
