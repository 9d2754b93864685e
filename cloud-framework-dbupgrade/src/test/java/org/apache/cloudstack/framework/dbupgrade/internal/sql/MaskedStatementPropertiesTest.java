package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in strings, numbers and comments, none of it comes through. */
class MaskedStatementPropertiesTest {

    private static final String SECRET = "Pa55word";
    private static final String NUMBER = "918273645";
    private static final String HEX = HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8));
    private static final List<String> NUMBERS =
            List.of(NUMBER, "-" + NUMBER, NUMBER + ".5", "." + NUMBER, NUMBER + "e5", "0x" + HEX, "x'" + HEX + "'");
    private static final List<String> QUOTES = List.of("'", "\"");
    private static final List<String> INTRODUCERS = List.of("", "N", "_utf8mb4");
    private static final int SEEDS = 10;
    private static final String ODD = "'\"`\\#-/*!;$@%_ \t\n0aé漢";
    private static final List<String> STATEMENTS = List.of(
            "UPDATE vm SET a = %s, b = %s WHERE c IN (%s)",
            "INSERT INTO `vm` (a,b) VALUES (%s,%s),(%s,NULL)",
            "SELECT %s\n--\n, CONCAT(%s, '-') FROM vm WHERE a LIKE %s",
            "ALTER TABLE vm ADD a CHAR(9) DEFAULT %s COMMENT %s, ADD b ENUM(%s)",
            "CREATE USER %s@%s IDENTIFIED BY %s",
            "CALL p(%s,%s,%s)",
            "/*!40101 SET @a = %s, @b = %s, @c = %s */",
            "SET @a=%s/**/,@b=%s# it's\n,@c=%s");

    @ParameterizedTest
    @MethodSource("seeds")
    void aStringDoesNotComeThrough(long seed) {
        cases(seed, 5_000).forEach(random -> {
            String statement = any(random, STATEMENTS);
            String one = string(random);
            String two = string(random);
            String three = string(random);
            assertHidden(statement.formatted(one, two, three));
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStringOfASessionWithoutBackslashEscapesDoesNotComeThrough(long seed) {
        cases(seed, 5_000).forEach(random -> {
            String statement = any(random, STATEMENTS);
            String one = stringWithoutEscapes(random);
            String two = stringWithoutEscapes(random);
            String three = stringWithoutEscapes(random);
            assertHidden(statement.formatted(one, two, three));
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCommentDoesNotComeThrough(long seed) {
        cases(seed, 2_000).forEach(random -> {
            String before = odd(random);
            String after = odd(random);
            String line = (before + SECRET + after).replace("\n", " ");
            String block = line.replaceAll("\\*+/+", "").replaceAll("^[M!]+", "");
            assertHidden(
                    "UPDATE vm /*" + block + "*/ SET a = 1 # " + line + "\n, b = 2 -- " + line + "\n WHERE c = 'd'");
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aNumberDoesNotComeThrough(long seed) {
        cases(seed, 1_000).forEach(random -> {
            String statement = any(random, STATEMENTS);
            String number = any(random, NUMBERS);
            if (!statement.startsWith("ALTER")) {
                assertHidden(statement.formatted(number, number, number));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofAStatementThatCannotBeReadNoStringComesThroughWhereverItsQuotesAre(long seed) {
        cases(seed, 5_000).forEach(random -> {
            String before = odd(random);
            String text = "UPDATE vm SET a = '" + before.replace("'", "") + "' " + SECRET + "' WHERE b = 'c'";

            assertThat(MaskedStatement.ofUnreadable(new SqlStatement(1, 1, text)))
                    .doesNotContain(SECRET);
        });
    }

    private static void assertHidden(String text) {
        String shown = MaskedStatement.of(new SqlStatement(1, 1, text));
        assertThat(shown).as(text).doesNotContain(SECRET, NUMBER, HEX);
    }

    /** Each stands for cases of its own; a failure shows it, and repeats with it. */
    private static LongStream seeds() {
        return ThreadLocalRandom.current().longs(SEEDS);
    }

    private static Stream<Random> cases(long seed, int tries) {
        Random random = new Random(seed);
        return Stream.generate(() -> random).limit(tries / SEEDS);
    }

    private static String any(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String odd(Random random) {
        return random.ints(random.nextInt(9), 0, ODD.length())
                .mapToObj(place -> ODD.substring(place, place + 1))
                .collect(Collectors.joining());
    }

    private static String string(Random random) {
        String quote = any(random, QUOTES);
        String inside = (odd(random) + SECRET + odd(random)).replace("\\", "\\\\");
        String escape = random.nextBoolean() ? quote : "\\";
        return any(random, INTRODUCERS) + quote + inside.replace(quote, escape + quote) + quote;
    }

    private static String stringWithoutEscapes(Random random) {
        String quote = any(random, QUOTES);
        return quote + (odd(random) + SECRET + odd(random)).replace(quote, quote + quote) + quote;
    }
}
