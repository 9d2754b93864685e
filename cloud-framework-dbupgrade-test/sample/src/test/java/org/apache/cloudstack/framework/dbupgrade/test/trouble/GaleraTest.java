package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a cluster promises to those who use several of its nodes, and what it does not. */
@EnabledIfEnvironmentVariable(
        named = GaleraCluster.URLS,
        matches = ".+",
        disabledReason = "It needs a Galera cluster: three URLs here, its script in DBUPGRADE_TEST_GALERA_SCRIPT")
@Timeout(300)
class GaleraTest {

    private static final int DEADLOCK = 1213;

    private final List<SingleConnectionDataSource> sessions = new ArrayList<>();
    private GaleraCluster cluster;
    private TestDatabase database;

    @BeforeEach
    void open() {
        cluster = GaleraCluster.given();
        database = TestDatabase.fresh(cluster.node(1).server());
        database.run("CREATE DATABASE cloud; CREATE TABLE cloud.t (id INT PRIMARY KEY, n INT);"
                + " INSERT INTO cloud.t VALUES (1, 0)");
    }

    @AfterEach
    void close() {
        sessions.forEach(SingleConnectionDataSource::destroy);
        cluster.close();
        database.close();
    }

    @Test
    void whatOneNodeWritesIsSeenOnAnotherThatWaitsForIt() {
        JdbcTemplate second = waitingSession(2);

        for (int i = 0; i < 50; i++) {
            database.run("CREATE TABLE cloud.made_" + i + " (id INT PRIMARY KEY)");
            assertThat(number(
                            second,
                            "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'made_" + i + "'"))
                    .isEqualTo(1);
            database.run("INSERT INTO cloud.made_" + i + " VALUES (1)");
            assertThat(number(second, "SELECT COUNT(*) FROM cloud.made_" + i)).isEqualTo(1);
        }
    }

    @Test
    void aNodeThatDoesNotWaitMayBeBehind() {
        JdbcTemplate holdUp = session(2);
        JdbcTemplate hasty = session(2);
        JdbcTemplate patient = waitingSession(2);

        holdUp.execute("FLUSH TABLES WITH READ LOCK");
        database.run("CREATE TABLE cloud.late (id INT PRIMARY KEY)");
        assertThatThrownBy(() -> number(hasty, "SELECT COUNT(*) FROM cloud.late"))
                .isInstanceOf(BadSqlGrammarException.class);

        holdUp.execute("UNLOCK TABLES");
        assertThat(number(patient, "SELECT COUNT(*) FROM cloud.late")).isZero();
    }

    @Test
    void aNamedLockIsHeldOnItsOwnNodeOnly() {
        assertThat(number(session(1), "SELECT GET_LOCK('upgrade', 0)")).isEqualTo(1);

        assertThat(number(session(1), "SELECT GET_LOCK('upgrade', 0)")).isZero();
        assertThat(number(session(2), "SELECT GET_LOCK('upgrade', 0)")).isEqualTo(1);
    }

    @Test
    void ofTwoTransactionsThatChangeARowTheSecondToCommitIsRefused() {
        JdbcTemplate first = session(1);
        JdbcTemplate second = waitingSession(2);
        List.of(first, second).forEach(session -> session.execute("SET autocommit = 0"));
        first.update("UPDATE cloud.t SET n = 1");
        assertThat(second.update("UPDATE cloud.t SET n = 2")).isEqualTo(1);

        first.execute("COMMIT");

        assertThatThrownBy(() -> second.execute("COMMIT"))
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(DEADLOCK));
        assertThat(number(waitingSession(3), "SELECT n FROM cloud.t")).isEqualTo(1);
    }

    @Test
    void aKilledNodeComesBackWithWhatItMissed() {
        cluster.node(3).kill();
        database.run("UPDATE cloud.t SET n = 5");
        assertThatThrownBy(() -> session(3)).hasRootCauseInstanceOf(ConnectException.class);

        cluster.node(3).restart();

        assertThat(number(session(3), "SELECT n FROM cloud.t")).isEqualTo(5);
    }

    @Test
    void aFrozenNodeIsLeftBehindUntilItIsThawed() {
        cluster.node(3).freeze();
        database.run("UPDATE cloud.t SET n = 5");
        cluster.node(1).awaitSynced(2);

        cluster.node(3).thaw();
        cluster.node(3).awaitSynced(3);

        assertThat(number(session(3), "SELECT n FROM cloud.t")).isEqualTo(5);
    }

    @Test
    void aTestLeavesNoNodeBehind() {
        cluster.node(2).kill();
        cluster.close();
        cluster.node(3).freeze();

        cluster.close();

        for (int node = 1; node <= 3; node++) {
            assertThat(number(waitingSession(node), "SELECT COUNT(*) FROM cloud.t"))
                    .isEqualTo(1);
        }
    }

    private JdbcTemplate session(int node) {
        DatabaseServer server = cluster.node(node).server();
        SingleConnectionDataSource session =
                new SingleConnectionDataSource(server.jdbcUrl(), server.user(), server.password(), true);
        sessions.add(session);
        JdbcTemplate jdbc = new JdbcTemplate(session);
        jdbc.execute("DO 1");
        return jdbc;
    }

    /** A session that reads only what every node had written before. */
    private JdbcTemplate waitingSession(int node) {
        JdbcTemplate session = session(node);
        session.execute("SET SESSION wsrep_sync_wait = 1");
        return session;
    }

    private static int number(JdbcTemplate session, String query) {
        return JdbcClient.create(session).sql(query).query(Integer.class).single();
    }
}
