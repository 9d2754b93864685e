package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.LockNeeds;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anyone who waits in vain learns who holds what it waits for, as far as the server reports. */
class BlockersTest {

    private static final String ALTER = "ALTER TABLE cloud.vm ADD state INT";
    private static final String UPDATE = "UPDATE cloud.vm SET cpu = 5 WHERE id = 1";
    private static final String PASSWORD = "s3cret-of-mallory";

    /** In the order in which they were opened: who holds something comes before who waits for it. */
    private final List<Connection> connections = new ArrayList<>();

    private final List<TestDatabase> databases = new ArrayList<>();

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
        for (TestDatabase database : databases) {
            database.run("DROP USER IF EXISTS mallory@'%'");
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatOnlyReadKeepsBackADefinition(TestedServer server) throws SQLException {
        TestDatabase database = database(server);
        Connection holder = inTransaction(database, "SELECT * FROM cloud.vm");
        Connection waiter = impatient(database);
        fails(waiter, ALTER);

        Blockers blockers = Blockers.of(waiter, needs(ALTER), id(waiter));

        assertThat(blockers.found())
                .singleElement()
                .extracting(Blocker::connectionId)
                .isEqualTo(id(holder));
        assertThat(blockers.certain()).isEqualTo(tellsHolders(database));
        assertThat(blockers.toString())
                .containsPattern(
                        "held by connection " + id(holder)
                                + " of \\w+@[\\w.]+ \\(in a transaction for \\d+ s, idle for \\d+ s(, holds cloud\\.vm)?\\)\\.");
        if (!tellsHolders(database)) {
            assertThat(blockers.toString()).contains("It may be held by", "INSTALL SONAME 'metadata_lock_info'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStatementThatWaitsForARowIsAskedAboutFromElsewhere(TestedServer server) throws Exception {
        TestDatabase database = database(server);
        inTransaction(database, "SELECT * FROM cloud.vm");
        Connection holder = inTransaction(database, "SELECT * FROM cloud.vm WHERE id = 1 FOR UPDATE");
        Connection waiter = connection(database);
        long waiting = id(waiter);
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> unchecked(waiter, UPDATE));
        Connection asking = connection(database);

        await().untilAsserted(() -> assertThat(Blockers.of(asking, needs(UPDATE), waiting))
                .matches(Blockers::certain)
                .extracting(Blockers::found)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .extracting(Object::toString)
                .asString()
                .startsWith("connection " + id(holder) + " of ")
                .endsWith("holds rows of cloud.vm)"));

        holder.rollback();
        waits.join();
    }

    @ParameterizedTest
    @EnumSource
    void whoOnlyReadKeepsNoChangeOfRowsBack(TestedServer server) throws SQLException {
        TestDatabase database = database(server);
        inTransaction(database, "SELECT * FROM cloud.vm");
        Connection holder = inTransaction(database, "UPDATE cloud.vm SET note = '" + PASSWORD + "' WHERE id = 1");
        Connection waiter = impatient(database);
        fails(waiter, UPDATE);

        Blockers blockers = Blockers.of(waiter, needs(UPDATE), id(waiter));

        assertThat(blockers.found()).extracting(Blocker::connectionId).containsExactly(id(holder));
        assertThat(blockers.certain()).isEqualTo(tellsHolders(database));
        assertThat(blockers.toString()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALTER, UPDATE})
    void aTableThatIsLockedAsAWhole(String statement) throws SQLException {
        for (TestedServer server : TestedServer.values()) {
            TestDatabase database = database(server);
            Connection holder = connection(database);
            run(holder, "LOCK TABLES cloud.vm READ");
            Connection waiter = impatient(database);
            fails(waiter, statement);

            Blockers blockers = Blockers.of(waiter, needs(statement), id(waiter));

            if (tellsHolders(database)) {
                assertThat(blockers.found()).extracting(Blocker::connectionId).containsExactly(id(holder));
                assertThat(blockers.toString()).contains("idle for", "holds cloud.vm");
            } else {
                assertThat(blockers.certain()).isFalse();
                assertThat(blockers.hint()).contains("nor LOCK TABLES", "INSTALL SONAME 'metadata_lock_info'");
            }
            holder.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsLockedForABackup(TestedServer server) throws SQLException {
        TestDatabase database = database(server);
        Connection holder = connection(database);
        run(holder, "FLUSH TABLES WITH READ LOCK");
        Connection waiter = impatient(database);
        fails(waiter, ALTER);

        Blockers blockers = Blockers.of(waiter, needs(ALTER), id(waiter));

        assertThat(blockers.certain()).isEqualTo(tellsHolders(database));
        if (tellsHolders(database)) {
            assertThat(blockers.found()).extracting(Blocker::connectionId).containsExactly(id(holder));
            assertThat(blockers.toString()).contains("holds a lock of the whole server");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatRefersToTheOneConcerned(TestedServer server) throws SQLException {
        TestDatabase database = database(server);
        Connection holder = inTransaction(database, "DELETE FROM cloud.nic");
        Connection waiter = impatient(database);
        fails(waiter, "ALTER TABLE cloud.vm CHANGE id vm_id INT");

        assertThat(Blockers.of(waiter, needs(ALTER), id(waiter)).found())
                .extracting(Blocker::connectionId)
                .containsExactly(id(holder));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverStandsInTheQueueComesLast(TestedServer server) throws Exception {
        TestDatabase database = database(server);
        Connection queued = inTransaction(database, "UPDATE cloud.vm SET cpu = 6 WHERE id = 2");
        long queuedId = id(queued);
        Connection holder = inTransaction(database, UPDATE);
        long holderId = id(holder);
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> unchecked(queued, UPDATE));
        Connection waiter = impatient(database);
        fails(waiter, ALTER);

        await().untilAsserted(() -> {
            Blockers blockers = Blockers.of(waiter, needs(ALTER), id(waiter));
            assertThat(blockers.found())
                    .first()
                    .extracting(Blocker::connectionId)
                    .isEqualTo(holderId);
            assertThat(blockers.found().subList(1, blockers.found().size()))
                    .allMatch(blocker -> blocker.connectionId() == queuedId
                            && blocker.state().startsWith("waiting for "));
            assertThat(blockers.found()).hasSize(blockers.certain() ? 2 : 1);
        });

        holder.rollback();
        waits.join();
    }

    @ParameterizedTest
    @EnumSource
    void neitherWhoWaitsNorWhoAsksIsABlocker(TestedServer server) throws Exception {
        TestDatabase database = database(server);
        Connection holder = inTransaction(database, "SELECT * FROM cloud.vm");
        long holderId = id(holder);
        Connection waiter = connection(database);
        long waiting = id(waiter);
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> unchecked(waiter, ALTER));
        await().until(() -> Session.of(holder, waiting).orElseThrow().isWaiting());

        Blockers blockers = Blockers.of(connection(database), needs(ALTER), waiting);
        Blockers askedByHolder = Blockers.of(holder, needs(ALTER), waiting);
        Blockers ofAnother = Blockers.of(connection(database), needs(ALTER), 0);

        assertThat(blockers.found()).extracting(Blocker::connectionId).containsExactly(holderId);
        assertThat(askedByHolder.found()).isEmpty();
        assertThat(ofAnother.found().stream().skip(1))
                .hasSize(ofAnother.certain() ? 1 : 0)
                .allMatch(blocker ->
                        blocker.connectionId() == waiting && blocker.state().startsWith("waiting for "));
        holder.rollback();
        waits.join();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyHoldsItAnyMore(TestedServer server) throws SQLException {
        TestDatabase database = database(server);
        inTransaction(database, "SELECT * FROM cloud.vm").rollback();
        Connection waiter = connection(database);

        Blockers blockers = Blockers.of(waiter, needs(ALTER), id(waiter));

        assertThat(blockers.found()).isEmpty();
        assertThat(blockers.toString())
                .isNotEmpty()
                .matches(text -> !tellsHolders(database) || text.equals("Nobody is seen to hold the lock any more."));
    }

    @ParameterizedTest
    @EnumSource
    void anAccountWithoutRightsIsToldWhichItLacks(TestedServer server) throws SQLException {
        TestDatabase database = database(server);
        Connection holder = inTransaction(database, "UPDATE cloud.vm SET cpu = 7 WHERE id = 1");
        long holderId = id(holder);
        Connection mallory = mallory(database, "GRANT ALL ON cloud.* TO mallory@'%'");

        Blockers blockers = Blockers.of(mallory, needs(ALTER), id(mallory));

        assertThat(blockers.found()).allMatch(blocker -> blocker.toString()
                .equals("connection " + holderId + " of another account (holds cloud.vm)"));
        assertThat(blockers.hint()).contains("sees its own connections only", "GRANT PROCESS ON *.*");
        assertThat(blockers.toString()).endsWith(blockers.hint());
        assertThat(Blockers.of(mallory, needs(UPDATE), id(mallory)).hint()).isEqualTo(blockers.hint());
    }

    @ParameterizedTest
    @EnumSource
    void anAccountThatSeesConnectionsButNoLocks(TestedServer server) throws SQLException {
        TestDatabase database = database(server);
        long holder = id(inTransaction(database, "UPDATE cloud.vm SET cpu = 7 WHERE id = 1"));
        Connection mallory =
                mallory(database, "GRANT ALL ON cloud.* TO mallory@'%'; GRANT PROCESS ON *.* TO mallory@'%'");
        long waiting = id(mallory);

        // the server renews its list of transactions every tenth of a second
        await().untilAsserted(() -> {
            Blockers blockers = Blockers.of(mallory, needs(ALTER), waiting);
            assertThat(blockers.toString()).contains("held by connection " + holder + " of ");
            assertThat(blockers.found()).hasSize(1);
            if (!blockers.certain()) {
                assertThat(blockers.hint()).containsAnyOf("GRANT SELECT ON performance_schema.*", "INSTALL SONAME");
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsLostIsNoReasonToThrow(TestedServer server) throws SQLException {
        Connection lost = connection(database(server));
        lost.close();

        assertThat(Blockers.of(lost, needs(ALTER), 1).toString()).startsWith("Who holds it could not be asked: error");
    }

    private TestDatabase database(TestedServer server) {
        TestDatabase database = TestDatabase.fresh(server.get());
        databases.add(database);
        database.run("CREATE DATABASE cloud; DROP USER IF EXISTS mallory@'%';"
                + " CREATE TABLE cloud.vm (id INT PRIMARY KEY, cpu INT, note TEXT) ENGINE=InnoDB;"
                + " CREATE TABLE cloud.nic (id INT PRIMARY KEY, vm_id INT, FOREIGN KEY (vm_id) REFERENCES cloud.vm (id))"
                + " ENGINE=InnoDB; INSERT INTO cloud.vm VALUES (1, 1, ''), (2, 2, '');"
                + " INSERT INTO cloud.nic VALUES (1, 1)");
        return database;
    }

    /** Whether the server reports who holds a table: MySQL does, and MariaDB when it is set up to. */
    private static boolean tellsHolders(TestDatabase database) {
        String lists = "SELECT (SELECT COUNT(*) FROM performance_schema.metadata_locks)"
                + " + (SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'metadata_lock_info') > 0";
        return database.jdbc().sql(lists).query(Boolean.class).single();
    }

    private Connection connection(TestDatabase database) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connections.add(connection);
        return connection;
    }

    private Connection inTransaction(TestDatabase database, String statement) throws SQLException {
        Connection connection = connection(database);
        connection.setAutoCommit(false);
        run(connection, statement);
        return connection;
    }

    private Connection impatient(TestDatabase database) throws SQLException {
        Connection connection = connection(database);
        run(connection, "SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1");
        return connection;
    }

    private Connection mallory(TestDatabase database, String grants) throws SQLException {
        database.run("CREATE USER mallory@'%' IDENTIFIED BY '" + PASSWORD + "'; " + grants);
        Connection connection = DriverManager.getConnection(database.jdbcUrl(), "mallory", PASSWORD);
        connections.add(connection);
        return connection;
    }

    private static LockNeeds needs(String statement) {
        return LockNeeds.of(List.of(new SqlStatement(1, 1, statement)), List.of("cloud", "cloud_usage"));
    }

    private static void fails(Connection connection, String statement) {
        assertThatThrownBy(() -> run(connection, statement))
                .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                        .isEqualTo(1205));
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    private static void unchecked(Connection connection, String statement) {
        try {
            run(connection, statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long id(Connection connection) throws SQLException {
        return ServerConnections.idOf(connection);
    }
}
