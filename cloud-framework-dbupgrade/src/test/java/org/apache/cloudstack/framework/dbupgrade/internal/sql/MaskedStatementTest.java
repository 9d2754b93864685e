package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement is shown so that one recognises it, and without what it writes into rows. */
class MaskedStatementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "UPDATE vm SET name = 'alice' WHERE id = 42 | UPDATE vm SET name = '…' WHERE id = …",
                "INSERT INTO vm VALUES (1, 'a''b', \"c\"\"d\", -5, 1.5e-3, NULL) | INSERT INTO vm VALUES (…, '…', \"…\", -…, …-…, NULL)",
                "INSERT INTO vm VALUES (0xCAFE, x'CAFE', 0b01, B'01', N'ü', _utf8mb4'ü') | INSERT INTO vm VALUES (…, x'…', …, B'…', N'…', _utf8mb4'…')",
                "DELETE FROM `vm 7` WHERE `a``b` IN (1,2) | DELETE FROM `vm 7` WHERE `a``b` IN (…,…)",
                "SELECT id2 FROM t1 LIMIT 10 | SELECT id2 FROM t1 LIMIT …",
                "CALL add_column('vm', 'x INT', 3) | CALL add_column('…', '…', …)",
                "SET @id := 5, @name = 'x' | SET @id := …, @name = '…'",
                "LOAD DATA INFILE '/tmp/f' INTO TABLE vm | LOAD DATA INFILE '…' INTO TABLE vm"
            })
    void whatIsWrittenOrComparedIsMasked(String statement, String shown) {
        assertThat(masked(statement)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ALTER TABLE customer ADD COLUMN name VARCHAR(100) DEFAULT 'x' | ALTER TABLE customer ADD COLUMN name VARCHAR(100) DEFAULT '…'",
                "create temporary table if not exists a (b DECIMAL(10, 2) DEFAULT 0xFF) | create temporary table if not exists a (b DECIMAL(10, 2) DEFAULT …)",
                "CREATE UNIQUE INDEX i ON a (name(191)) | CREATE UNIQUE INDEX i ON a (name(191))",
                "DROP TABLE t_5, `6` | DROP TABLE t_5, `6`",
                "CREATE TABLE a (b CHAR(9)) AS SELECT 7 | CREATE TABLE a (b CHAR(9)) AS SELECT …",
                "CREATE TABLE a (b CHAR(9)) VALUES ROW(7) | CREATE TABLE a (b CHAR(9)) VALUES ROW(…)",
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 7 | CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = …"
            })
    void ofDefinitionsOnlyTheNumbersStay(String statement, String shown) {
        assertThat(masked(statement)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CREATE USER bob@'%' IDENTIFIED BY 'x' | CREATE USER bob@'…' IDENTIFIED …",
                "ALTER USER bob IDENTIFIED BY secret | ALTER USER bob IDENTIFIED …",
                "GRANT ALL ON *.* TO bob IDENTIFIED BY PASSWORD '*A0' | GRANT ALL ON *.* TO bob IDENTIFIED …",
                "SET PASSWORD FOR bob = PASSWORD('x') | SET PASSWORD …",
                "set  password = secret | set password …",
                "CHANGE MASTER TO MASTER_USER = 'x', MASTER_PASSWORD = secret | CHANGE MASTER TO MASTER_USER = '…', MASTER_PASSWORD …",
                "START REPLICA USER = 'x' PASSWORD = 'y' | START REPLICA USER = '…' PASSWORD = '…'",
                "CREATE SERVER s OPTIONS (USER 'x', PASSWORD 'y', PORT 3306) | CREATE SERVER s OPTIONS (USER '…', PASSWORD '…', PORT …)",
                "UPDATE user SET password = 'x' WHERE id = 1 | UPDATE user SET password = '…' WHERE id = …"
            })
    void nothingOfAPasswordIsShownEvenIfItsQuotesAreMissing(String statement, String shown) {
        assertThat(masked(statement)).isEqualTo(shown);
    }

    @Test
    void commentsAreLeftOutAndBlanksCollapsed() {
        assertThat(masked("-- it's\n/* a 'b */ UPDATE\tvm # it's\n  SET a = 1 -- 'x\n WHERE b/**/= 2 /*+ 'h' */"))
                .isEqualTo("UPDATE vm SET a = … WHERE b = …");
        assertThat(masked("SELECT 5--3, a-b, COUNT(*)/2")).isEqualTo("SELECT …--…, a-b, COUNT(*)/…");
        assertThat(masked("SELECT a*/*'*/b")).isEqualTo("SELECT a* b");
    }

    @Test
    void whatADirectiveHoldsIsAStatementToo() {
        assertThat(masked("/*!40101 SET SQL_MODE = x */")).isEqualTo("SET SQL_MODE = x");
        assertThat(masked("CREATE /*M!100201 OR REPLACE */ TABLE a (b CHAR(5))"))
                .isEqualTo("CREATE OR REPLACE TABLE a (b CHAR(5))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // with NO_BACKSLASH_ESCAPES the first string ends at the first quote after the backslash
                "INSERT INTO a VALUES ('c:\\', 'secret') | INSERT INTO a VALUES ('…' …",
                "INSERT INTO a VALUES ('it\\'s', 'secret') | INSERT INTO a VALUES ('…' …",
                "INSERT INTO a VALUES ('c:\\\\', 5) | INSERT INTO a VALUES ('…', …)",
                // to a server of another version the directive is a comment
                "/*!99999 it's */ SELECT 'secret' | it'…' …",
                "SELECT $$ secret $$ | SELECT $$ …",
                "SELECT 'open | SELECT '…' …",
                "SELECT `open | SELECT …"
            })
    void whereItIsNotCertainWhereAStringEndsTheRestIsLeftOut(String statement, String shown) {
        assertThat(masked(statement)).isEqualTo(shown);
    }

    @Test
    void dashesThatOnlySomeTakeForACommentEndIt() {
        assertThat(masked("SELECT 1\n--it's\n, 'secret'")).isEqualTo("SELECT … …");
    }

    @Test
    void ofAStatementThatTheServerCannotReadNothingBehindAStringIsShown() {
        SqlStatement statement = new SqlStatement(1, 1, "UPDATE a SET b = 'it's secret' WHERE c = 'd'");

        assertThat(MaskedStatement.ofUnreadable(statement)).isEqualTo("UPDATE a SET b = '…' …");
    }

    @Test
    void aLongStatementIsCut() {
        String shown = masked("ALTER TABLE a " + "ADD COLUMN b INT, ".repeat(50));

        assertThat(shown)
                .hasSizeLessThanOrEqualTo(200)
                .startsWith("ALTER TABLE a ADD COLUMN b INT,")
                .endsWith("…");
    }

    private static String masked(String statement) {
        return MaskedStatement.of(new SqlStatement(1, 1, statement));
    }
}
