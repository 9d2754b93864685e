package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the strings of both servers, names stay readable and values do not come through. */
class ServerMessageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1060 | Duplicate column name 'name'",
                "1091 | Can't DROP COLUMN `name`; check that it exists",
                "1146 | Table 'cloud.vm' doesn't exist",
                "1452 | Cannot add or update a child row: a foreign key constraint fails (`cloud`.`b`, CONSTRAINT `fk_1` FOREIGN KEY (`a_id`) REFERENCES `a` (`id`))",
                "1030 | Got error 28 \"No space left on device\" from storage engine InnoDB",
                "1071 | Specified key was too long; max key length is 3072 bytes",
                "1267 | Illegal mix of collations (utf8mb4_bin,IMPLICIT) and (utf8mb4_general_ci,IMPLICIT) for operation '='",
                "1406 | Data too long for column 'name' at row 1",
                "4025 | CONSTRAINT `c_1` failed for `cloud`.`a`"
            })
    void aTextThatNamesObjectsIsShownAsItIs(int code, String text) {
        assertThat(shown(code, text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1062 | Duplicate entry 'secret' for key 'vm.uuid' | Duplicate entry '…' for key 'vm.uuid'",
                "1062 | Duplicate entry 'it's for key 'a' secret-1' for key 'PRIMARY' | Duplicate entry '…' for key 'PRIMARY'",
                "1586 | (conn=12) Duplicate entry 'secret' for key 'u' | Duplicate entry '…' for key 'u'",
                "1569 | ALTER TABLE causes auto_increment resequencing, resulting in duplicate entry '1' for key 'PRIMARY' | ALTER TABLE causes auto_increment resequencing, resulting in duplicate entry '…' for key 'PRIMARY'",
                "1366 | Incorrect integer value: 'secret' for column 'id' at row 1 | Incorrect integer value: '…' for column 'id' at row 1",
                "1366 | Incorrect string value: '\\xC3' for column `cloud`.`a`.`name` at row 7 | Incorrect string value: '…' for column `cloud`.`a`.`name` at row 7",
                "1292 | Data truncation: Incorrect datetime value: 'secret' for column 'd' at row 1 | Incorrect datetime value: '…' for column 'd' at row 1",
                "1292 | Truncated incorrect DOUBLE value: 'secret' | Truncated incorrect DOUBLE value: …",
                "1411 | Incorrect datetime value: 'secret' for function str_to_date | Incorrect datetime value: '…' for function str_to_date",
                "1525 | Incorrect DATE value: 'secret' | Incorrect DATE value: …",
                "1064 | You have an error in your SQL syntax; use near 'secret' at line 2 | You have an error in your SQL syntax; use near '…' at line 2",
                "1690 | BIGINT UNSIGNED value is out of range in '(`a`.`b` - 77)' | BIGINT UNSIGNED value is out of range in '…'",
                "1231 | Variable 'sql_mode' can't be set to the value of 'secret' | Variable 'sql_mode' can't be set to the value of '…'",
                "1978 | Incorrect default value 'secret' for column 'name' | Incorrect default value '…' for column 'name'",
                "3140 | Invalid JSON text: \"Invalid value.\" at position 0 in value for column 'a.j'. | Invalid JSON text: '…' at position 0 in value for column 'a.j'.",
                "3141 | Invalid JSON text in argument 1 to function json_extract: \"Invalid value.\" at position 1. | Invalid JSON text in argument … to function json_extract: …",
                "1526 | Table has no partition for value 4711 | Table has no partition for value …",
                "1863 | Found a row in wrong partition p1 id:7 name:secret | Found a row in wrong partition p1 id: …",
                "3616 | Longitude 512.500000 is out of range in function st_geomfromtext. It must be within (-180.000000, 180.000000]. | Longitude … is out of range in function st_geomfromtext. It must be within (…, …].",
                "1105 | XPATH syntax error: 'secret' | XPATH syntax error: …",
                "1367 | Illegal double 'secret' value found during parsing | Illegal double '…'",
                "1761 | Foreign key constraint for table 'a', record 'secret' would lead to a duplicate entry in table 'b', key 'c' | Foreign key constraint for table '…'",
                "9999 | Something 'secret' that is new 5 | Something '…'",
                "0 | Cannot determine value type from string 'secret' | Cannot determine value type from string '…'"
            })
    void aValueIsMasked(int code, String text, String shown) {
        assertThat(shown(code, text)).isEqualTo(shown);
    }

    @Test
    void aTextCutOffInsideItsValueShowsNothingOfIt() {
        assertThat(shown(1062, "Duplicate entry 'secret for key ")).isEqualTo("Duplicate entry '…'");
    }

    @Test
    void whatADriverAddsBehindTheServersTextIsNotShown() {
        assertThat(shown(1054, "Unknown column 'a' in 'field list'\nQuery is: UPDATE vm SET a = 'secret'"))
                .isEqualTo("Unknown column 'a' in 'field list'");
        assertThat(shown(1317, "Query execution was interrupted\nQuery is: UPDATE vm SET a = 'secret'"))
                .doesNotContain("secret");
    }

    @Test
    void aTextOfSignalIsNotShownWhateverItsCode() {
        assertThat(ServerMessage.of(new SQLException("secret", "45000", 1644))).doesNotContain("secret");
        assertThat(ServerMessage.of(new SQLException("secret", "45001", 1060))).doesNotContain("secret");
        assertThat(ServerMessage.of(new SQLException("secret", "02000", 1643))).doesNotContain("secret");
    }

    @Test
    void codeAndStateComeFirst() {
        assertThat(ServerMessage.of(new SQLException("Duplicate column name 'name'", "42S21", 1060)))
                .isEqualTo("error 1060, SQL state 42S21: Duplicate column name 'name'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CREATE TABLE board (id INT, rank INT, groups INT) | rank INT, groups INT) | rank INT, groups INT)",
                "CREATE TABLE a (b INT COMMENT 'secret', groups INT DEFAULT 'secret') | groups INT DEFAULT 'secret') | groups INT DEFAULT '…' …",
                "ALTER TABLE `a` ADD COLUMN IF NOT EXISTS b INT | IF NOT EXISTS b INT | IF NOT EXISTS b INT",
                "UPDATE vm SET SET a = 'secret' | SET a = 'secret' | SET a = '…' …",
                "INSERT INTO a VALUES ('it's secret') | s secret') | …",
                "INSERT INTO a VALUES ('the users' secret, 'b' c') | secret, 'b' c') | …",
                "SELECT 'it's secret' | secret' | …",
                "CREATE TABLE a (b INT COMMENT 'it's secret') | s secret') | …",
                "CREATE USER u IDENTIFIED BY secret | secret | …",
                "SET PASSWORD = secret | secret | …",
                "ALTER USER u IDENTIFIED secret | IDENTIFIED secret | IDENTIFIED …",
                "SELECT 1 FROM FROM a | elsewhere | …"
            })
    void thePlaceOfASyntaxErrorIsShownWithoutLiterals(String statement, String near, String shown) {
        SQLException error = new SQLException(
                "You have an error in your SQL syntax; check the manual for the right syntax to use near '" + near
                        + "' at line 1",
                "42000",
                1064);

        assertThat(ServerText.of(error, new SqlStatement(1, 1, statement)))
                .endsWith("to use near '" + shown + "' at line 1");
    }

    @Test
    void aPoolWithoutConnectionsIsShownWhole() {
        String text = "HikariPool-1 - Connection is not available, request timed out after 30000ms"
                + " (total=10, active=10, idle=0, waiting=3)";

        assertThat(shown(0, text)).isEqualTo(text);
        String versions =
                "Maximum row versions reached for table cloud/vm. No more columns can be added or dropped instantly."
                        + " Please use COPY/INPLACE.";
        assertThat(shown(4092, versions)).isEqualTo(versions);
        assertThat(shown(1785, "Statement violates GTID consistency: Updates to non-transactional tables"))
                .endsWith("non-transactional tables");
    }

    private static String shown(int code, String text) {
        return ServerText.of(new SQLException(text, "HY000", code));
    }
}
