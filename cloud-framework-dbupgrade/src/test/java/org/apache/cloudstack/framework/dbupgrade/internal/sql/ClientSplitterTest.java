package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientSplitterTest {

    @Test
    void statementsEndAtTheDelimiterWhateverQuotesHold() {
        assertThat(split("SELECT 'a;\\';b', \"c;d\", `e;f`;\nSELECT 2"))
                .extracting(SqlStatement::text)
                .containsExactly("SELECT 'a;\\';b', \"c;d\", `e;f`", "SELECT 2");
    }

    @Test
    void delimiterLinesKeepARoutineTogether() {
        List<SqlStatement> statements = split("""
                DELIMITER $$
                CREATE PROCEDURE p(IN a INT)
                BEGIN
                  IF a > 1 THEN SELECT CASE a WHEN 2 THEN 'x' ELSE 'y' END; END IF;
                  WHILE a > 5 DO SET a = a - 1; END WHILE;
                END$$
                DELIMITER ;
                CALL p(1);
                """);

        assertThat(statements).hasSize(2);
        assertThat(statements.get(0).text()).startsWith("CREATE PROCEDURE").endsWith("END");
        assertThat(statements.get(1)).isEqualTo(new SqlStatement(2, 8, "CALL p(1)"));
    }

    @Test
    void aRoutineNeedsNoDelimiterLine() {
        assertThat(
                        split(
                                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; SET NEW.c = 2; END;\nSELECT 1;"))
                .hasSize(2);
    }

    @Test
    void commentsAreNoStatementsButDirectivesAre() {
        assertThat(split("""
                        # one; two
                        -- three; four
                        --five; six
                        /* seven; eight */
                        /*! SET @a = 1 */;
                        /*!40101 SET @b = 1 */;
                        /*M! SET @c = 1 */;
                        """))
                .extracting(SqlStatement::text)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("# one").endsWith("/*! SET @a = 1 */"),
                        second -> assertThat(second).isEqualTo("/*!40101 SET @b = 1 */"),
                        third -> assertThat(third).isEqualTo("/*M! SET @c = 1 */"));
    }

    @Test
    void twoDashesInsideAStatementAreTwoMinusSigns() {
        assertThat(split("SELECT 5--2;\nSELECT 5 --2\n;"))
                .extracting(SqlStatement::text)
                .containsExactly("SELECT 5--2", "SELECT 5 --2");
    }

    @Test
    void placeholdersAreNotOurs() {
        assertThat(split("INSERT INTO configuration VALUES ('${host}', '#{x}');"))
                .extracting(SqlStatement::text)
                .containsExactly("INSERT INTO configuration VALUES ('${host}', '#{x}')");
    }

    @Test
    void linesAreCountedWhereTheStatementBegins() {
        assertThat(split("-- a\n\nSELECT 1;\n\n\n/* b */\nSELECT\n 2;\r\nSELECT 3;"))
                .extracting(SqlStatement::line)
                .containsExactly(3, 7, 9);
    }

    @Test
    void whatIsNotClosedIsToldWithItsLine() {
        assertThatThrownBy(() -> split("SELECT 1;\nCREATE PROCEDURE p() BEGIN SELECT 2;\nSELECT 3;\n"))
                .isInstanceOf(UnreadableScriptException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void nothingOfAnUnreadableScriptIsTold() {
        assertThatThrownBy(() -> split("CREATE PROCEDURE p() BEGIN INSERT INTO a VALUES ('Pa55word');"))
                .hasMessage("Incomplete statement at line 1")
                .hasNoCause();
    }

    @Test
    void blocksOfAProgramWithoutADelimiterLineAreClosed() {
        assertThat(split("""
                        CREATE FUNCTION f(a INT) RETURNS INT DETERMINISTIC
                        BEGIN
                          IF (a > 1) THEN SET a = IF(a > 2, 2, 1); END IF;
                          l: LOOP SET a = CASE WHEN a THEN IF(a, 1, 2) ELSE IF(a, 2, 3) END; LEAVE l; END LOOP l;
                          REPEAT SET a = REPEAT('x', 2); UNTIL a END REPEAT;
                          CASE a WHEN 1 THEN SET a = 2; ELSE BEGIN END; END CASE;
                          RETURN a;
                        END;
                        CREATE PROCEDURE p() SELECT 1;
                        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1;
                        CREATE PROCEDURE q() WHILE 0 DO SELECT 1; END WHILE;
                        CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; END;
                        BEGIN NOT ATOMIC SELECT 1; SELECT 2; END;
                        DROP PROCEDURE IF EXISTS p;
                        """))
                .extracting(each -> each.text().split("[\\s(]")[1])
                .containsExactly("FUNCTION", "PROCEDURE", "TRIGGER", "PROCEDURE", "EVENT", "NOT", "PROCEDURE");
    }

    @Test
    void aScriptKeepsItsModeAndSetsItBack() {
        assertThat(split("SET @m = @@sql_mode, sql_mode = 'ANSI_QUOTES';\nSELECT \"a\\\";\nSET sql_mode = @m;\n"
                        + "SELECT \"a\\\";\";"))
                .hasSize(4);
        assertThat(split("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES';\nSELECT 'a\\';'"))
                .hasSize(2);
        assertThat(split("/*!40101 SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES') */;\nSELECT 'a\\';\n"
                        + "SELECT 1"))
                .hasSize(3);
    }

    @Test
    void aStringThatIsEscapedAHundredThousandTimesIsRead() {
        String string = "'" + "\\'''".repeat(100_000) + "'";

        assertThat(split("SELECT " + string + ";\nSELECT 2;")).hasSize(2);
        assertThat(Token.of("SELECT " + string)).hasSize(2);
    }

    private static List<SqlStatement> split(String text) {
        return ClientSplitter.split("V_410_A.sql", text);
    }
}
