package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.FailureCause;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When a statement fails, the operator reads which one, what is done, the server's error with its usual cause and cure, and
 * how to go on; and nothing that is written into rows.
 */
@UpgradeDatabase
class FailureReportTest {

    private static final String SECRET = "Pa55word";
    private static final String INSTALL = """
            CREATE TABLE vm (
              id INT PRIMARY KEY, name VARCHAR(12) COLLATE utf8mb4_general_ci, uuid CHAR(9) NOT NULL,
              host_id INT, born DATE, ram INT UNSIGNED, UNIQUE KEY i_uuid (uuid), KEY i_name (name)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
            CREATE TABLE host (id INT PRIMARY KEY, name VARCHAR(12) COLLATE utf8mb4_unicode_ci)
              ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
            CREATE TABLE zone (id BIGINT PRIMARY KEY);
            INSERT INTO vm VALUES (1, 'Pa55word', 'Pa55word', 7, NULL, 5);
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", INSTALL);
        bench.upgrade().upgrade();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1060 | COLUMN_THERE       | ALTER TABLE vm ADD COLUMN name VARCHAR(100)  | Duplicate column name 'name'.
            1061 | KEY_THERE          | CREATE INDEX i_name ON vm (name)             | Duplicate key name 'i_name'.
            1050 | OBJECT_THERE       | CREATE TABLE host (id INT)                   | Table 'host' already exists.
            1091 | NOTHING_TO_DROP    | ALTER TABLE vm DROP COLUMN gone              | Can't DROP
            1072 | COLUMN_MISSING     | ALTER TABLE vm ADD INDEX i (gone)            | Key column 'gone' doesn't exist in table.
            1118 | ROW_TOO_LARGE      | CREATE TABLE t (a VARCHAR(9000), b VARCHAR(9000)) | Row size too large. The maximum row size
            1071 | KEY_TOO_LONG       | CREATE TABLE t (name VARCHAR(800) PRIMARY KEY)    | Specified key was too long; max key length is 3072 bytes.
            1452 | PARENT_ROW_MISSING | ALTER TABLE vm ADD FOREIGN KEY (host_id) REFERENCES host (id) | Cannot add or update a child row: a foreign key constraint fails (`cloud`.
            1273 | COLLATION_UNKNOWN  | ALTER TABLE vm MODIFY name CHAR(9) COLLATE utf8mb4_gone       | Unknown collation: 'utf8mb4_gone'.
            1048 | NULL_NOT_ALLOWED   | UPDATE vm SET uuid = NULL                    | Column 'uuid' cannot be null.
            1146 | TABLE_MISSING      | DELETE FROM gone                             | Table 'cloud.gone' doesn't exist.
            1267 | COLLATIONS_MIXED   | UPDATE vm JOIN host ON vm.name = host.name SET vm.host_id = host.id | Illegal mix of collations (utf8mb4_general_ci,IMPLICIT) and
            """)
    void aFailureTellsStatementLineErrorCauseCureAndExtent(
            int code, FailureCause cause, String statement, String error) {
        assertTold(statement, statement, code, error, cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1062 | ROW_THERE | INSERT INTO vm VALUES (5, 'x', 'Pa55word', NULL, NULL, NULL) | INSERT INTO vm VALUES (…, '…', '…', NULL, NULL, NULL) | Duplicate entry '…' for key
            1406 | VALUE_TOO_LONG | UPDATE vm SET name = 'Pa55word is longer' WHERE id = 1 | UPDATE vm SET name = '…' WHERE id = … | Data too long for column 'name' at row 1.
            1366 | NOT_IN_CHARACTER_SET | UPDATE vm SET host_id = "Pa55word" | UPDATE vm SET host_id = "…" | Incorrect integer value: '…' for column
            1292 | VALUE_NOT_FITTING | UPDATE vm SET born = 'Pa55word' | UPDATE vm SET born = '…' | Incorrect date value: '…' for column
            1690 | VALUE_NOT_FITTING | UPDATE vm SET ram = ram - 918273645 | UPDATE vm SET ram = ram - … | BIGINT UNSIGNED value is out of range in '…'.
            1064 | SYNTAX | UPDATE vm SET name = 'it's Pa55word', uuid = 'it's' | UPDATE vm SET name = '…' … | You have an error in your SQL syntax
            1064 | SYNTAX | CREATE USER alice@localhost IDENTIFIED BY Pa55word | CREATE USER alice@localhost IDENTIFIED … | You have an error in your SQL syntax
            1067 | DEFINITION_WRONG | ALTER TABLE vm MODIFY born DATE DEFAULT 'Pa55word' | ALTER TABLE vm MODIFY born DATE DEFAULT '…' | Invalid default value for 'born'.
            1644 | REFUSED_BY_SIGNAL | SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Pa55word' | SIGNAL SQLSTATE '…' SET MESSAGE_TEXT = '…' | a text given to SIGNAL, which may hold values and is not shown.
            """)
    void nothingThatIsWrittenIntoRowsIsTold(
            int code, FailureCause cause, String statement, String shown, String error) {
        assertTold(statement, shown, code, error, cause);
    }

    private void assertTold(String statement, String shown, int code, String error, FailureCause cause) {
        bench.with("V_410_A.sql", """
                -- a comment, such as %1$s
                DELETE FROM zone;
                INSERT INTO zone VALUES (918273645); UPDATE vm SET name = '%1$s';

                %2$s;
                INSERT INTO zone VALUES (2);
                INSERT INTO zone VALUES (3);
                """.formatted(SECRET, statement));

        ToldFailure failure = ToldFailure.of(bench.upgrade());

        assertThat(failure.finding().problem())
                .isEqualTo("V_410_A.sql failed in statement 4 of 6 (line 5): " + shown
                        + ". 3 statements are done, statement 4 had no effect, 2 are not started.");
        assertThat(failure.finding().evidence())
                .matches("error " + code + ", SQL state \\w{5}: .*")
                .contains(": " + error)
                .endsWith(". Usual cause: " + cause.cause());
        assertThat(failure.finding().remedy())
                .isEqualTo(cause.cure()
                        + " The failed statement and those after it may be edited, those before it may not. Then start again:"
                        + " the upgrade goes on there. To go back, restore the backup taken before the upgrade.");
        assertThat(failure.everything(bench)).contains("java.sql.SQLException").doesNotContain(SECRET, "918273645");
    }

    @Test
    void theLogHasALineForEachFact() {
        bench.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN name INT;");

        assertThat(ToldFailure.of(bench.upgrade()).errors())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("ERROR [1/1] 4.1.0 A  stopped after "),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "ERROR   V_410_A.sql failed in statement 1 of 1 (line 1): ALTER TABLE vm ADD COLUMN"
                                                + " name INT. No statement is done, statement 1 had no effect."),
                        line -> assertThat(line)
                                .startsWith(
                                        "ERROR   error 1060, SQL state 42S21: Duplicate column name 'name'. Usual cause: "),
                        line -> assertThat(line)
                                .startsWith("ERROR   Compare the column")
                                .endsWith("before the upgrade."),
                        line -> assertThat(line).endsWith("/docs/reference/findings.md#migration_failed"));
    }

    @Test
    void aForeignKeyWhoseSidesDoNotMatch() {
        bench.with(
                "V_410_A.sql",
                "ALTER TABLE vm ADD CONSTRAINT fk_zone FOREIGN KEY (host_id) REFERENCES zone (id) ON DELETE CASCADE;");

        Finding finding = ToldFailure.of(bench.upgrade()).finding();

        assertThat(finding.evidence())
                .matches("error (1005|3780), SQL state HY000: .*")
                .containsAnyOf("errno: 150", "'host_id'")
                .endsWith(FailureCause.FOREIGN_KEY_MISMATCH.cause());
        assertThat(finding.remedy()).startsWith(FailureCause.FOREIGN_KEY_MISMATCH.cure());
    }

    @Test
    void statementsOfATransactionAreRolledBackWithTheFailedOne() {
        bench.with(
                "V_410_A.sql",
                "INSERT INTO zone VALUES (1); START TRANSACTION; INSERT INTO zone VALUES (2);"
                        + " INSERT INTO zone VALUES (1); COMMIT;");

        assertThat(ToldFailure.of(bench.upgrade()).finding().problem())
                .endsWith(
                        "1 statement is done, statements 2 to 3 were rolled back, statement 4 had no effect, 1 is not started.");
        assertThat(bench.database().count("cloud.zone")).isEqualTo(1);
    }

    @Test
    void whatAProcedureCommittedMayStay() {
        bench.with(
                "V_410_A.sql",
                "CREATE PROCEDURE p() BEGIN CREATE TABLE a (id INT); CREATE TABLE a (id INT); END;\nCALL p();");

        assertThat(ToldFailure.of(bench.upgrade()).finding().problem())
                .endsWith("1 statement is done, statement 2 may have had a part of its effect.");
    }

    @Test
    void aRepeatableBeginsAnew() {
        bench.with("R_view.sql", "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT gone FROM vm;");

        ToldFailure failure = ToldFailure.of(bench.upgrade());

        assertThat(failure.finding().problem())
                .startsWith("R_view.sql failed in statement 2 of 2 (line 2): CREATE VIEW v AS SELECT gone FROM vm. ");
        assertThat(failure.finding().remedy())
                .startsWith(FailureCause.COLUMN_MISSING.cure() + " Then start again: it starts from the beginning. ");
    }
}
