package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyze;
import static org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Statements.analyzeOne;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementAnalyzerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CALL p('a')                       | what the procedure cloud.p does is not known",
                "EXECUTE s                         | it runs dynamic SQL: s",
                "SELECT own_function(a) FROM t     | what the function cloud.own_function does is not known",
                "GRANT ALL ON *.* TO 'a'@'b'       | GRANT is not looked into",
                "LOAD DATA INFILE 'x' INTO TABLE t | LOAD DATA IN FILE is not looked into",
                "ALTER TABLE t ADD a INT garbage   | the parser stops at line 1, column 25, before IDENTIFIER garbage",
                "ALTER TABLE t ADD SYSTEM VERSIONING | the parser takes VERSIONING for the type of a column",
                "ALTER IGNORE TABLE t ADD UNIQUE (a) | ALTER IGNORE takes rows that break a new rule",
                "// DROP TABLE t                   | it holds //, which is no comment to the servers",
                "this is not SQL                   | the parser stops at line 1, column 1, before IDENTIFIER this",
                "DROP TABLE a; DROP TABLE b        | the parser takes it for 2 statements"
            })
    void whatCannotBeDecidedIsUnknownWithItsReason(String statement, String reason) {
        assertThat(analyzeOne(statement).unknown()).contains(reason);
    }

    @Test
    void theReasonNamesTheLineOfTheScript() {
        SqlStatement statement = new SqlStatement(3, 40, "UPDATE t\nSET a = 1\ngarbage");

        assertThat(new StatementAnalyzer()
                        .analyze(List.of(statement), "")
                        .get(0)
                        .unknown())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("the parser stops at line 42, "));
    }

    @Test
    void noStatementIsDropped() {
        assertThat(analyze("DROP TABLE a", "not SQL", "-- comment", "DROP TABLE b"))
                .extracting(analysis -> analysis.statement().number())
                .containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-- comment", "--comment", "# comment", "/* comment */", "", "\n--drop\n  #x\n"})
    void aCommentDoesNothing(String statement) {
        Analysis comment = analyzeOne(statement);

        assertThat(comment.unknown()).isEmpty();
        assertThat(comment.operations()).isEmpty();
        assertThat(comment.footprint()).isEqualTo(Footprint.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*!40101 DROP TABLE t */",
                "/*M!100500 DROP TABLE t */",
                "--word without a blank\nDROP TABLE t",
                "# it's\nDROP /* really */ TABLE t -- 'now",
                "DROP TABLE t;"
            })
    void commentsAreSkippedAndDirectivesOpened(String statement) {
        assertThat(analyzeOne(statement).footprint().writes())
                .extracting(Object::toString)
                .containsExactly("table cloud.t");
    }

    @Test
    void whatStandsInQuotesIsNoComment() {
        Analysis insert = analyzeOne("INSERT INTO t (a, b, c) VALUES ('-- x', \"/* # \\\" */\", 'http://a''s')");

        assertThat(insert.unknown()).isEmpty();
        assertThat(insert.nonDeterministic()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE t SET a = NOW()                    | NOW gives the time of the run",
                "INSERT INTO t (a) VALUES (UUID())         | UUID gives another value each time",
                "UPDATE t SET a = CURRENT_TIMESTAMP        | CURRENT_TIMESTAMP gives the time of the run",
                "UPDATE t SET a = CURRENT_USER             | CURRENT_USER gives the account of the run",
                "INSERT INTO t (a) VALUES (LAST_INSERT_ID()) | LAST_INSERT_ID gives an id that the server counted up",
                "DELETE FROM t LIMIT 5                     | LIMIT without ORDER BY takes whichever rows the server reads first",
                "INSERT INTO t (a) SELECT b FROM u LIMIT 1 | LIMIT without ORDER BY takes whichever rows the server reads first",
                "INSERT INTO t (a) SELECT @r := @r + 1 FROM u | a variable is counted up in whatever order the server reads the rows",
                "ALTER TABLE t ADD a CHAR(36) DEFAULT (UUID()) | UUID gives another value each time",
                "SET @x = RAND()                           | RAND gives another value each time"
            })
    void resultsThatDifferBetweenRunsAreNoted(String statement, String reason) {
        assertThat(analyzeOne(statement).nonDeterministic()).containsExactly(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT NOW()",
                "DELETE FROM t ORDER BY id LIMIT 5",
                "CREATE TABLE t (a DATETIME DEFAULT CURRENT_TIMESTAMP)",
                "CREATE VIEW v AS SELECT NOW() AS a",
                "ALTER TABLE t MODIFY a TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP",
                "UPDATE t SET a = UNIX_TIMESTAMP(b)"
            })
    void resultsThatAreAlwaysTheSameAreNot(String statement) {
        assertThat(analyzeOne(statement).nonDeterministic()).isEmpty();
    }

    @Test
    void idsThatAreGivenAreNoted() {
        ObjectName table = new ObjectName("cloud", "guest_os");

        assertThat(analyzeOne("INSERT INTO guest_os (id, name) VALUES (12, 'a'), (13, 'b')")
                        .literalIds())
                .containsExactly(new Analysis.LiteralId(table, "12"), new Analysis.LiteralId(table, "13"));
        assertThat(analyzeOne("INSERT INTO guest_os (id, name) VALUES (NULL, 'a')")
                        .literalIds())
                .isEmpty();
    }

    @Test
    void callsAreNamed() {
        assertThat(analyzeOne("CALL `cloud_usage`.`p`(1)").calls()).containsExactly(new ObjectName("cloud_usage", "p"));
    }

    @Test
    void sqlThatIsMadeOfRowsIsTold() {
        List<Analysis> script = analyze(
                "SET @n := (SELECT COUNT(*) FROM information_schema.statistics)",
                "SET @ddl := IF(@n = 0, 'ALTER TABLE t ADD KEY i (a)', 'DO 0')",
                "PREPARE s FROM @ddl",
                "EXECUTE s",
                "DEALLOCATE PREPARE s");

        assertThat(script.get(3).dependsOnRows()).contains("it runs what @ddl holds, which depends on a query");
        assertThat(script).allMatch(analysis -> analysis.unknown().isEmpty());
    }

    @Test
    void definitionsUnderAConditionAreTold() {
        Analysis procedure = analyzeOne(
                "CREATE PROCEDURE p () BEGIN IF (SELECT 1 FROM t) THEN ALTER TABLE t ADD a INT; END IF; END");

        assertThat(procedure.dependsOnRows()).contains("it changes definitions under a condition");
        assertThat(procedure.unknown()).isEmpty();
        assertThat(procedure.whenCalled()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE PROCEDURE p () BEGIN unreadable; END                                     | procedure cloud.p",
                "CREATE DEFINER=`a`@`%` FUNCTION x.`f` () RETURNS INT READS SQL DATA unreadable  | function x.f",
                "CREATE TRIGGER g AFTER DELETE ON t FOR EACH ROW unreadable                      | trigger cloud.g"
            })
    void aStoredProgramIsCreatedWhateverItsBodyHolds(String statement, String created) {
        Analysis migration = analyzeOne(statement);

        assertThat(migration.unknown()).isEmpty();
        assertThat(migration.footprint().writes()).extracting(Object::toString).contains(created);
        assertThat(migration.whenCalled()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f () RETURNS INT READS SQL DATA BEGIN DECLARE r INT; SELECT a INTO r FROM t; RETURN r; END",
                "CREATE PROCEDURE p () BEGIN DECLARE EXIT HANDLER FOR 1060 SET @x = 1; UPDATE t SET a = 1; END",
                "ALTER TABLE t DEFAULT CHARSET utf8mb4",
                "ALTER TABLE t CHARSET=utf8mb4",
                "DO SLEEP(1)",
                "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY IF NOT EXISTS (a) REFERENCES b (c)"
            })
    void whatTheServersReadIsReadToo(String statement) {
        assertThat(analyzeOne(statement).unknown()).isEmpty();
        assertThat(analyzeOne(statement).operations()).isNotEmpty();
    }
}
