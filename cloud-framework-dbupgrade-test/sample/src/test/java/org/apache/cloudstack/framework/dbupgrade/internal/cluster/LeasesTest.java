package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.LeaseLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PreparedStatements;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One server at a time holds the lease, and one that lost it cannot write. */
@UpgradeDatabase
class LeasesTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private TestDatabase database;
    private final List<Connection> connections = new ArrayList<>();

    private Connection first;
    private Connection second;

    @BeforeEach
    void open(MigratedDatabase empty) throws SQLException {
        database = empty.server();
        database.run("CREATE DATABASE cloud; CREATE TABLE cloud.written (id INT)");
        first = connect();
        second = connect();
        new Leases("cloud", LONG).create(first);
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void whileOneHasItTheOtherWaitsAndSeesHowFarItIs() throws SQLException {
        Lease lease = server(LONG).acquire(first, Duration.ZERO, holder -> {}).orElseThrow();
        lease.doing("[ 1/ 2] 4.2.0 B");
        lease.check(new PreparedStatements(first));
        List<LeaseHolder> seen = new ArrayList<>();

        Optional<Lease> other = server(LONG).acquire(second, Duration.ZERO, seen::add);

        assertThat(other).isEmpty();
        assertThat(seen).singleElement().satisfies(holder -> {
            assertThat(holder.doing()).isEqualTo("[ 1/ 2] 4.2.0 B");
            assertThat(holder.isExpired()).isFalse();
        });
    }

    @Test
    void whatIsGivenBackTheNextOneGetsAtOnce() throws SQLException {
        Leases leases = server(LONG);
        Lease lease = leases.acquire(first, Duration.ZERO, holder -> {}).orElseThrow();
        leases.release(first, lease);

        assertThat(server(LONG).acquire(second, Duration.ZERO, holder -> {}))
                .hasValueSatisfying(next -> assertThat(next.number()).isGreaterThan(lease.number()));
    }

    @Test
    void nobodyWaitsForAHolderWhoseConnectionIsGone() throws SQLException {
        assertThat(server(LONG).acquire(first, Duration.ZERO, holder -> {})).isPresent();
        first.close();

        assertThat(server(LONG).acquire(second, Duration.ofSeconds(20), holder -> {}))
                .isPresent();
    }

    @Test
    void aHolderWithoutSignsOfLifeLosesLeaseAndConnection() throws SQLException {
        Lease frozen = server(SHORT).acquire(first, Duration.ZERO, holder -> {}).orElseThrow();

        assertThat(server(SHORT).acquire(second, Duration.ofSeconds(20), holder -> {}))
                .isPresent();

        assertThatThrownBy(() -> run(first, "INSERT INTO cloud.written VALUES (1)"))
                .isInstanceOf(SQLException.class);
        Connection thawed = connect();
        thawed.setAutoCommit(false);
        run(thawed, "INSERT INTO cloud.written VALUES (1)");
        assertThatThrownBy(() -> frozen.check(new PreparedStatements(thawed))).isInstanceOf(LeaseLostException.class);
        thawed.rollback();
        assertThat(database.count("cloud.written")).isZero();
    }

    @Test
    void aHolderThatWasSucceededOnAnotherNodeOfAClusterDoesNotKeepTheNextOneOut() throws SQLException {
        assertThat(server(SHORT).acquire(first, Duration.ZERO, holder -> {})).isPresent();
        database.run("UPDATE cloud.dbupgrade_lease SET fence = fence + 1, holder = NULL, server = NULL");

        assertThat(server(SHORT).acquire(second, Duration.ofSeconds(20), holder -> {}))
                .isPresent();
    }

    @Test
    void aStatementThatADeadHolderLeftRunningIsWaitedFor() throws Exception {
        assertThat(server(SHORT).acquire(first, Duration.ZERO, holder -> {})).isPresent();
        ExecutorService server = Executors.newSingleThreadExecutor();
        try {
            Future<?> statement = server.submit(() -> {
                run(first, "INSERT INTO cloud.written SELECT SLEEP(2)");
                return true;
            });
            while (database.rows("SHOW PROCESSLIST").stream()
                    .noneMatch(row -> String.valueOf(row.get("Info")).startsWith("INSERT INTO cloud.written"))) {
                Thread.onSpinWait();
            }

            assertThat(server(SHORT).acquire(second, Duration.ofSeconds(20), holder -> {}))
                    .isPresent();

            assertThat(database.count("cloud.written")).isEqualTo(1);
            statement.get(20, TimeUnit.SECONDS);
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void itsKeeperGivesSignsOfLifeWhileTheUpgradeItselfIsSilent() throws Exception {
        Lease lease = server(SHORT).acquire(first, Duration.ZERO, holder -> {}).orElseThrow();

        try (LeaseRenewer keeper = LeaseRenewer.of(lease, database.dataSource())) {
            assertThat(keeper).isNotNull();
            assertThat(server(SHORT).acquire(second, SHORT.multipliedBy(5), holder -> {}))
                    .isEmpty();
            lease.check(new PreparedStatements(first));
        }
    }

    @Test
    void whoComesBackInTimeKeepsIt() throws SQLException {
        Lease lease = server(SHORT).acquire(first, Duration.ZERO, holder -> {}).orElseThrow();
        LockSupport.parkNanos(SHORT.multipliedBy(2).toNanos());

        first.setAutoCommit(false);
        lease.checkBeforeStatement(new PreparedStatements(first));

        assertThat(server(SHORT).acquire(second, Duration.ZERO, holder -> {})).isEmpty();
    }

    @Test
    void ofManyWhoWantItAtOnceOneGetsIt() throws Exception {
        ExecutorService servers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> got = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Connection connection = connect();
                got.add(servers.submit(() -> server(LONG)
                        .acquire(connection, Duration.ZERO, holder -> {})
                        .isPresent()));
            }
            int holders = 0;
            for (Future<Boolean> each : got) {
                holders += each.get(1, TimeUnit.MINUTES) ? 1 : 0;
            }

            assertThat(holders).isEqualTo(1);
        } finally {
            servers.shutdownNow();
        }
    }

    private static Leases server(Duration length) {
        return new Leases("cloud", length);
    }

    private Connection connect() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connections.add(connection);
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
