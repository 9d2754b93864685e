package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Fault;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.InterruptedUpgrade;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.InterruptionReport;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Interruptions;
import org.apache.cloudstack.framework.dbupgrade.test.interruption.Moment;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A script that is interrupted anywhere ends as one that nobody disturbed, and asks nobody but where nobody else can know.
 * It is killed at each moment, and struck in other ways at some; {@code -Ddbupgrade.interruption.moments} says at how
 * many, and {@code -Ddbupgrade.interruption.seed} at which.
 */
@UpgradeDatabase
class InterruptedScriptsTest {

    private static final String START = """
            CREATE TABLE a (id INT PRIMARY KEY, name VARCHAR(20), KEY by_name (name));
            INSERT INTO a VALUES (1, 'one'), (2, 'two'), (3, 'three');
            CREATE TABLE b (id INT AUTO_INCREMENT PRIMARY KEY, a_id INT, note VARCHAR(20));
            CREATE VIEW names AS SELECT name FROM a;
            CREATE PROCEDURE count_names() SELECT COUNT(*) FROM names;
            """;

    private static final Interruptions KILLED =
            Interruptions.everywhere().only(Moment.Kind.STATEMENT, Moment.Kind.CHECKPOINT);
    private static final int MOMENTS = Integer.getInteger("dbupgrade.interruption.moments", 2);
    private static final Interruptions OTHERWISE = Interruptions.sampled(MOMENTS)
            .seed(Long.getLong("dbupgrade.interruption.seed", 17))
            .except(Moment.Kind.STATEMENT, Moment.Kind.CHECKPOINT);

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", START);
        bench.upgrade().upgrade();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // rows
                "INSERT INTO b (a_id) SELECT id FROM a; UPDATE b SET note = CONCAT('of ', a_id); DELETE FROM a WHERE id = 2;",
                "REPLACE INTO a VALUES (3, 'drei'), (4, 'vier'); INSERT INTO b (a_id) VALUES (4);",
                // what the session holds
                "SET @x = 5; USE cloud_usage; CREATE TABLE u (id INT); INSERT INTO u VALUES (@x); UPDATE cloud.a SET id = id + @x;",
                "SELECT MAX(id) INTO @top FROM a; ALTER TABLE b ADD COLUMN size INT; INSERT INTO b (size) VALUES (@top);",
                "SET SESSION sql_mode = 'ANSI_QUOTES'; CREATE TABLE \"q\" (id INT); INSERT INTO \"q\" VALUES (1);",
                // units of the script's own
                "START TRANSACTION; INSERT INTO b (a_id) VALUES (1); DELETE FROM a WHERE id = 1; COMMIT; INSERT INTO b (a_id) VALUES (2);",
                "BEGIN; UPDATE a SET name = 'x'; ROLLBACK; INSERT INTO b (a_id) VALUES (7);",
                "START TRANSACTION; INSERT INTO b (a_id) VALUES (1); ALTER TABLE a ADD COLUMN size INT; INSERT INTO b (a_id) VALUES (2);",
                "LOCK TABLES a WRITE, b WRITE; INSERT INTO b (a_id) VALUES (1); DELETE FROM a WHERE id = 1; UNLOCK TABLES; DELETE FROM a;",
                "LOCK TABLES a WRITE; UPDATE a SET id = id + 10; COMMIT; SELECT 1; UPDATE a SET id = id + 10; UNLOCK TABLES; DELETE FROM b;",
                "LOCK TABLES a WRITE; UPDATE a SET id = id + 10; ALTER TABLE a ADD COLUMN size INT; UPDATE a SET id = id + 10; UNLOCK TABLES;",
                "SET @v = (SELECT MAX(id) FROM a); DELETE FROM a WHERE id = 3; ALTER TABLE b ADD COLUMN size INT; INSERT INTO b (size) VALUES (@v);",
                "INSERT INTO b (note) VALUES ('new'); DELETE FROM a WHERE id = 3; ALTER TABLE a ADD COLUMN size INT; UPDATE b SET a_id = 7 WHERE id = LAST_INSERT_ID();",
                "UPDATE a SET name = 'x'; SET @n = ROW_COUNT(); INSERT INTO b (a_id) VALUES (@n);",
                "PREPARE p FROM 'UPDATE b SET note = 5'; EXECUTE p; ALTER TABLE b DROP COLUMN note; INSERT INTO b (a_id) VALUES (1);",
                // what commits from within a unit, and what only looks as if
                "SET autocommit = 1; UPDATE a SET id = id + 10; INSERT INTO b (a_id) VALUES (1);",
                "START TRANSACTION; UPDATE a SET id = id + 10; SAVEPOINT s; DELETE FROM a; ROLLBACK TO s; UPDATE a SET id = id + 10; COMMIT;",
                "SET @s = 'UPDATE a SET id = id + 10'; PREPARE p FROM @s; EXECUTE p; DEALLOCATE PREPARE p;",
                "CREATE PROCEDURE grow() UPDATE a SET id = id + 10; CALL grow(); DROP PROCEDURE grow;",
                // definitions
                "CREATE TABLE c LIKE a; INSERT INTO c SELECT * FROM a; DROP TABLE a; RENAME TABLE c TO a;",
                "ALTER TABLE a ADD COLUMN size INT, ADD COLUMN kind INT, DROP KEY by_name, ADD KEY by_size (size);",
                "ALTER TABLE a CHANGE COLUMN name title VARCHAR(30); DROP VIEW names; CREATE VIEW names AS SELECT title FROM a;",
                "ALTER TABLE a MODIFY COLUMN name VARCHAR(40) NOT NULL DEFAULT 'none'; ALTER TABLE a ALTER COLUMN name DROP DEFAULT;",
                "CREATE INDEX by_both ON a (name, id); DROP INDEX by_name ON a; ALTER TABLE a RENAME INDEX by_both TO by_name;",
                "ALTER TABLE b ADD CONSTRAINT fk_a FOREIGN KEY (a_id) REFERENCES a (id); ALTER TABLE b DROP FOREIGN KEY fk_a;",
                "ALTER TABLE a ADD CONSTRAINT positive CHECK (id > 0); ALTER TABLE a DROP CONSTRAINT positive;",
                "ALTER TABLE a DROP PRIMARY KEY; ALTER TABLE a ADD PRIMARY KEY (id, name);",
                "ALTER TABLE b AUTO_INCREMENT = 100; INSERT INTO b (a_id) VALUES (1); TRUNCATE TABLE b;",
                "CREATE OR REPLACE VIEW names AS SELECT name, id FROM a; DROP VIEW IF EXISTS names; CREATE VIEW names AS SELECT 1 AS n;",
                "DROP PROCEDURE count_names; CREATE PROCEDURE count_names() SELECT 1; DROP PROCEDURE IF EXISTS count_names;",
                "CREATE TRIGGER keep BEFORE INSERT ON b FOR EACH ROW SET NEW.note = 'kept'; INSERT INTO b (a_id) VALUES (1); DROP TRIGGER keep;",
                "ALTER DATABASE cloud_usage DEFAULT CHARACTER SET utf8mb4; CREATE TABLE IF NOT EXISTS a (id INT); OPTIMIZE TABLE a;",
            })
    void aScriptEndsAsUndisturbed(String script) {
        assertResumes(script, UnaryOperator.identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET STATEMENT max_statement_time = 60 FOR UPDATE a SET id = id + 10; DELETE FROM b;",
                "SET STATEMENT lock_wait_timeout = 60 FOR ALTER TABLE a ADD COLUMN size INT; DELETE FROM b;",
            })
    void soDoesWhatMariaDbAloneHas(String script) {
        assumeThat(isMariaDb()).isTrue();
        assertResumes(script, UnaryOperator.identity());
    }

    @Test
    void soDoesWhatMySqlAloneHas() {
        assumeThat(isMariaDb()).isFalse();
        assertResumes(
                "WITH some AS (SELECT 1 AS id) UPDATE a SET id = id + 10 WHERE id IN (SELECT id FROM some); DELETE FROM b;",
                UnaryOperator.identity());
    }

    private boolean isMariaDb() {
        return bench.value(String.class, "SELECT VERSION()").contains("MariaDB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // tables without transactions
                "CREATE TABLE log (n INT) ENGINE = MyISAM; INSERT INTO log VALUES (1), (2); UPDATE log SET n = n + 1; UPDATE a SET id = id + 10;",
                "CREATE TABLE log (n INT) ENGINE = MEMORY; UPDATE a SET id = id + 10; INSERT INTO log VALUES (1); UPDATE a SET id = id + 10;",
                // what commits from within
                "CREATE PROCEDURE grow() BEGIN UPDATE a SET id = id + 10\\; COMMIT\\; END; CALL grow(); DROP PROCEDURE grow;",
                "CREATE PROCEDURE ends() COMMIT; START TRANSACTION; UPDATE a SET id = id + 10; CALL ends(); UPDATE a SET id = id + 10; COMMIT;",
                "SET @s = 'ALTER TABLE a ADD COLUMN size INT'; PREPARE p FROM @s; START TRANSACTION; UPDATE a SET id = id + 10; EXECUTE p; COMMIT;",
                "START TRANSACTION; UPDATE a SET id = id + 10; SET autocommit = 1; UPDATE a SET id = id + 10; COMMIT;",
                "START TRANSACTION; UPDATE a SET id = id + 10; ANALYZE TABLE b; UPDATE a SET id = id + 10; COMMIT;",
            })
    void theOperatorIsAskedForWhatIsTrue(String script) {
        assertResumes(script, upgrade -> upgrade.withOperatorFor("V_410_A.sql"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"InnoDB", "MyISAM"})
    void rowsOfAFileAreLoadedOnce(String engine, @TempDir Path other) throws IOException {
        Path rows = Files.writeString(other.resolve("rows.txt"), "1\n2\n3\n");
        boolean keepsRows = engine.equals("MyISAM");

        assertResumes(
                "CREATE TABLE log (n INT) ENGINE = " + engine + "; LOAD DATA INFILE '" + rows
                        + "' INTO TABLE log; UPDATE a SET id = id + 10;",
                upgrade -> keepsRows ? upgrade.withOperatorFor("V_410_A.sql") : upgrade);
    }

    @Test
    void aTableLockIsTakenAgainWhereverTheJournalMeetsALock() {
        assertResumes(
                "LOCK TABLES a WRITE; UPDATE a SET id = id + 10; ALTER TABLE a ADD COLUMN size INT;"
                        + " UPDATE a SET id = id + 10; UNLOCK TABLES;",
                UnaryOperator.identity(),
                Interruptions.everywhere()
                        .only(Moment.Kind.LOCKED_CHECKPOINT, Moment.Kind.FAILED_COMMIT, Moment.Kind.LOCKED_COMMIT));
    }

    /** Neither whole nor undone: a procedure that commits in its middle, when the lock takes the rest of it back. */
    @Test
    void theRestOfAProcedureThatCommitsIsNotLostInSilence() {
        bench.with("V_410_A.sql", """
                CREATE PROCEDURE halves() BEGIN COMMIT; UPDATE a SET id = id + 10; END;
                START TRANSACTION;
                DELETE FROM b;
                CALL halves();
                COMMIT;
                """);

        InterruptionReport report = Interruptions.everywhere()
                .only(Moment.Kind.LOCKED_CHECKPOINT, Moment.Kind.LOCKED_COMMIT)
                .of(new MigratedDatabase(bench.database(), bench.settings(), UnaryOperator.identity()))
                .verify();

        assertThat(report.faults())
                .as(report.toString())
                .flatExtracting(Fault::findings)
                .extracting(Object::toString)
                .isNotEmpty()
                .noneMatch(finding -> finding.startsWith("Rows of"));
    }

    @Test
    void soIsHeForABlockOfMariaDb() {
        assumeThat(isMariaDb()).isTrue();
        assertResumes(
                "BEGIN NOT ATOMIC UPDATE a SET id = id + 10\\; DELETE FROM b\\; END; DELETE FROM b;",
                upgrade -> upgrade.withOperatorFor("V_410_A.sql"));
    }

    @Test
    void theStretchThatNeedsATemporaryTableRunsAgain() {
        assertResumes(
                "CREATE TEMPORARY TABLE todo (id INT); INSERT INTO todo VALUES (1);"
                        + " DELETE FROM a WHERE id IN (SELECT id FROM todo); DROP TEMPORARY TABLE todo;",
                upgrade -> upgrade.withOperatorFor("V_410_A.sql"),
                Interruptions.everywhere().only(Moment.Kind.LOCKED_CHECKPOINT, Moment.Kind.LOCKED_COMMIT));
    }

    private void assertResumes(String script, UnaryOperator<InterruptedUpgrade> operator) {
        assertResumes(script, operator, OTHERWISE);
    }

    private void assertResumes(String script, UnaryOperator<InterruptedUpgrade> operator, Interruptions otherwise) {
        bench.with("V_410_A.sql", script.replaceAll("(?<!\\\\); ", ";\n").replace("\\;", ";"));
        MigratedDatabase database = new MigratedDatabase(bench.database(), bench.settings(), UnaryOperator.identity());

        for (Interruptions interruptions : List.of(KILLED, otherwise)) {
            InterruptionReport report =
                    operator.apply(interruptions.of(database)).verify();
            assertThat(report.isGood()).as(report.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO b (a_id) VALUES (1); UPDATE a SET id = id + 10;",
                "SET @s = 'UPDATE a SET id = id + 10'; PREPARE p FROM @s; EXECUTE p;",
            })
    void aBackupThatLocksTheWholeServerIsWaitedFor(String script) {
        bench.with("V_410_A.sql", script.replace("; ", ";\n"));
        UpgradeSettings patient = bench.settings()
                .withWaits(bench.settings().waits().withLocks(Duration.ofSeconds(1), Duration.ofMinutes(1)));

        Interruptions.sampled(Math.max(1, MOMENTS / 8))
                .only(Moment.Kind.READ_LOCK)
                .of(new MigratedDatabase(bench.database(), patient, UnaryOperator.identity()))
                .migration("V_410_A.sql")
                .assertResumes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIMIZE TABLE a; ANALYZE TABLE a;",
                "SET @s = 'UPDATE a SET id = id + 10'; PREPARE p FROM @s; EXECUTE p;",
            })
    void aCheckpointThatMeetsALockIsWrittenAgain(String script) {
        bench.with("V_410_A.sql", script.replace("; ", ";\n"));

        Interruptions.everywhere()
                .only(Moment.Kind.LOCKED_CHECKPOINT, Moment.Kind.LOCKED_COMMIT)
                .of(new MigratedDatabase(bench.database(), bench.settings(), UnaryOperator.identity()))
                .migration("V_410_A.sql")
                .assertResumes();
    }

    @Test
    void onlyTheOperatorCanTellWhetherNamesWereSwapped() {
        bench.with("V_410_A.sql", "RENAME TABLE a TO c, b TO a, c TO b;\nDROP VIEW names;");
        InterruptedUpgrade upgrade =
                KILLED.of(new MigratedDatabase(bench.database(), bench.settings(), UnaryOperator.identity()));

        assertThat(upgrade.verify().faults()).hasSize(2);
        upgrade.withOperatorFor("V_410_A.sql").assertResumes();
    }

    @Test
    void manyStatementsOfRowsEndAsUndisturbed() {
        StringBuilder script = new StringBuilder();
        for (int i = 10; i < 230; i++) {
            script.append("INSERT INTO a VALUES (").append(i).append(", 'many');\n");
        }
        bench.with("V_410_A.sql", script.toString());
        MigratedDatabase database = new MigratedDatabase(bench.database(), bench.settings(), UnaryOperator.identity());

        Interruptions.sampled(6).of(database).assertResumes();
    }
}
