package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.ThrottleSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradePause;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerConnections;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Java migrations pause at their checkpoints: for an operator, a busy server, and replicas that lag. */
@UpgradeDatabase
class MakingWayTest {

    @TempDir
    Path folder;

    Workbench bench;

    private final List<String> reasons = new ArrayList<>();

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", "CREATE TABLE a (id INT PRIMARY KEY);");
        bench.upgrade().upgrade();
    }

    @Test
    void anOperatorPausesAnUpgradeAndLetsItGoOn() {
        UpgradePause pause = bench.upgrade().pause();
        assertThat(pause.begin("until the backup is done")).isTrue();
        assertThat(pause.reason()).contains("until the backup is done");
        assertThat(bench.upgrade().status().paused()).contains("until the backup is done");

        upgrade(ThrottleSettings.defaults(), reason -> {
            assertThat(bench.database().count("cloud.a"))
                    .as("what is done is committed")
                    .isEqualTo(1);
            if (reasons.size() == 2) {
                assertThat(pause.end()).isTrue();
            }
        });

        assertThat(reasons).hasSize(2).containsOnly("an operator paused it: until the backup is done");
        assertThat(bench.database().count("cloud.a")).isEqualTo(2);
        assertThat(pause.end()).isFalse();
        assertThat(pause.reason()).isEmpty();
    }

    @Test
    void whatWasNeverUpgradedCannotBePaused() {
        bench.database().run("DROP DATABASE cloud");

        assertThat(bench.upgrade().pause().begin("why not")).isFalse();
        assertThat(bench.upgrade().pause().end()).isFalse();
        assertThat(bench.upgrade().pause().reason()).isEmpty();
    }

    @Test
    void itWaitsWhileTheServerIsBusy() throws SQLException {
        int idle = threadsWhenIdle();
        try (Connection other = bench.database().dataSource().getConnection()) {
            long id = ServerConnections.idOf(other);
            CompletableFuture<Void> busy = runUntilKilled(other);
            await().until(() -> threadsRunning() > idle);

            upgrade(ThrottleSettings.defaults().withMaxRunningThreads(idle), reason -> kill(id, busy));
        }

        assertThat(reasons).containsExactly("the server is busy: more than " + idle + " statements run on it");
        assertThat(bench.database().count("cloud.a")).isEqualTo(2);
    }

    @Test
    void whenItMadeWayForLongEnoughItGoesOn() throws SQLException {
        int idle = threadsWhenIdle();
        try (Connection other = bench.database().dataSource().getConnection()) {
            long id = ServerConnections.idOf(other);
            CompletableFuture<Void> busy = runUntilKilled(other);
            await().until(() -> threadsRunning() > idle);

            upgrade(
                    ThrottleSettings.defaults().withMaxRunningThreads(idle).withMaxWait(Duration.ofSeconds(2)),
                    reason -> assertThat(bench.database().count("cloud.a")).isEqualTo(1));
            kill(id, busy);
        }

        assertThat(reasons).hasSize(2);
        assertThat(bench.database().count("cloud.a")).isEqualTo(2);
    }

    @Test
    void itWaitsForReplicasThatDoNotFollow() throws SQLException {
        try (KillableServer source = KillableServer.start("--log-bin=binlog", "--server-id=1");
                KillableServer replica = KillableServer.start("--server-id=2");
                Connection onReplica = replica.dataSource().getConnection();
                Statement statement = onReplica.createStatement()) {
            // its user must not get the password of the other server's
            JdbcClient.create(source.dataSource()).sql("RESET MASTER").update();
            statement.execute("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = "
                    + source.address().getPort() + ", MASTER_USER = '" + source.user() + "', MASTER_PASSWORD = '"
                    + source.password() + "', MASTER_SSL = 0, MASTER_SSL_VERIFY_SERVER_CERT = 0");
            String url = replica.jdbcUrl() + (replica.jdbcUrl().contains("?") ? "&" : "?") + "user=" + replica.user()
                    + "&password=" + replica.password();

            upgrade(
                    ThrottleSettings.defaults()
                            .withReplicas(Duration.ofSeconds(3), url)
                            .withMaxWait(Duration.ofSeconds(20)),
                    reason -> {
                        if (reasons.size() == 1) {
                            execute(statement, "START SLAVE");
                        }
                    });

            assertThat(reasons)
                    .hasSizeBetween(1, 19)
                    .containsOnly("the replica jdbc:mysql://127.0.0.1:"
                            + replica.address().getPort() + "/ does not replicate");
            assertThat(bench.database().count("cloud.a")).isEqualTo(2);
        }
    }

    @Test
    void aReplicaThatCannotBeAskedIsToldWithoutItsPassword() {
        String url = "jdbc:mysql://127.0.0.1:1/?user=monitor&password=secret";

        upgrade(
                ThrottleSettings.defaults().withReplicas(Duration.ZERO, url).withMaxWait(Duration.ofSeconds(1)),
                reason -> {});

        assertThat(reasons)
                .singleElement()
                .asString()
                .startsWith("the replica jdbc:mysql://127.0.0.1:1/ cannot be asked (error 0, SQL state 08S01: ")
                .doesNotContain("secret");
        assertThat(ThrottleSettings.defaults().withReplicas(Duration.ZERO, url).toString())
                .doesNotContain("secret");
    }

    @MigrationOptions(revision = "1")
    private static final class TwoRows implements JavaMigration {
        @Override
        public void migrate(MigrationContext context) throws SQLException {
            for (int id = 1; id <= 2; id++) {
                if (context.checkpointed("row " + id).isEmpty()) {
                    context.jdbc().sql("INSERT INTO a VALUES (?)").param(id).update();
                    if (id == 1) {
                        context.checkpoint("row 1");
                    }
                }
            }
        }
    }

    private void upgrade(ThrottleSettings throttle, Consumer<String> whileItWaits) {
        DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings().withWaits(bench.settings().waits().withThrottle(throttle)))
                .javaMigrations(Map.of("V_4_1_0_A", new TwoRows()))
                .listeners(List.of(event -> {
                    if (event instanceof UpgradeEvent.MigrationWaiting waiting) {
                        reasons.add(waiting.reason());
                        whileItWaits.accept(waiting.reason());
                    }
                }))
                .build()
                .upgrade();
    }

    /** The least of some looks, since what ran a moment ago may be about to end. */
    private int threadsWhenIdle() {
        return IntStream.range(0, 5).map(look -> threadsRunning()).min().orElseThrow();
    }

    /** With the one that asks, and on MySQL those of the server itself. */
    private int threadsRunning() {
        Object value = bench.database()
                .rows("SHOW GLOBAL STATUS LIKE 'Threads_running'")
                .get(0)
                .get("Value");
        return Integer.parseInt(String.valueOf(value));
    }

    private static CompletableFuture<Void> runUntilKilled(Connection connection) {
        return CompletableFuture.runAsync(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT SLEEP(60)");
            } catch (SQLException e) {
                // killed
                return;
            }
        });
    }

    private void kill(long id, CompletableFuture<Void> busy) {
        try (Connection killer = bench.database().dataSource().getConnection();
                Statement statement = killer.createStatement()) {
            statement.execute("KILL QUERY " + id);
            busy.join();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
