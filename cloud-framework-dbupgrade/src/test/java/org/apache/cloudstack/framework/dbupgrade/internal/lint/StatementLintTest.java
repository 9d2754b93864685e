package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about single statements. */
class StatementLintTest extends LintFixture {
    @Test
    void aStatementOfWhichNobodyCanTellWhatItDoes() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "SET @s = REPLACE('ANALYZE TABLE x', 'x', 'host');\nPREPARE s FROM @s;\nEXECUTE s;");

        assertBroken(LintRule.UNKNOWN_EFFECT, "V_410_A.sql", 3);
    }

    @Test
    void aDataChangeThatDependsOnTheClock() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", "UPDATE host SET name = UUID() WHERE id = 1;");

        assertBroken(LintRule.NON_DETERMINISTIC, "V_410_A.sql", 1);
    }

    @Test
    void aLiteralIdInATableOfAnOlderRelease() {
        write("V_400_A.sql", HOST + "INSERT INTO host (id, name) VALUES (1, 'ours');");
        write("V_410_A.sql", "INSERT INTO host (id, name) VALUES (2, 'may be theirs');");

        assertBroken(LintRule.LITERAL_ID, "V_410_A.sql", 1);
    }

    @Test
    void aProcedureThatIsCalledBeforeItIsThere() {
        write("V_400_A.sql", HOST + "CALL tidy();");
        write("R_tidy.sql", "CREATE PROCEDURE tidy() SELECT 1;");

        assertThat(lint()).extracting(LintFinding::rule).contains(LintRule.CALL_BEFORE_CREATION);
        write("R_tidy.sql", "-- dbupgrade: when=before\nCREATE PROCEDURE tidy() SELECT 1;");
        assertThat(lint()).isEmpty();
    }

    @Test
    void aDefinitionThatDependsOnRows() {
        write("V_400_A.sql", HOST);
        write(
                "V_410_A.sql",
                "SET @s = (SELECT IF(COUNT(*) > 0, 'ALTER TABLE host ADD a INT', 'SELECT 1') FROM host);\n"
                        + "PREPARE s FROM @s;\nEXECUTE s;");

        assertThat(lint()).extracting(LintFinding::rule).contains(LintRule.DEPENDS_ON_ROWS);
    }

    @Test
    void aViewOfWhateverColumnsItsTableHas() {
        write("V_400_A.sql", HOST);
        write("R_hosts.sql", "CREATE OR REPLACE VIEW hosts AS\nSELECT h.* FROM host h;");

        assertBroken(LintRule.VIEW_OF_ALL_COLUMNS, "R_hosts.sql", 1);
        assertThat(lint())
                .singleElement()
                .extracting(LintFinding::problem)
                .asString()
                .contains("cloud.host");
    }

    @Test
    void aViewThatCountsOrAsksWhetherThereAreRowsDependsOnNoColumns() {
        write("V_400_A.sql", HOST);
        write(
                "R_hosts.sql",
                "CREATE OR REPLACE VIEW hosts AS SELECT (SELECT COUNT(*) FROM host) AS n"
                        + " FROM host WHERE EXISTS (SELECT * FROM host);");

        assertThat(lint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE event (v VARCHAR(10)) DEFAULT CHARSET=utf8mb4;",
                "CREATE TABLE event (v VARCHAR(10)) CHARACTER SET = 'utf8mb4';",
                "CREATE TABLE event (v VARCHAR(10) CHARACTER SET utf8mb4);",
                "CREATE TABLE event (v TEXT CHARSET utf8mb4 NOT NULL);",
                "CREATE TABLE event DEFAULT CHARSET utf8mb4 AS SELECT 1 AS v;",
                "ALTER TABLE host CONVERT TO CHARACTER SET utf8mb4;",
                "ALTER TABLE host DEFAULT CHARACTER SET utf8mb4;",
                "ALTER TABLE host ADD COLUMN v VARCHAR(10) CHARACTER SET utf8mb4;",
                "ALTER TABLE host MODIFY name VARCHAR(255) CHARACTER SET utf8mb4;"
            })
    void aCharacterSetWhoseCollationTheServerChooses(String statement) {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", statement);

        assertBroken(LintRule.CHARSET_WITHOUT_COLLATION, "V_410_A.sql", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE event (v VARCHAR(10)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;",
                "CREATE TABLE event (v VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin);",
                "CREATE TABLE event (v VARCHAR(10)) COLLATE utf8mb4_bin;",
                "CREATE TABLE event (v VARCHAR(10) CHARACTER SET ascii, w VARCHAR(10)) DEFAULT CHARSET=latin1;",
                "ALTER TABLE host CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;",
                "ALTER TABLE host ADD COLUMN v VARCHAR(10);"
            })
    void aCollationThatIsStatedOrThatOfTheDatabase(String statement) {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", statement);

        assertThat(lint()).extracting(LintFinding::rule).doesNotContain(LintRule.CHARSET_WITHOUT_COLLATION);
    }

    @Test
    void rowsThatNoRollbackTakesBack() {
        write("V_400_A.sql", """
                CREATE TABLE log (n INT PRIMARY KEY) ENGINE=MyISAM;
                CREATE TABLE shown LIKE log;
                CREATE TABLE kept (n INT PRIMARY KEY) ENGINE=InnoDB;
                CREATE TABLE other (n INT PRIMARY KEY);
                CREATE VIEW logs AS SELECT n FROM log;
                CREATE TRIGGER logged AFTER INSERT ON kept FOR EACH ROW INSERT INTO log VALUES (NEW.n);
                """);
        write("V_410_A.sql", """
                UPDATE other SET n = 2 WHERE n = 1;
                INSERT INTO log VALUES (1);
                INSERT INTO kept VALUES (1);
                DELETE FROM logs WHERE n = 1;
                UPDATE shown SET n = 1;
                """);
        write("V_420_A.sql", "ALTER TABLE shown ENGINE=InnoDB;");
        write("V_420_B.sql", "UPDATE shown SET n = 1;");

        assertBroken(LintRule.KEEPS_ROWS, "V_410_A.sql", 2);
        assertThat(lint().get(0).problem())
                .isEqualTo(
                        "no rollback takes back the rows of statements 2 (log, MyISAM), 3 (log, MyISAM), 4 (log, MyISAM)"
                                + " and 1 more: after an interruption there, the operator says by dbupgrade resolve what was done");
    }

    @Test
    void statementsThatShareWhatEndsWithTheSession() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", """
                -- the upgrade holds a lock of its own
                SELECT GET_LOCK('mine', 1);
                CREATE TEMPORARY TABLE todo (id INT);
                INSERT INTO todo SELECT id FROM host;
                UPDATE host SET tags = '' WHERE id IN (SELECT id FROM todo);
                DROP TEMPORARY TABLE todo;
                DO RELEASE_LOCK('mine');
                HANDLER host OPEN;
                HANDLER host READ FIRST;
                HANDLER host CLOSE;
                """);

        assertThat(lint().stream().filter(each -> each.rule() == LintRule.SESSION_STRETCH))
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(2))
                .satisfies(finding -> assertThat(finding.problem())
                        .startsWith(
                                "statements 1 to 6 (user lock mine), 2 to 5 (temporary table todo), 7 to 9 (handler host)"
                                        + " need what ends with the session: "));
    }

    @Test
    void aProcedureMayMakeWhatEndsWithTheSession() {
        write("R_make.sql", """
                -- dbupgrade: when=before
                CREATE PROCEDURE make() BEGIN CREATE TEMPORARY TABLE todo (id INT); END;
                """);
        write("R_pass.sql", """
                -- dbupgrade: when=before
                CREATE PROCEDURE pass() BEGIN CREATE TEMPORARY TABLE done (id INT); DROP TEMPORARY TABLE done; END;
                """);
        write("V_400_A.sql", HOST + "CALL pass();CALL make();INSERT INTO host (name) SELECT 'a' FROM todo;");

        assertBroken(LintRule.SESSION_STRETCH, "V_400_A.sql", 1);
        assertThat(lint().get(0).problem()).startsWith("statements 3 to 4 (temporary table todo)");
    }

    @Test
    void aTransactionIsUndoneAsAWholeWithWhatItsSessionHeld() {
        write("V_400_A.sql", HOST);
        write("V_410_A.sql", """
                START TRANSACTION;
                CREATE TEMPORARY TABLE todo (id INT);
                INSERT INTO todo SELECT id FROM host;
                DELETE FROM host WHERE id IN (SELECT id FROM todo);
                COMMIT;
                """);

        assertThat(lint()).isEmpty();
    }

    @Test
    void aLiteralIdIsNoneWhereTheServerCountsNoIds() {
        write("V_400_A.sql", "CREATE TABLE kind (id INT PRIMARY KEY, name VARCHAR(9));");
        write("V_410_A.sql", "INSERT INTO kind (id, name) VALUES (7, 'ours');");
        assertThat(lint()).isEmpty();

        write("V_405_A.sql", "ALTER TABLE kind MODIFY id INT AUTO_INCREMENT;");
        assertThat(lint()).extracting(LintFinding::rule).contains(LintRule.LITERAL_ID);
    }
}
