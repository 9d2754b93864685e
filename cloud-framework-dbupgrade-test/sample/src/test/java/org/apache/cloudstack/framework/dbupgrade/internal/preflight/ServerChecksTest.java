package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckOutcome;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What would stop an upgrade in the middle is reported before it starts, with the cure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerChecksTest {

    @TempDir
    Path folder;

    KillableServer server;
    TestDatabase database;

    @BeforeAll
    void start() {
        server = KillableServer.start(
                "--max-allowed-packet=16384", "--log-bin=changes", "--log-bin-trust-function-creators=0");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.fresh(server);
        script("V_400_A.sql", "CREATE TABLE a (id INT PRIMARY KEY);");
        upgrade(server.dataSource()).upgrade();
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        for (String file : List.of("V_400_A.sql", "V_410_A.sql")) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    @Test
    void whereNothingIsWrongEachCheckSaysSo() throws IOException {
        script("V_410_A.sql", "ALTER TABLE a ADD COLUMN b INT;");

        assertThat(preflight(server.dataSource())).hasSize(8).allSatisfy(outcome -> assertThat(outcome.results())
                .isEmpty());
    }

    @Test
    void thePrivilegesThatThePlanNeedsAreAskedFor() throws IOException {
        script("V_410_A.sql", "CREATE VIEW v AS SELECT id FROM a; CREATE PROCEDURE p() SELECT 1;");
        database.run(
                "CREATE OR REPLACE USER limited IDENTIFIED BY 'pass'; GRANT SELECT, INSERT, UPDATE, DELETE, CREATE,"
                        + " ALTER, INDEX, DROP ON `cloud%`.* TO limited");
        DataSource limited = new DriverManagerDataSource(server.jdbcUrl(), "limited", "pass");

        assertThat(only(limited, "privileges")).allSatisfy(result -> {
            assertThat(result.level()).isEqualTo(CheckResult.Level.STOP);
            assertThat(result.problem()).contains("lacks CREATE ROUTINE, CREATE VIEW on the database");
            assertThat(result.cure()).contains("GRANT CREATE ROUTINE, CREATE VIEW ON `cloud");
        });
        assertThatThrownBy(() -> upgrade(limited).upgrade())
                .isInstanceOf(UpgradeRefusedException.class)
                .hasMessageContaining("CREATE VIEW");

        database.run("GRANT CREATE VIEW, CREATE ROUTINE ON `cloud%`.* TO limited");
        assertThat(only(limited, "privileges")).isEmpty();
    }

    @Test
    void whatOnlyAnotherPlanWouldNeedIsAWarning() throws IOException {
        script("V_410_A.sql", "ALTER TABLE a ADD COLUMN b INT;");
        database.run(
                "CREATE OR REPLACE USER limited IDENTIFIED BY 'pass'; GRANT SELECT, INSERT, UPDATE, DELETE, CREATE,"
                        + " ALTER, INDEX ON `cloud%`.* TO limited");
        DataSource limited = new DriverManagerDataSource(server.jdbcUrl(), "limited", "pass");

        assertThat(only(limited, "privileges")).extracting(CheckResult::level).containsOnly(CheckResult.Level.WARN);
        script("V_410_B.sql", "DROP TABLE a;");
        assertThat(only(limited, "privileges")).extracting(CheckResult::level).containsOnly(CheckResult.Level.STOP);
    }

    @Test
    void aStatementThatTheServerWouldNotTakeStops() throws IOException {
        script("V_410_A.sql", "INSERT INTO a VALUES (1)" + ", (1)".repeat(5000) + ";");

        assertThat(only(server.dataSource(), "settings"))
                .singleElement()
                .satisfies(result -> assertThat(result.problem()).contains("max_allowed_packet is 16384"));
    }

    @Test
    void functionsThatTheBinaryLogDistrustsAreWarnedOf() throws IOException {
        script("V_410_A.sql", "CREATE FUNCTION f() RETURNS INT RETURN 1;");

        assertThat(only(server.dataSource(), "settings")).singleElement().satisfies(result -> {
            assertThat(result.level()).isEqualTo(CheckResult.Level.WARN);
            assertThat(result.cure()).contains("log_bin_trust_function_creators = ON");
        });
    }

    @Test
    void aTransactionThatStaysOpenIsWarnedOf() throws Exception {
        script("V_410_A.sql", "ALTER TABLE a ADD COLUMN b INT;");
        try (Connection other = server.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO cloud.a VALUES (7)");
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(openTransactionsOfAnyAge())
                    .singleElement()
                    .satisfies(result -> assertThat(result.cure()).contains("KILL ")));
            other.rollback();
        }
    }

    private List<CheckResult> openTransactionsOfAnyAge() throws SQLException {
        PlanImpact impact = upgrade(server.dataSource()).preview();
        try (Connection connection = server.dataSource().getConnection()) {
            PreflightContext context =
                    new PreflightContext(connection, impact.plan(), List.of("cloud", "cloud_usage"), () -> impact);
            return new LongTransactionCheck(0).look(context, () -> new PlanInspection(impact, List.of()));
        }
    }

    private List<CheckResult> only(DataSource dataSource, String check) {
        return preflight(dataSource).stream()
                .filter(outcome -> outcome.name().equals(check))
                .flatMap(outcome -> outcome.results().stream())
                .toList();
    }

    private List<CheckOutcome> preflight(DataSource dataSource) {
        return upgrade(dataSource).preflight();
    }

    private DatabaseUpgrade upgrade(DataSource dataSource) {
        return DatabaseUpgrade.of(dataSource)
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations("filesystem:" + folder))
                .build();
    }

    private void script(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
