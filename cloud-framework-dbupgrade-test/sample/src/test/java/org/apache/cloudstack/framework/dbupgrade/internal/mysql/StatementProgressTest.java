package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementProgressTest {

    private static final String CONSUMER =
            "UPDATE performance_schema.setup_consumers SET enabled = '%s' WHERE name = 'events_stages_current'";
    private static final String ROWS = "CREATE DATABASE cloud; CREATE TABLE cloud.vm"
            + " (id INT PRIMARY KEY AUTO_INCREMENT, cpu INT, note VARCHAR(200)) ENGINE=InnoDB;"
            + " INSERT INTO cloud.vm (note) VALUES ('a')"
            + "; INSERT INTO cloud.vm (note) SELECT REPEAT('x', 100) FROM cloud.vm".repeat(17);

    @ParameterizedTest
    @EnumSource
    void aTableThatIsCopiedTellsHowMuchIsDone(TestedServer server) throws Exception {
        try (TestDatabase database = TestDatabase.fresh(server.get());
                Connection asking = database.dataSource().getConnection();
                BackgroundConnection busy = new BackgroundConnection(database.dataSource())) {
            database.run(ROWS + "; " + CONSUMER.formatted("YES"));
            try {
                busy.repeat("ALTER TABLE cloud.vm ENGINE=InnoDB, ALGORITHM=COPY");

                await().pollInterval(Duration.ofMillis(5)).until(() -> StatementProgress.of(asking, busy.id())
                        .filter(progress -> progress.percent().orElse(0) > 0
                                && progress.percent().getAsInt() < 100
                                && progress.stage().equals("copy to tmp table"))
                        .isPresent());
            } finally {
                database.run(CONSUMER.formatted("NO"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStatementThatCannotBeMeasuredTellsItsStageAndTime(TestedServer server) throws Exception {
        try (TestDatabase database = TestDatabase.fresh(server.get());
                Connection asking = database.dataSource().getConnection();
                BackgroundConnection busy = new BackgroundConnection(database.dataSource())) {
            busy.repeat("DO SLEEP(60)");

            StatementProgress progress = await().until(
                            () -> StatementProgress.of(asking, busy.id())
                                    .filter(found -> found.stage().equals("User sleep")
                                            && found.elapsed().toSeconds() >= 1),
                            Optional::isPresent)
                    .orElseThrow();
            assertThat(progress.percent()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccountSeesItsOwnStatements(TestedServer server) throws Exception {
        try (TestDatabase database = TestDatabase.fresh(server.get())) {
            database.run("DROP USER IF EXISTS mallory@'%'; CREATE USER mallory@'%' IDENTIFIED BY 'm'");
            try (Connection asking = DriverManager.getConnection(database.jdbcUrl(), "mallory", "m");
                    BackgroundConnection busy = new BackgroundConnection(
                            () -> DriverManager.getConnection(database.jdbcUrl(), "mallory", "m"))) {
                busy.repeat("DO SLEEP(60)");

                await().until(() -> StatementProgress.of(asking, busy.id())
                        .filter(found -> found.stage().equals("User sleep"))
                        .isPresent());
            } finally {
                database.run("DROP USER mallory@'%'");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionWithoutStatementHasNone(TestedServer server) throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(server.get());
                Connection asking = database.dataSource().getConnection();
                Connection idle = database.dataSource().getConnection()) {
            assertThat(StatementProgress.of(asking, ServerConnections.idOf(idle)))
                    .isEmpty();
            assertThat(StatementProgress.of(asking, Integer.MAX_VALUE)).isEmpty();
        }
    }

    @Test
    void peopleReadItInAFewWords() {
        assertThat(new StatementProgress("copy to tmp table", OptionalInt.of(46), Duration.ofMillis(75_900)).words())
                .isEqualTo("copy to tmp table, 46 %");
        assertThat(new StatementProgress("", OptionalInt.of(7), Duration.ZERO).words())
                .isEqualTo("7 %");
        assertThat(new StatementProgress("", OptionalInt.empty(), Duration.ZERO).words())
                .isEmpty();
    }
}
