package org.apache.cloudstack.framework.dbupgrade.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.apache.cloudstack.framework.dbupgrade.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/** Of whatever script, the imported one runs what the old runner sent. jqwik prints the seed. */
class ScriptImportPropertiesTest {

    private static final Pattern PIECE = Pattern.compile(
            "(?<out>\\s+|#[^\\n]*|--(?=\\s|\\z)[^\\n]*|/\\*.*?\\*/)|'(?:[^'\\\\]|\\\\.|'')*'|\"[^\"]*\"|\\w+|.",
            Pattern.DOTALL);
    private static final String ROUTINE =
            "CREATE PROCEDURE p()\nBEGIN\n\n  DECLARE CONTINUE HANDLER FOR 1061 BEGIN END; SET @a = 'x;y'; SELECT 1; END";
    private static final ClientSplitter SPLITTER = new ClientSplitter();

    @Property(tries = 3_000)
    void theStatementsAreThoseOfTheOldRunner(@ForAll("scripts") String script) {
        List<String> sent = OldRunner.sent(script);
        boolean isReadable = sent.stream()
                .noneMatch(each -> isOpen(each) || single(each).stream().anyMatch(ScriptImportPropertiesTest::isRest));

        ImportedScript imported = ScriptImport.of(SPLITTER, "schema-40to410.sql", script);

        assertThat(imported.problems().isEmpty()).as(script).isEqualTo(isReadable);
        if (isReadable) {
            assertThat(imported(imported))
                    .as("%s%n--- becomes ---%n%s", script, imported.text())
                    .isEqualTo(
                            sent.stream().flatMap(each -> single(each).stream()).toList());
        }
    }

    @Property(tries = 1_000)
    void everyLineThatIsNotListedStandsThereAsBefore(@ForAll("scripts") String script) {
        ImportedScript imported = ScriptImport.of(SPLITTER, "schema-40to410.sql", script);
        Set<Integer> listed = new HashSet<>();
        imported.rewrites().forEach(each -> addLines(listed, each.line(), each.before()));
        imported.tail().ifPresent(tail -> addLines(listed, tail.line(), tail.text()));

        List<String> after = imported.text().lines().toList();

        List<String> before = script.lines().toList();
        for (int i = 0; i < before.size() && imported.problems().isEmpty(); i++) {
            assertThat(listed.contains(i + 1) || after.contains(before.get(i)))
                    .as("line %s of%n%s%n--- becomes ---%n%s", i + 1, script, imported.text())
                    .isTrue();
        }
    }

    private static void addLines(Set<Integer> listed, int first, String text) {
        for (int i = 0; i < Math.max(1, text.lines().count()); i++) {
            listed.add(first + i);
        }
    }

    private static List<List<String>> imported(ImportedScript script) {
        return SPLITTER.split("V_410_A.sql", script.text()).stream()
                .map(SqlStatement::text)
                .map(ScriptImportPropertiesTest::pieces)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** What a server takes for single statements. */
    private static List<List<String>> single(String sent) {
        List<List<String>> statements = new ArrayList<>(List.of(new ArrayList<>()));
        List<String> pieces = pieces(sent);
        List<String> routine = pieces(ROUTINE);
        for (int at = 0; at < pieces.size(); at++) {
            List<String> last = statements.get(statements.size() - 1);
            List<String> rest = pieces.subList(at, pieces.size());
            if (last.isEmpty() && Collections.indexOfSubList(rest, routine) == 0) {
                last.addAll(routine);
                at += routine.size() - 1;
            } else if (pieces.get(at).equals(";")) {
                statements.add(new ArrayList<>());
            } else {
                last.add(pieces.get(at));
            }
        }
        statements.removeIf(List::isEmpty);
        return statements;
    }

    private static List<String> pieces(String statement) {
        List<String> pieces = new ArrayList<>();
        Matcher piece = PIECE.matcher(statement);
        while (piece.find()) {
            if (piece.group("out") == null) {
                pieces.add(piece.group());
            }
        }
        return pieces;
    }

    private static boolean isOpen(String sent) {
        List<String> pieces = pieces(sent);
        boolean isCommentOpen = Collections.indexOfSubList(pieces, List.of("/", "*")) >= 0;
        // no server takes a backslash that stands alone, and the client takes it for a command
        return isCommentOpen || pieces.contains("'") || pieces.contains("\"") || pieces.contains("\\");
    }

    /** Of a routine that was glued to something else. */
    private static boolean isRest(List<String> statement) {
        return statement.get(0).equals("END");
    }

    @Provide
    Arbitrary<String> scripts() {
        Arbitrary<String> tail =
                Arbitraries.of("", "", "-- the end", "/* the end */\n", "SELECT 9\n", "DROP TABLE a -- b");
        return Combinators.combine(statement().list().ofMaxSize(5).map(all -> String.join("", all)), tail)
                .as((all, last) -> all + last);
    }

    private static Arbitrary<String> statement() {
        Arbitrary<String> plain = Combinators.combine(word(), gap())
                .as((word, gap) -> word + gap)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(words -> "SELECT " + String.join("", words) + "0");
        Arbitrary<String> text = Arbitraries.frequencyOf(
                Tuple.of(12, plain), Tuple.of(1, Arbitraries.of(ROUTINE)), Tuple.of(1, Arbitraries.of("")));
        return Combinators.combine(before(), text, end()).as((before, statement, end) -> before + statement + end);
    }

    private static Arbitrary<String> before() {
        return Arbitraries.of(
                "", "", "-- it's; one\n", "--;\n", "--word's;\n", "  --word;\n", "// it's; old\n", "# it's\n", "\r\n");
    }

    private static Arbitrary<String> word() {
        return Arbitraries.frequency(
                Tuple.of(6, "a, "),
                Tuple.of(3, "'b;c', "),
                Tuple.of(3, "'it''s', "),
                Tuple.of(2, "'\\';', "),
                Tuple.of(2, "\"d;\", "),
                Tuple.of(2, "'#', '/*', "),
                Tuple.of(1, "'two\nlines', "),
                Tuple.of(1, "'two\n\n // lines\n', "),
                Tuple.of(1, "'e--f', "),
                Tuple.of(1, "5--2, "),
                Tuple.of(1, "/* g; */ "),
                Tuple.of(1, "/* h\n i */ "),
                Tuple.of(1, "1; SELECT "),
                Tuple.of(1, "`j` # k, "));
    }

    private static Arbitrary<String> gap() {
        return Arbitraries.frequency(
                Tuple.of(8, " "),
                Tuple.of(5, "\n"),
                Tuple.of(2, "\r\n  "),
                Tuple.of(2, "\n\n"),
                Tuple.of(2, " -- it's\n"),
                Tuple.of(1, " --it's\n"),
                Tuple.of(1, "\n-- it's; so\n"),
                Tuple.of(1, "\n--word's;\n"),
                Tuple.of(1, "\n  --word;\n"),
                Tuple.of(1, "\n  // it's;\n"),
                Tuple.of(1, "\n# it's;\n"),
                Tuple.of(1, "\n // \"\n"));
    }

    private static Arbitrary<String> end() {
        return Arbitraries.frequency(
                Tuple.of(10, ";\n"),
                Tuple.of(2, " ;  \r\n"),
                Tuple.of(2, "\n;\n"),
                Tuple.of(1, ";;\n"),
                Tuple.of(1, " -- it's;\n"),
                Tuple.of(1, " # it's;\n"),
                Tuple.of(1, "; -- then\n"),
                Tuple.of(1, "; /* then */\n"),
                Tuple.of(1, "; SELECT 8;\n"));
    }
}
