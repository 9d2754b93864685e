package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What clients and the server notice of the network between them. */
@Timeout(60)
@UpgradeDatabase
class TcpProxyTest {

    private static final Duration TOO_LONG = Duration.ofHours(1);

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private TestDatabase database;
    private TcpProxy proxy;

    @BeforeEach
    void open(MigratedDatabase empty) {
        database = empty.server();
        proxy = TcpProxy.before(database.server());
        database.run("CREATE DATABASE cloud; CREATE TABLE cloud.t (id INT)");
    }

    @AfterEach
    void close() {
        proxy.close();
        clients.shutdownNow();
    }

    @Test
    void everythingPassesAtFirst() {
        Client client = new Client();

        assertThat(proxy.server().jdbcUrl()).isNotEqualTo(database.jdbcUrl());
        assertThat(client.text("SELECT REPEAT('x', 1000000)")).hasSize(1_000_000);
    }

    @Test
    void aCutIsAnEndForBothSides() {
        Client idle = new Client();
        Future<?> waiting = waiting();

        proxy.cut();

        assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(EOFException.class);
        idle.awaitGoneFromServer();
        assertThat(new Client().text("SELECT 'again'")).isEqualTo("again");
    }

    @Test
    void whatIsClosedDoesNotHeal() {
        proxy.close();

        proxy.heal();

        assertThatThrownBy(Client::new).hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aResetIsAnErrorForTheClientAndTheServerLosesIt() {
        Client idle = new Client();
        Future<?> waiting = waiting();

        proxy.reset();

        assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(SocketException.class);
        idle.awaitGoneFromServer();
        assertThat(new Client().text("SELECT 'again'")).isEqualTo("again");
    }

    @Test
    void aCutOfTheClientsLeavesTheirSessionsOnTheServer() {
        Client kept = new Client();
        Future<?> waiting = waiting();
        try (TcpProxy other = TcpProxy.before(database.server())) {
            Client gone = new Client(other);

            proxy.cutClients();
            assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(EOFException.class);
            other.cut();
            gone.awaitGoneFromServer();

            assertThat(kept.isOnServer()).isTrue();
        }
        proxy.cut();
        kept.awaitGoneFromServer();
    }

    @Test
    void refusedAreNewConnectionsOnly() {
        Client before = new Client();

        proxy.refuse();

        assertThatThrownBy(Client::new).hasRootCauseInstanceOf(ConnectException.class);
        assertThat(before.text("SELECT 'open'")).isEqualTo("open");
        proxy.heal();
        assertThat(new Client().text("SELECT 'welcome'")).isEqualTo("welcome");
    }

    @Test
    void aDelayedStatementTakesEffectAfterItsClientHasGivenUp() {
        Client impatient = new Client("socketTimeout=300");
        proxy.delay(Direction.TO_SERVER, TOO_LONG);

        assertThatThrownBy(() -> impatient.run("INSERT INTO cloud.t VALUES (1)"))
                .hasRootCauseInstanceOf(SocketTimeoutException.class);
        assertThat(database.count("cloud.t")).isZero();

        proxy.heal();
        await().until(() -> database.count("cloud.t") == 1);
    }

    @Test
    void aDelayedAnswerComesAfterTheEffect() throws Exception {
        Client client = new Client();
        proxy.delay(Direction.TO_CLIENT, TOO_LONG);

        Future<?> insert = clients.submit(() -> client.run("INSERT INTO cloud.t VALUES (1)"));
        await().until(() -> database.count("cloud.t") == 1);
        assertThat(insert).isNotDone();

        proxy.delay(Direction.TO_CLIENT, Duration.ofMillis(1));
        insert.get();
    }

    @Test
    void aFrozenNetworkIsSilentUntilItIsThawed() throws Exception {
        Client client = new Client();

        proxy.freeze();
        Future<?> insert = clients.submit(() -> client.run("INSERT INTO cloud.t VALUES (1)"));
        Future<Client> newcomer = clients.submit(() -> new Client());
        assertThatThrownBy(() -> insert.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(newcomer).isNotDone();
        assertThat(database.count("cloud.t")).isZero();

        proxy.thaw();
        insert.get();
        assertThat(database.count("cloud.t")).isEqualTo(1);
        assertThat(newcomer.get().text("SELECT 'in'")).isEqualTo("in");
    }

    @Test
    void aFrozenNetworkTellsNobodyOfAnEnd() {
        Client leaving = new Client();
        try (TcpProxy other = TcpProxy.before(database.server())) {
            Client gone = new Client(other);

            proxy.freeze();
            leaving.hangUp();
            gone.hangUp();
            gone.awaitGoneFromServer();

            assertThat(leaving.isOnServer()).isTrue();
        }
        proxy.thaw();
        leaving.awaitGoneFromServer();
    }

    @Test
    void aFrozenNetworkCanBeCut() {
        Client client = new Client();

        proxy.freeze();
        proxy.cut();

        client.awaitGoneFromServer();
    }

    @Test
    void nothingIsLeftOfAClosedProxy() {
        Client client = new Client();
        String threads = "proxy on port " + proxy.server().address().getPort();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals(threads))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);

        proxy.freeze();
        proxy.close();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain(threads));
        client.awaitGoneFromServer();
        assertThatThrownBy(Client::new).hasRootCauseInstanceOf(ConnectException.class);
    }

    /** A client that is in the midst of a statement. */
    private Future<?> waiting() {
        Client client = new Client();
        Future<?> statement = clients.submit(() -> client.run("DO SLEEP(20)"));
        await().until(() ->
                database.rows("SHOW PROCESSLIST").stream().anyMatch(row -> "DO SLEEP(20)".equals(row.get("Info"))));
        return statement;
    }

    /** One connection through a network. */
    private final class Client {

        private final SingleConnectionDataSource connection;
        private final String session;

        Client() {
            this(proxy, "");
        }

        Client(TcpProxy network) {
            this(network, "");
        }

        Client(String option) {
            this(proxy, option);
        }

        private Client(TcpProxy network, String option) {
            String url = network.server().jdbcUrl();
            String options = (url.contains("?") ? "&" : "?") + option;
            connection = new SingleConnectionDataSource(
                    url + options, database.server().user(), database.server().password(), true);
            session = text("SELECT CONNECTION_ID()");
        }

        void run(String sql) {
            JdbcClient.create(connection).sql(sql).update();
        }

        String text(String query) {
            return JdbcClient.create(connection).sql(query).query(String.class).single();
        }

        boolean isOnServer() {
            return database.rows("SHOW PROCESSLIST").stream()
                    .anyMatch(row -> session.equals(String.valueOf(row.get("Id"))));
        }

        void awaitGoneFromServer() {
            await().until(() -> !isOnServer());
        }

        /** Closes the connection without the farewell of the protocol. */
        void hangUp() {
            try {
                connection.getConnection().abort(Runnable::run);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
