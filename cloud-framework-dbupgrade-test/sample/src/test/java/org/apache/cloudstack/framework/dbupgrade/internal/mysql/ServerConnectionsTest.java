package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerConnections.Activity;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerConnectionsTest {

    private static final long NOBODY = Integer.MAX_VALUE;

    @AfterEach
    void dropUsers() {
        for (TestedServer server : TestedServer.values()) {
            try (TestDatabase database = TestDatabase.fresh(server.get())) {
                database.run("DROP USER IF EXISTS mallory@'%'");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionIsIdleOrBusyOrGone(TestedServer server) throws Exception {
        try (TestDatabase database = TestDatabase.fresh(server.get());
                Connection asking = database.dataSource().getConnection();
                Connection idle = database.dataSource().getConnection();
                BackgroundConnection busy = new BackgroundConnection(database.dataSource())) {
            ServerConnections connections = new ServerConnections(asking);
            busy.repeat("DO SLEEP(60)");

            await().until(() -> connections.activity(busy.id()) == Activity.BUSY);
            awaitIdle(connections, ServerConnections.idOf(idle));
            assertThat(connections.activity(NOBODY)).isEqualTo(Activity.GONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsKilledIsGoneAndItsLocksToo(TestedServer server) throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(server.get());
                Connection asking = database.dataSource().getConnection();
                Connection dead = database.dataSource().getConnection()) {
            ServerConnections connections = new ServerConnections(asking);
            long id = ServerConnections.idOf(dead);
            database.run("CREATE DATABASE cloud; CREATE TABLE cloud.vm (id INT)");
            dead.createStatement().execute("LOCK TABLES cloud.vm WRITE");

            assertThat(connections.kill(id)).isTrue();

            await().until(() -> connections.activity(id) == Activity.GONE);
            database.run("INSERT INTO cloud.vm VALUES (1)");
            assertThat(connections.kill(id)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccountWithoutRightsSeesAndKillsItsOwnConnectionsOnly(TestedServer server) throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(server.get());
                Connection other = database.dataSource().getConnection()) {
            database.run("CREATE USER mallory@'%' IDENTIFIED BY 'm'");
            long id = ServerConnections.idOf(other);
            try (Connection asking = DriverManager.getConnection(database.jdbcUrl(), "mallory", "m");
                    Connection own = DriverManager.getConnection(database.jdbcUrl(), "mallory", "m")) {
                ServerConnections connections = new ServerConnections(asking);

                assertThat(connections.activity(id)).isEqualTo(Activity.UNSEEN);
                assertThat(connections.activity(NOBODY)).isEqualTo(Activity.UNSEEN);
                assertThatThrownBy(() -> connections.kill(id))
                        .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                                .isEqualTo(1095));
                assertThat(other.isValid(5)).isTrue();

                long ownId = ServerConnections.idOf(own);
                awaitIdle(connections, ownId);
                assertThat(connections.kill(ownId)).isTrue();
            }
        }
    }

    /** The server has answered a little before it says that it has. */
    private static void awaitIdle(ServerConnections connections, long id) {
        await().until(() -> connections.activity(id) == Activity.IDLE);
    }
}
