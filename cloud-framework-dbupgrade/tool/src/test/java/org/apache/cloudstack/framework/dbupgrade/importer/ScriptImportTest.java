package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptImportTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--\n-- It's the licence; of all\n--\n\nSELECT 1;\n\r\nSELECT 'a;b',\r\n  2 ;  \r\n",
                "CREATE TABLE a (\n  -- the key\n  b INT, -- it's it; really\n  # and\n  c INT\n);\n\n",
                "CREATE PROCEDURE p()\nBEGIN\n\n  DECLARE CONTINUE HANDLER FOR 1061 BEGIN END; SET @a = 1; END;\nCALL p();",
                "UPDATE `a` SET b = 'it\\'s' WHERE c = \"--d\";\n/* the end; */\n",
                "-- nothing\n"
            })
    void whatReadsTheSameKeepsItsBytes(String script) {
        ImportedScript imported = read(script);

        assertThat(imported.text()).isEqualTo(script);
        assertThat(imported.rewrites()).isEmpty();
        assertThat(imported.problems()).isEmpty();
        assertThat(imported.tail()).isEmpty();
    }

    @Test
    void aRoutineWhoseSemicolonsBeginItsLinesIsOneStatement() {
        String migration = """
                CREATE PROCEDURE `cloud`.`ALLOW` (
                    IN role VARCHAR(255)
                )
                BEGIN
                    DECLARE found BIGINT

                ;   SELECT id INTO found
                    FROM roles
                    WHERE name = role

                ;   IF NOT EXISTS (
                        SELECT * FROM rules WHERE role_id = found
                    ) THEN
                        UPDATE rules SET place = 1 + CASE found WHEN 1 THEN 2 ELSE 3 END
                ;       INSERT INTO rules VALUES (found, IF(found > 1, 2, 3))
                ;   END IF
                ;END;
                """;

        assertThat(read(migration).text()).isEqualTo(migration);
        assertThat(statements(migration + "CALL `cloud`.`ALLOW`('a');\n")).hasSize(2);
    }

    @Test
    void whatOnlyTheOldRunnerTookForACommentBecomesOne() {
        ImportedScript imported = read("// it's old;\n  --set;\nSELECT 1,\n--two,\n   // and\n  3;\n");

        assertThat(imported.text()).isEqualTo("-- // it's old;\n  -- set;\nSELECT 1,\n-- two,\n   -- // and\n  3;\n");
        assertThat(imported.rewrites())
                .extracting(Rewrite::line, Rewrite::before, Rewrite::after)
                .contains(tuple(4, "--two,", "-- two,"))
                .hasSize(4);
    }

    @Test
    void everythingBehindTwoDashesIsACommentBesidesInTheLastLine() {
        ImportedScript imported = read("SELECT 5\n, 4--2\n, 7--3;\n");

        assertThat(imported.text()).isEqualTo("SELECT 5\n, 4-- 2\n, 7--3;\n");
        assertThat(imported.rewrites()).singleElement().satisfies(rewrite -> {
            assertThat(rewrite.line()).isEqualTo(2);
            assertThat(rewrite.reason()).contains("two dashes");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SELECT 1 -- one;|SELECT 1 -- one", "SELECT 1 # one;|SELECT 1 # one"})
    void aSemicolonAtTheEndOfALineEndsAStatementAlsoInAComment(String line, String withoutSemicolon) {
        ImportedScript imported = read(line + "\nSELECT 2;\n");

        assertThat(imported.text()).isEqualTo(withoutSemicolon + "\n;\nSELECT 2;\n");
        assertThat(imported.rewrites()).extracting(Rewrite::before).containsExactly(line);
    }

    @Test
    void severalStatementsInALineGetALineEach() {
        ImportedScript imported = read("UPDATE a SET b = ';'; DELETE FROM c;\r\n");

        assertThat(imported.text()).isEqualTo("UPDATE a SET b = ';';\r\nDELETE FROM c;\r\n");
        assertThat(imported.rewrites()).singleElement().satisfies(rewrite -> {
            assertThat(rewrite.before()).isEqualTo("UPDATE a SET b = ';'; DELETE FROM c;");
            assertThat(rewrite.reason()).contains("several statements");
        });
    }

    @Test
    void aStatementWithACommentBehindItsSemicolonWentOnInTheNextLine() {
        assertThat(statements("SELECT 1; -- one\nSELECT 2;\n")).containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void aStringOverTwoLinesWasSentWithABlank() {
        ImportedScript imported = read("INSERT INTO a VALUES ('one\n\n  two'); -- '\n;\n");

        assertThat(imported.text()).contains("('one   two')");
        assertThat(read("INSERT INTO a VALUES ('one\ntwo', -- a pair\n3);\n").text())
                .isEqualTo("-- a pair\nINSERT INTO a VALUES ('one two',  3);\n");
    }

    @Test
    void aCommentSignInTheMiddleOfALineHidTheRestOfTheStatement() {
        assertThat(statements("SELECT 1 # one\n, 2;\nSELECT 3;")).containsExactly("SELECT 1 # one , 2", "SELECT 3");
    }

    @Test
    void whatHasNoSemicolonAtTheEndOfTheFileIsACommentAndListed() {
        ImportedScript imported = read("SELECT 1;\n\nDROP TABLE a\n  // really\nWHERE b\n");

        assertThat(imported.text()).isEqualTo("SELECT 1;\n\n-- DROP TABLE a\n  -- // really\n-- WHERE b\n");
        assertThat(imported.tail()).hasValueSatisfying(tail -> {
            assertThat(tail.line()).isEqualTo(3);
            assertThat(tail.text()).isEqualTo("DROP TABLE a\n  // really\nWHERE b");
        });
    }

    @Test
    void anEmptyStatementBecomesAComment() {
        ImportedScript imported = read("SELECT 1;\n;\nSELECT 2;;\n");

        assertThat(imported.text()).startsWith("SELECT 1;\n-- ;\nSELECT 2;");
        assertThat(imported.rewrites()).first().satisfies(rewrite -> assertThat(rewrite.line())
                .isEqualTo(2));
    }

    @Test
    void aCommentThatLooksLikeAHeadLineIsNone() {
        assertThat(read("-- dbupgrade: phase=expand\nSELECT 1;\n").text())
                .isEqualTo("-- legacy dbupgrade: phase=expand\nSELECT 1;\n");
        assertThat(read("dbupgrade: phase\n").text()).isEqualTo("-- legacy dbupgrade: phase\n");
    }

    @Test
    void aByteOrderMarkIsTakenAway() {
        ImportedScript imported = read("\uFEFF-- old\nSELECT 1;\n");

        assertThat(imported.text()).isEqualTo("-- old\nSELECT 1;\n");
        assertThat(imported.rewrites()).hasSize(1);
    }

    @Test
    void oldMacintoshLinesGetALineEndThatServersKnow() {
        assertThat(read("-- old\rSELECT 1;\rSELECT 2;").text()).isEqualTo("-- old\nSELECT 1;\nSELECT 2;");
    }

    @Test
    void whatEndsInTheMiddleOfAQuoteARoutineOrACommentIsAProblem() {
        assertThat(read("SELECT 0;\nSELECT 'a;\nb';\n").problems())
                .first()
                .asString()
                .startsWith("line 2: ")
                .contains("quote");
        assertThat(read("CREATE PROCEDURE p()\nBEGIN\n  SET @a = 1;\nEND;\n").problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("inside of a routine"));
        assertThat(read("CREATE PROCEDURE p()\nBEGIN\n  DECLARE EXIT HANDLER FOR 1 BEGIN END;\n SET @a = 1; END;\n")
                        .problems())
                .isNotEmpty();
        assertThat(read("/* one;\n two */\nSELECT 1;\n").problems()).isNotEmpty();
    }

    @Test
    void aDelimiterLineIsAProblem() {
        assertThat(read("SELECT 1;\ndelimiter //\nSELECT 2;\n").problems())
                .singleElement()
                .asString()
                .startsWith("line 2: DELIMITER");
    }

    @Test
    void aStatementWhoseWordsTheSplitterWouldTakeForABlockIsSentInOne() {
        List<String> scripts = List.of(
                "CREATE TABLE a (begin INT, b INT); \nSELECT 1;\n",
                "SELECT CASE a WHEN 1 THEN 2 END FROM b;\nSELECT 1;\n",
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = IF(NEW.c, 1, 2);\nSELECT 1;\n");

        assertThat(scripts).allSatisfy(script -> {
            assertThat(read(script).problems()).isEmpty();
            assertThat(statements(script)).hasSize(2);
        });
    }

    private static ImportedScript read(String script) {
        return ScriptImport.of("schema-40to410.sql", script);
    }

    private static List<String> statements(String script) {
        return ClientSplitter.split("V_410_A.sql", read(script).text()).stream()
                .map(SqlStatement::withoutComments)
                .toList();
    }
}
