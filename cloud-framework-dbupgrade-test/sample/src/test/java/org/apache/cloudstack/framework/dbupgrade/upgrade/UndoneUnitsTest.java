package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the server took back is run again, what it kept is not, and what nobody knows is asked. */
@UpgradeDatabase
class UndoneUnitsTest {

    private static final String ADD_COLUMN =
            "CREATE PROCEDURE add_column() BEGIN SET @s = 'ALTER TABLE a ADD COLUMN c INT';"
                    + " PREPARE s FROM @s; EXECUTE s; DEALLOCATE PREPARE s; END;";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", """
                CREATE TABLE a (id INT PRIMARY KEY, n INT NOT NULL);
                INSERT INTO a VALUES (1, 100);
                CREATE TABLE log (n INT PRIMARY KEY) ENGINE = MyISAM;
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EXECUTE p    | SET @s = 'UPDATE a SET n = n + 1 WHERE SLEEP(1) = 0'; PREPARE p FROM @s; EXECUTE p; DEALLOCATE PREPARE p;
            TABLE        | CREATE TEMPORARY TABLE todo AS SELECT id, SLEEP(1) s FROM a; UPDATE a, todo SET n = n + 1 WHERE a.id = todo.id;
            IF NOT       | CREATE TEMPORARY TABLE IF NOT EXISTS todo AS SELECT id, SLEEP(1) s FROM a; UPDATE a, todo SET n = n + 1 WHERE a.id = todo.id;
            CALL         | CREATE PROCEDURE p() CREATE TEMPORARY TABLE todo AS SELECT id, SLEEP(1) s FROM a; CALL p(); UPDATE a, todo SET n = n + 1 WHERE a.id = todo.id;
            HANDLER      | HANDLER a OPEN AS h; DO SLEEP(1); HANDLER h READ FIRST; HANDLER h CLOSE; UPDATE a SET n = n + 1;
            GET_LOCK     | DO GET_LOCK('l', 1) + SLEEP(1); DO RELEASE_LOCK('l'); UPDATE a SET n = n + IS_FREE_LOCK('l');
            """)
    void aUnitSurvivesAGlobalReadLockAtItsCheckpoint(String name, String script) throws Exception {
        bench.settings(settings ->
                settings.withWaits(settings.waits().withLocks(Duration.ofSeconds(1), Duration.ofMinutes(1))));
        bench.with("V_410_A.sql", script);
        upgradeDuringABackup(bench.upgrade());

        assertThat(n()).isEqualTo(101);
    }

    @Test
    void soDoesALoadOfAFileOfTheClient(@TempDir Path other) throws Exception {
        bench.settings(settings ->
                settings.withWaits(settings.waits().withLocks(Duration.ofSeconds(1), Duration.ofMinutes(1))));
        bench.upgrade().upgrade();
        bench.database().run("SET GLOBAL local_infile = ON");
        Path rows = Files.writeString(other.resolve("rows.txt"), "2\n3\n");
        bench.with("V_410_A.sql", "LOAD DATA LOCAL INFILE '" + rows + "' INTO TABLE a (id) SET n = 7 + SLEEP(1);");
        DatabaseServer server = bench.database().server();

        upgradeDuringABackup(bench.upgrade(new DriverManagerDataSource(
                server.jdbcUrl() + (server.jdbcUrl().contains("?") ? "&" : "?") + "allowLoadLocalInfile=true",
                server.user(),
                server.password())));

        assertThat(bench.value(Integer.class, "SELECT SUM(n) FROM cloud.a")).isEqualTo(114);
    }

    private void upgradeDuringABackup(DatabaseUpgrade upgrade) throws Exception {
        CompletableFuture<Void> running = CompletableFuture.runAsync(upgrade::upgrade);
        while (!isSomebodyAsleep() && !running.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(running).isNotDone();
        try (Connection backup = bench.database().dataSource().getConnection();
                Statement statement = backup.createStatement()) {
            statement.execute("FLUSH TABLES WITH READ LOCK");
            statement.executeQuery("SELECT SLEEP(3)").close();
            statement.execute("UNLOCK TABLES");
        }
        running.join();
    }

    @Test
    void aTemporaryTableDroppedInAUnitThatIsToRunAgainIsNotMissedInSilence() throws Exception {
        bench.upgrade().upgrade();
        bench.with("V_410_A.sql", """
                SET SESSION innodb_lock_wait_timeout = 1;
                CREATE TEMPORARY TABLE todo AS SELECT 1 AS id;
                START TRANSACTION;
                UPDATE a, todo SET n = n + 1 WHERE a.id = todo.id;
                DROP TEMPORARY TABLE todo;
                DELETE FROM a WHERE id = 2;
                COMMIT;
                """);

        try (Connection other = held("INSERT INTO cloud.a VALUES (2, 2)")) {
            assertThat(bench.failed().findings()).singleElement().satisfies(finding -> assertThat(finding.code())
                    .isEqualTo(FindingCode.SESSION_LOST));
            other.rollback();
        }
    }

    @Test
    void aCallThatOthersKeepFromItsLockComesAgain() throws SQLException {
        bench.with("V_400_B.sql", ADD_COLUMN);
        bench.upgrade().upgrade();
        bench.with("V_410_A.sql", "CALL add_column();");

        upgradeWhileHeld("SELECT * FROM cloud.a");

        assertThat(bench.value(Integer.class, "SELECT COUNT(c) FROM cloud.a")).isZero();
    }

    @Test
    void ofACallThatCommittedAPartBeforeItMetALockTheOperatorIsAsked() throws SQLException {
        bench.with("V_400_B.sql", """
                CREATE TABLE other (id INT PRIMARY KEY);
                INSERT INTO other VALUES (1);
                CREATE PROCEDURE twice() BEGIN UPDATE a SET n = n + 1; COMMIT; UPDATE other SET id = 2; END;
                """);
        bench.upgrade().upgrade();
        bench.with("V_410_A.sql", "SET SESSION innodb_lock_wait_timeout = 1; CALL twice();");

        try (Connection other = held("UPDATE cloud.other SET id = 3")) {
            assertThat(bench.failed().findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.code()).isEqualTo(FindingCode.MIGRATION_INTERRUPTED))
                    .satisfies(finding -> assertThat(finding.evidence()).contains("1205"));
            other.rollback();
        }
        bench.refusedFor(FindingCode.MIGRATION_INTERRUPTED);
        bench.upgrade().resolve("V_410_A.sql", Resolution.DONE);
        bench.upgrade().upgrade();

        assertThat(n()).isEqualTo(101);
    }

    @Test
    void rowsThatNoRollbackTakesBackAreNotWrittenAgain() throws SQLException {
        bench.upgrade().upgrade();
        bench.with(
                "V_410_A.sql",
                "SET SESSION innodb_lock_wait_timeout = 1; INSERT INTO log VALUES (7); UPDATE a SET n = n + 1;");

        upgradeWhileHeld("UPDATE cloud.a SET n = 0");

        assertThat(n()).isEqualTo(101);
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.log")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO log VALUES (1), (2), (1);",
                "CREATE VIEW logs AS SELECT n FROM log;\nINSERT INTO logs VALUES (1), (2), (1);",
                "CREATE PROCEDURE p() INSERT INTO log VALUES (1), (2), (1);\nCALL p();",
            })
    void aStatementThatKeptAPartIsNotSaidToHaveHadNoEffect(String script) {
        keepsAPart(script);
    }

    /** MySQL with GTIDs refuses to write both kinds of tables in one statement. */
    @Test
    void neitherIsOneWhoseTriggerKeptAPart() {
        assumeThat(bench.value(String.class, "SELECT VERSION()")).contains("MariaDB");

        keepsAPart(
                "CREATE TRIGGER t AFTER UPDATE ON a FOR EACH ROW INSERT INTO log VALUES (1), (1);\nUPDATE a SET n = n + 1;");
    }

    private void keepsAPart(String script) {
        bench.with("V_410_A.sql", "INSERT INTO a VALUES (2, 2);\n" + script);

        assertThat(bench.failed().findings().get(0).problem()).contains("may have had a part of its effect");
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.log")).isPositive();
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.a")).isEqualTo(2);
    }

    @Test
    void whatDynamicSqlCommittedWithinATransactionIsDone() {
        bench.with("V_410_A.sql", """
                START TRANSACTION;
                INSERT INTO a VALUES (2, 2);
                SET @s = 'ALTER TABLE a ADD COLUMN c INT';
                PREPARE s FROM @s;
                EXECUTE s;
                INSERT INTO a VALUES (3, 3);
                COMMIT;
                """);

        assertThat(bench.failed().findings().get(0).problem())
                .contains("5 statements are done, statement 6 had no effect");
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.a")).isEqualTo(2);
    }

    @Test
    void aCommitThatIsRefusedAndRolledBackCountsNothingAsDone() {
        bench.upgrade().upgrade();
        bench.with("V_410_A.sql", "UPDATE a SET n = n + 1; INSERT INTO a VALUES (2, 2); SELECT 1;");

        assertThat(failsAtCommit(false)).contains("No statement is done", "statement 1 was rolled back");
        assertThat(n()).isEqualTo(100);
        bench.upgrade().upgrade();
        assertThat(n()).isEqualTo(101);
    }

    @Test
    void aCommitThatIsAnsweredByAnErrorAndTookEffectIsNotRepeated() {
        bench.upgrade().upgrade();
        bench.with("V_410_A.sql", "UPDATE a SET n = n + 1; INSERT INTO a VALUES (2, 2); SELECT 1;");

        assertThat(failsAtCommit(true)).isEmpty();
        assertThat(n()).isEqualTo(101);
    }

    @Test
    void aCheckpointThatMetALockDoesNotForgetWhatTheSessionHeld() {
        String script =
                "INSERT INTO log VALUES (1); UPDATE log SET n = (@top := n + 1); INSERT INTO a VALUES (2, 'x');";
        bench.upgrade().upgrade();
        bench.with("V_410_A.sql", script);

        assertThat(problemOn((connection, sql) -> {
                    if (sql.equals("commit")) {
                        connection.rollback();
                        throw new SQLException("Lock wait timeout exceeded", "40001", 1205);
                    }
                }))
                .contains("2 statements are done");
        bench.with("V_410_A.sql", script.replace("'x'", "@top"));
        bench.upgrade().upgrade();

        assertThat(bench.value(Integer.class, "SELECT n FROM cloud.a WHERE id = 2"))
                .isEqualTo(2);
    }

    @Test
    void aTransactionThatTheServerRolledBackWholeCountsNothingAsDone() throws SQLException {
        bench.upgrade().upgrade();
        bench.with(
                "V_410_A.sql",
                "UPDATE a SET n = n + 1; INSERT INTO a SELECT 2, 1 FROM a WHERE (SELECT SLEEP(0.5)) = 0; SELECT 1;");

        assertThat(failsAfter("INSERT INTO a SELECT 2"))
                .contains("No statement is done", "statement 1 was rolled back");
        assertThat(n()).isEqualTo(100);
    }

    @Test
    void theSettingsOfOneStatementAreNotTakenForThoseOfTheSession() {
        assumeThat(bench.value(String.class, "SELECT VERSION()")).contains("MariaDB");
        String script =
                "SET STATEMENT max_statement_time = 60 FOR UPDATE a SET n = n + 1; INSERT INTO a VALUES (2, 'x');";
        bench.with("V_410_A.sql", script);
        bench.failed();
        bench.with("V_410_A.sql", script.replace("'x'", "2"));

        bench.upgrade().upgrade();

        assertThat(n()).isEqualTo(101);
    }

    private int n() {
        return bench.value(Integer.class, "SELECT n FROM cloud.a WHERE id = 1");
    }

    private Connection held(String statement) throws SQLException {
        Connection other = bench.database().dataSource().getConnection();
        other.setAutoCommit(false);
        try (Statement jdbc = other.createStatement()) {
            jdbc.execute(statement);
        }
        return other;
    }

    private void upgradeWhileHeld(String statement) throws SQLException {
        try (Connection other = held(statement)) {
            DatabaseUpgrade.of(bench.database().dataSource())
                    .settings(bench.settings())
                    .listeners(List.of(event -> {
                        if (event instanceof UpgradeEvent.StatementBlocked) {
                            rollback(other);
                        }
                    }))
                    .build()
                    .upgrade();
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isSomebodyAsleep() {
        return bench.database().rows("SHOW PROCESSLIST").stream()
                .anyMatch(row -> "User sleep".equals(row.get("State")));
    }

    /** The answer to the commit of the first rows; the problem, or nothing when the upgrade went on. */
    private String failsAtCommit(boolean takesEffect) {
        return problemOn((connection, sql) -> {
            if (sql.equals("commit")) {
                if (takesEffect) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                throw new SQLException("The plug-in refuses", "HY000", 3101);
            }
        });
    }

    /** As a server does whose lock table is full. */
    private String failsAfter(String statement) {
        return problemOn((connection, sql) -> {
            if (sql.startsWith(statement)) {
                connection.rollback();
                throw new SQLException("The total number of locks exceeds the lock table size", "HY000", 1206);
            }
        });
    }

    private String problemOn(FaultyDataSource.Fault fault) {
        try {
            bench.upgrade(new FaultyDataSource(bench.database().dataSource(), fault))
                    .upgrade();
            return "";
        } catch (org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException e) {
            return e.findings().get(0).problem();
        }
    }
}
