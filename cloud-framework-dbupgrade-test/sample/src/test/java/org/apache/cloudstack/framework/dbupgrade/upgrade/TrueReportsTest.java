package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failure says to be done, rolled back or without effect is so: the databases are compared with its words. */
@UpgradeDatabase
class TrueReportsTest {

    private static final List<String> STATE = List.of(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'cloud'"
                    + " AND table_name NOT LIKE 'dbupgrade%' AND table_name NOT LIKE 'flyway%' ORDER BY 1, 2",
            "SELECT * FROM cloud.a ORDER BY id",
            "SELECT n FROM cloud.log ORDER BY n",
            "SELECT n FROM cloud.other ORDER BY n");

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", """
                CREATE TABLE a (id INT PRIMARY KEY, n INT NOT NULL);
                INSERT INTO a VALUES (1, 100);
                CREATE TABLE b (id INT PRIMARY KEY);
                CREATE VIEW va AS SELECT 1 AS x;
                CREATE TABLE log (n INT PRIMARY KEY) ENGINE = MyISAM;
                CREATE TABLE other (n INT PRIMARY KEY) ENGINE = MyISAM;
                INSERT INTO log VALUES (1), (2), (3);
                INSERT INTO other VALUES (1), (2), (3);
                DELIMITER //
                CREATE PROCEDURE half() BEGIN UPDATE a SET n = 7; ALTER TABLE b ADD COLUMN h INT; SIGNAL SQLSTATE '45000'; END//
                """);
        bench.upgrade().upgrade();
    }

    /** The products differ in how much of a list they do before they fail. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE b, missing",
                "DROP TABLES b, missing",
                "DROP VIEW va, missing",
                "RENAME TABLE b TO c, missing TO d",
                "UPDATE log, other SET log.n = 50 + log.n, other.n = 9 WHERE log.n = other.n",
                "DELETE log FROM log WHERE IF(n = 3, (SELECT 1 UNION SELECT 2), 1)",
                "INSERT INTO log VALUES (7), (8), (7)",
                "CALL half()",
                "REVOKE SELECT ON a FROM nobody@nowhere, noone@nowhere"
            })
    void whatMayHaveBeenDoneIsNotSaidToHaveHadNoEffect(String statement) {
        bench.with("V_410_A.sql", statement + ";");

        assertThat(bench.failed().findings().get(0).problem())
                .contains("No statement is done, statement 1 may have had a part of its effect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a ADD COLUMN c INT, ADD COLUMN id INT",
                "ALTER TABLE a ADD COLUMN c INT, RENAME TO b",
                "CREATE TABLE t (n INT PRIMARY KEY) AS SELECT 1 AS n UNION ALL SELECT 1",
                "CREATE TABLE t (n INT PRIMARY KEY) ENGINE = MyISAM AS SELECT 1 AS n UNION ALL SELECT 1",
                "CREATE OR REPLACE VIEW va AS SELECT * FROM missing",
                "DROP TABLES b, c d",
                "INSERT INTO a VALUES (2, 2), (1, 1)",
                "UPDATE a, b SET a.n = 1, b.id = (SELECT 1 UNION SELECT 2)"
            })
    void whatIsSaidToHaveHadNoEffectHasHadNone(String statement) {
        List<Object> before = state();
        bench.with("V_410_A.sql", "INSERT INTO b VALUES (1);" + statement + ";");

        assertThat(bench.failed().findings().get(0).problem())
                .contains("1 statement is done, statement 2 had no effect");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatADefinitionWithinATransactionCommittedIsDone() {
        bench.with(
                "V_410_A.sql",
                "START TRANSACTION; INSERT INTO a VALUES (2, 2); TRUNCATE b; INSERT INTO a VALUES (3, 3);"
                        + " INSERT INTO a VALUES (1, 1); COMMIT;");

        assertThat(bench.failed().findings().get(0).problem())
                .contains("4 statements are done, statement 5 had no effect");
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsSaidToBeRolledBackIsGone() {
        bench.with(
                "V_410_A.sql",
                "START TRANSACTION; INSERT INTO a VALUES (2, 2); SAVEPOINT s; INSERT INTO a VALUES (3, 3);"
                        + " ROLLBACK TO s; INSERT INTO a VALUES (1, 1); COMMIT;");

        assertThat(bench.failed().findings().get(0).problem())
                .contains("No statement is done, statements 1 to 5 were rolled back, statement 6 had no effect");
        assertThat(ids()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XA START 'x'; INSERT INTO a VALUES (3, 3); XA END 'x'; XA COMMIT 'x' ONE PHASE;",
                "/* two phases */ xa start 'x'; XA END 'x'; XA PREPARE 'x'; XA COMMIT 'x';",
                "START TRANSACTION READ ONLY; SELECT 1; COMMIT;",
                "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY; SELECT 1; COMMIT;",
                "SET TRANSACTION READ ONLY; SELECT 1;",
                "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY; SELECT 1;",
                "SET @x = 1, SESSION transaction_read_only = ON; SELECT 1;",
                "SET @@transaction_read_only=1; SELECT 1;"
            })
    void aTransactionThatTakesNoCheckpointIsRefusedBeforeAnythingIsRun(String script) {
        bench.with("V_410_A.sql", "INSERT INTO a VALUES (2, 2);")
                .with("V_410_B.sql", "INSERT INTO a VALUES (4, 4);\n" + script);

        assertThat(bench.refusedFor(FindingCode.TRANSACTION_UNMARKED).problem())
                .matches("V_410_B.sql opens an? (XA|read-only) transaction in statement 2 \\(line 2\\), .*");
        assertThat(ids()).containsExactly(1);
        assertThat(bench.upgrade().lint())
                .anySatisfy(finding -> assertThat(finding.problem()).startsWith("V_410_B.sql opens a"));
    }

    @Test
    void whatOnlyLooksLikeSuchATransactionRuns() {
        bench.with("V_410_A.sql", """
                SET @s = 'SET SESSION TRANSACTION READ ONLY', @transaction_read_only = 1;
                SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
                INSERT INTO a VALUES (2, 2);
                """);

        bench.upgrade().upgrade();

        assertThat(ids()).containsExactly(1, 2);
    }

    /** Where the strings do not show it, the session takes checkpoints all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET @s = 'SET SESSION TRANSACTION READ ONLY'; PREPARE p FROM @s; EXECUTE p;",
                "CREATE PROCEDURE ro() SET SESSION TRANSACTION READ ONLY; CALL ro();"
            })
    void aSessionThatCodeMakesReadOnlyIsMadeWritable(String script) {
        bench.with("V_410_A.sql", "INSERT INTO a VALUES (3, 3);" + script + " INSERT INTO a VALUES (1, 1);");

        assertThat(bench.failed().findings().get(0).evidence()).contains("1062");
        bench.with("V_410_A.sql", "INSERT INTO a VALUES (3, 3);" + script + " INSERT INTO a VALUES (2, 2);");
        bench.upgrade().upgrade();

        assertThat(ids()).containsExactly(1, 2, 3);
    }

    /** MySQL prepares no XA statement, and MariaDB starts none within a transaction. */
    @Test
    void anXaTransactionOfDynamicSqlIsRefusedByTheServer() {
        bench.with(
                "V_410_A.sql", "SET @s = 'XA START ''q'''; PREPARE p FROM @s; EXECUTE p; INSERT INTO a VALUES (2, 2);");

        bench.failed();
        assertThat(ids()).containsExactly(1);
    }

    private List<Integer> ids() {
        return bench.database()
                .jdbc()
                .sql("SELECT id FROM cloud.a ORDER BY id")
                .query(Integer.class)
                .list();
    }

    private List<Object> state() {
        List<Object> rows = new ArrayList<>();
        STATE.forEach(query -> rows.addAll(bench.database().rows(query)));
        return rows;
    }
}
