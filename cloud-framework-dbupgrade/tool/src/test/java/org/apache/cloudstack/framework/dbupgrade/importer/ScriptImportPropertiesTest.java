package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of whatever script, the imported one runs what the old runner sent. */
class ScriptImportPropertiesTest {

    private static final Pattern PIECE = Pattern.compile(
            "(?<out>\\s+|#[^\\n]*|--(?=\\s|\\z)[^\\n]*|/\\*.*?\\*/)|'(?:[^'\\\\]|\\\\.|'')*'|\"[^\"]*\"|\\w+|.",
            Pattern.DOTALL);
    private static final int SEEDS = 10;
    private static final List<String> BEFORE = List.of(
            "", "", "-- it's; one\n", "--;\n", "--word's;\n", "  --word;\n", "// it's; old\n", "# it's\n", "\r\n");
    private static final List<String> TAILS =
            List.of("", "", "-- the end", "/* the end */\n", "SELECT 9\n", "DROP TABLE a -- b");
    private static final List<String> WORDS = weighted(Map.ofEntries(
            Map.entry("a, ", 6),
            Map.entry("'b;c', ", 3),
            Map.entry("'it''s', ", 3),
            Map.entry("'\\';', ", 2),
            Map.entry("\"d;\", ", 2),
            Map.entry("'#', '/*', ", 2),
            Map.entry("'two\nlines', ", 1),
            Map.entry("'two\n\n // lines\n', ", 1),
            Map.entry("'e--f', ", 1),
            Map.entry("5--2, ", 1),
            Map.entry("/* g; */ ", 1),
            Map.entry("/* h\n i */ ", 1),
            Map.entry("1; SELECT ", 1),
            Map.entry("`j` # k, ", 1)));
    private static final List<String> GAPS = weighted(Map.ofEntries(
            Map.entry(" ", 8),
            Map.entry("\n", 5),
            Map.entry("\r\n  ", 2),
            Map.entry("\n\n", 2),
            Map.entry(" -- it's\n", 2),
            Map.entry(" --it's\n", 1),
            Map.entry("\n-- it's; so\n", 1),
            Map.entry("\n--word's;\n", 1),
            Map.entry("\n  --word;\n", 1),
            Map.entry("\n  // it's;\n", 1),
            Map.entry("\n# it's;\n", 1),
            Map.entry("\n // \"\n", 1)));
    private static final List<String> ENDS = weighted(Map.ofEntries(
            Map.entry(";\n", 10),
            Map.entry(" ;  \r\n", 2),
            Map.entry("\n;\n", 2),
            Map.entry(";;\n", 1),
            Map.entry(" -- it's;\n", 1),
            Map.entry(" # it's;\n", 1),
            Map.entry("; -- then\n", 1),
            Map.entry("; /* then */\n", 1),
            Map.entry("; SELECT 8;\n", 1)));
    private static final String ROUTINE =
            "CREATE PROCEDURE p()\nBEGIN\n\n  DECLARE CONTINUE HANDLER FOR 1061 BEGIN END; SET @a = 'x;y'; SELECT 1; END";

    @ParameterizedTest
    @MethodSource("seeds")
    void theStatementsAreThoseOfTheOldRunner(long seed) {
        cases(seed, 3_000).forEach(random -> {
            String script = script(random);
            List<String> sent = OldRunner.sent(script);
            boolean isReadable = sent.stream()
                    .noneMatch(
                            each -> isOpen(each) || single(each).stream().anyMatch(ScriptImportPropertiesTest::isRest));

            ImportedScript imported = ScriptImport.of("schema-40to410.sql", script);

            assertThat(imported.problems().isEmpty()).as(script).isEqualTo(isReadable);
            if (isReadable) {
                assertThat(imported(imported))
                        .as("%s%n--- becomes ---%n%s", script, imported.text())
                        .isEqualTo(sent.stream()
                                .flatMap(each -> single(each).stream())
                                .toList());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLineThatIsNotListedStandsThereAsBefore(long seed) {
        cases(seed, 1_000).forEach(random -> {
            String script = script(random);
            ImportedScript imported = ScriptImport.of("schema-40to410.sql", script);
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
        });
    }

    private static void addLines(Set<Integer> listed, int first, String text) {
        for (int i = 0; i < Math.max(1, text.lines().count()); i++) {
            listed.add(first + i);
        }
    }

    private static List<List<String>> imported(ImportedScript script) {
        return ClientSplitter.split("V_410_A.sql", script.text()).stream()
                .map(SqlStatement::text)
                .map(ScriptImportPropertiesTest::pieces)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** What a server takes for single statements. */
    private static List<List<String>> single(String sent) {
        List<List<String>> statements = new ArrayList<>(List.of(new ArrayList<>()));
        List<String> pieces = pieces(sent);
        List<String> migration = pieces(ROUTINE);
        for (int at = 0; at < pieces.size(); at++) {
            List<String> last = statements.get(statements.size() - 1);
            List<String> rest = pieces.subList(at, pieces.size());
            if (last.isEmpty() && Collections.indexOfSubList(rest, migration) == 0) {
                last.addAll(migration);
                at += migration.size() - 1;
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

    /** Each stands for cases of its own; a failure shows it, and repeats with it. */
    private static LongStream seeds() {
        return ThreadLocalRandom.current().longs(SEEDS);
    }

    private static Stream<Random> cases(long seed, int tries) {
        Random random = new Random(seed);
        return Stream.generate(() -> random).limit(tries / SEEDS);
    }

    private static String script(Random random) {
        StringBuilder script = new StringBuilder();
        int statements = random.nextInt(6);
        for (int i = 0; i < statements; i++) {
            script.append(any(random, BEFORE)).append(statement(random)).append(any(random, ENDS));
        }
        return script + any(random, TAILS);
    }

    private static String statement(Random random) {
        int kind = random.nextInt(14);
        if (kind > 1) {
            StringBuilder statement = new StringBuilder("SELECT ");
            int words = 1 + random.nextInt(6);
            for (int i = 0; i < words; i++) {
                statement.append(any(random, WORDS)).append(any(random, GAPS));
            }
            return statement + "0";
        }
        return kind == 0 ? ROUTINE : "";
    }

    private static String any(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Each as often as is said. */
    private static List<String> weighted(Map<String, Integer> weights) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> Collections.nCopies(each.getValue(), each.getKey()).stream())
                .toList();
    }
}
