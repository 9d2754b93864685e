package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A script that stopped goes on with the session that it had, not with one that is computed again. */
@UpgradeDatabase
class ResumedSessionTest {

    private static final String TABLES = """
            CREATE TABLE parent (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(200));
            CREATE TABLE child (parent_id BIGINT UNSIGNED, n INT NOT NULL, note VARCHAR(200));
            INSERT INTO parent (name) VALUES ('a'), ('b'), ('ours');
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", TABLES);
        bench.upgrade().upgrade();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            SELECT COUNT(*) INTO @v FROM parent; DELETE FROM parent                               | @v                      | 3
            SET @v = (SELECT MAX(name) FROM parent); ALTER TABLE parent DROP COLUMN name          | @v                      | ours
            INSERT INTO parent (name) VALUES ('new')                                              | LAST_INSERT_ID()        | 4
            INSERT INTO parent (name) VALUES ('new'); SET @v = LAST_INSERT_ID()                   | @v                      | 4
            SET @v = 18446744073709551615                                                         | @v                      | 18446744073709551615
            SET @v = 1.50                                                                         | @v                      | 1.50
            SET @v = 1e300                                                                        | @v                      | 1e300
            SET @v = X'00FF27'                                                                    | HEX(@v)                 | 00FF27
            SET @v = 'it''s ÅØ\\\\ \\n'                                                           | HEX(@v)                 | 6974277320C385C398
            SET @v = _latin1 X'E9' COLLATE latin1_bin                                             | CONCAT(COLLATION(@v), HEX(@v)) | latin1_binE9
            SET @v = ''                                                                           | CONCAT('[', @v, ']')    | []
            SET SESSION group_concat_max_len = 4321                                               | @@group_concat_max_len  | 4321
            SET sql_mode = 'STRICT_ALL_TABLES,PIPES_AS_CONCAT'                                    | @@sql_mode              | PIPES_AS_CONCAT,STRICT_ALL_TABLES
            SET timestamp = 1000000000                                                            | NOW()                   | 2001-09-09 01:46:40
            USE cloud_usage                                                                       | DATABASE()              | cloud_usage
            SET @s = 'SET @v = 7'; PREPARE p FROM @s; SET @s = NULL; EXECUTE p                     | @v                      | 7
            CREATE PROCEDURE p_set() SET @hidden = 'kept'; CALL p_set()                           | @hidden                 | kept
            """)
    void whatTheSessionHeldIsThereAgain(String before, String expression, String expected) {
        String script = before.replace("; ", ";\n") + ";\nINSERT INTO cloud.child (n, note) VALUES ('oops', NULL);\n";
        bench.with("V_410_A.sql", script);
        bench.failed();

        bench.with("V_410_A.sql", script.replace("'oops', NULL", "1, " + expression));
        bench.upgrade().upgrade();

        assertThat(bench.value(String.class, "SELECT note FROM cloud.child")).startsWith(expected);
    }

    @Test
    void whatPreparedStatementsNameMayBeGoneWhenNobodyNeedsThem() {
        bench.with("V_410_A.sql", """
                PREPARE p FROM 'UPDATE parent SET name = NULL WHERE id = 99';
                EXECUTE p;
                ALTER TABLE parent DROP COLUMN name;
                INSERT INTO child (n) VALUES ('oops');
                """);
        bench.failed();

        bench.with("V_410_A.sql", """
                PREPARE p FROM 'UPDATE parent SET name = NULL WHERE id = 99';
                EXECUTE p;
                ALTER TABLE parent DROP COLUMN name;
                INSERT INTO child (n) VALUES (1);
                """);

        assertThat(bench.scriptsRun()).containsExactly("V_410_A.sql");
    }

    @Test
    void aTemporaryTableThatIsNeededIsADecisionOfTheOperator() {
        stopBehindTemporaryTable("parent");

        assertThat(bench.refusedFor(FindingCode.SESSION_LOST).problem())
                .contains("temporary table parent", "statement 1 made", "statement 4 may use");
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.parent"))
                .isEqualTo(3);
    }

    @Test
    void theStretchThatNeedsATemporaryTableRunsAgainWhenTheOperatorSaysSo() {
        stopBehindTemporaryTable("parent");

        bench.upgrade().resolve("V_410_A.sql", Resolution.RERUN);
        bench.upgrade().upgrade();

        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.parent"))
                .isEqualTo(3);
        assertThat(bench.value(Integer.class, "SELECT n FROM cloud.child")).isEqualTo(5);
    }

    @Test
    void theStretchThatNeedsATemporaryTableCountsAsDoneWhenTheOperatorSaysSo() {
        stopBehindTemporaryTable("todo");

        bench.upgrade().resolve("V_410_A.sql", Resolution.DONE);
        bench.upgrade().upgrade();

        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.child"))
                .isZero();
    }

    @Test
    void aTemporaryTableThatNobodyNeedsAnyMoreAsksNobody() {
        bench.with("V_410_A.sql", "CREATE TEMPORARY TABLE todo (id INT);\nINSERT INTO child (n) VALUES ('oops');");
        bench.failed();

        bench.with("V_410_A.sql", "CREATE TEMPORARY TABLE todo (id INT);\nINSERT INTO child (n) VALUES (1);");

        assertThat(bench.scriptsRun()).containsExactly("V_410_A.sql");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE parent SET name = 'x'; SET @n = ROW_COUNT()                                                  | 3
            START TRANSACTION; UPDATE parent SET name = 'x'; SET @n = ROW_COUNT(); COMMIT                       | 3
            SELECT SQL_CALC_FOUND_ROWS id FROM parent LIMIT 1; SET @n = FOUND_ROWS()                            | 3
            CREATE PROCEDURE rename_all() UPDATE parent SET name = 'x'; CALL rename_all(); SET @n = ROW_COUNT() | 3
            """)
    void theOutcomeOfAStatementIsThatOfTheScriptsOwn(String statements, int expected) {
        bench.with("V_410_A.sql", statements.replace("; ", ";\n") + ";\nINSERT INTO child (n) VALUES (@n);");

        bench.upgrade().upgrade();

        assertThat(bench.value(Integer.class, "SELECT n FROM cloud.child")).isEqualTo(expected);
    }

    private void stopBehindTemporaryTable(String name) {
        String script = """
                CREATE TEMPORARY TABLE %1$s (id INT);
                INSERT INTO %1$s VALUES (5);
                INSERT INTO child (n) SELECT 'oops' FROM %1$s;
                DELETE FROM %1$s;
                """.formatted(name);
        bench.with("V_410_A.sql", script);
        bench.failed();
        bench.with("V_410_A.sql", script.replace("'oops'", "id"));
    }
}
