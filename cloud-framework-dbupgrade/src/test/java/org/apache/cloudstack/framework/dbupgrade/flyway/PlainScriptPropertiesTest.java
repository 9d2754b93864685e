package org.apache.cloudstack.framework.dbupgrade.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.UnreadableScriptException;

/** What is read without the parser is what the parser reads. */
class PlainScriptPropertiesTest {

    private static final List<String> PIECES = List.of(
            "id INT",
            "`name` VARCHAR(20)",
            "'it''s; one'",
            "\"two;\"",
            "DEFAULT 1.5",
            "(",
            ")",
            ",",
            ";",
            "\n",
            " ",
            "\t",
            "\r\n",
            "-- three;\n",
            "# four;\n",
            "/* five; */",
            "/*! six */",
            "`",
            "'",
            "\n\n",
            "PRIMARY KEY (id)",
            "ENGINE=InnoDB",
            "DELIMITER $$\n",
            "\nDELIMITER ;\n",
            "$$",
            "BEGIN ",
            " END",
            "CASE ",
            "IF NOT EXISTS ",
            "a.b",
            "$x",
            "é",
            "COMMENT ",
            "@x",
            "\\",
            "SELECT 1",
            "--",
            "{",
            "ADD COLUMN c DATETIME NULL",
            "\uFEFF",
            "begin",
            "Delimiter");
    private static final List<String> BEGINS =
            List.of("CREATE TABLE a (", "ALTER TABLE a ", "create table `b` (", "\n\n  CREATE TABLE c (id INT", "");

    @Property(tries = 5_000)
    void theParserReadsTheSame(@ForAll("scripts") String script) {
        Optional<SqlStatement> plain = PlainScript.statementOf(script);

        Statistics.label("plain").collect(plain.isPresent());
        plain.ifPresent(statement -> assertThat(parsed(script)).containsExactly(statement));
    }

    private static List<SqlStatement> parsed(String script) {
        try {
            return new FlywayScriptSplitter().parse("V_410_A.sql", script);
        } catch (UnreadableScriptException e) {
            throw new AssertionError(script, e);
        }
    }

    @Provide
    Arbitrary<String> scripts() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.of(PIECES.subList(0, 2))), Tuple.of(1, Arbitraries.of(PIECES)))
                .list()
                .ofMaxSize(6)
                .map(all -> String.join("", all));
        return Combinators.combine(
                        Arbitraries.of(BEGINS),
                        pieces,
                        Arbitraries.of(")", "", ") ENGINE=InnoDB"),
                        Arbitraries.of(";", "", ";\n", "\n", " ;"))
                .as((begin, middle, end, delimiter) -> begin + middle + end + delimiter);
    }
}
