package org.apache.cloudstack.framework.dbupgrade.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Whatever stands in strings, numbers and comments, none of it comes through. */
class MaskedStatementPropertiesTest {

    private static final String SECRET = "Pa55word";
    private static final String NUMBER = "918273645";
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

    @Property(tries = 5_000)
    void aStringDoesNotComeThrough(
            @ForAll("statements") String statement,
            @ForAll("strings") String one,
            @ForAll("strings") String two,
            @ForAll("strings") String three) {
        assertHidden(statement.formatted(one, two, three));
    }

    @Property(tries = 5_000)
    void aStringOfASessionWithoutBackslashEscapesDoesNotComeThrough(
            @ForAll("statements") String statement,
            @ForAll("stringsWithoutEscapes") String one,
            @ForAll("stringsWithoutEscapes") String two,
            @ForAll("stringsWithoutEscapes") String three) {
        assertHidden(statement.formatted(one, two, three));
    }

    @Property(tries = 2_000)
    void aCommentDoesNotComeThrough(@ForAll("odd") String before, @ForAll("odd") String after) {
        String line = (before + SECRET + after).replace("\n", " ");
        String block = line.replaceAll("\\*+/+", "").replaceAll("^[M!]+", "");
        assertHidden("UPDATE vm /*" + block + "*/ SET a = 1 # " + line + "\n, b = 2 -- " + line + "\n WHERE c = 'd'");
    }

    @Property(tries = 1_000)
    void aNumberDoesNotComeThrough(@ForAll("statements") String statement, @ForAll("numbers") String number) {
        if (!statement.startsWith("ALTER")) {
            assertHidden(statement.formatted(number, number, number));
        }
    }

    @Property(tries = 5_000)
    void ofAStatementThatCannotBeReadNoStringComesThroughWhereverItsQuotesAre(@ForAll("odd") String before) {
        String text = "UPDATE vm SET a = '" + before.replace("'", "") + "' " + SECRET + "' WHERE b = 'c'";

        assertThat(MaskedStatement.ofUnreadable(new SqlStatement(1, 1, text))).doesNotContain(SECRET);
    }

    private static void assertHidden(String text) {
        String shown = MaskedStatement.of(new SqlStatement(1, 1, text));
        Statistics.collect(shown.endsWith(" …") ? "cut" : "whole");
        assertThat(shown)
                .as(text)
                .doesNotContain(SECRET, NUMBER, HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<String> statements() {
        return Arbitraries.of(STATEMENTS);
    }

    @Provide
    Arbitrary<String> odd() {
        return Arbitraries.strings().withChars(ODD).ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> strings() {
        return Combinators.combine(
                        Arbitraries.of("'", "\""),
                        Arbitraries.of("", "N", "_utf8mb4"),
                        odd(),
                        odd(),
                        Arbitraries.of(true, false))
                .as((quote, introducer, before, after, doubled) -> {
                    String inside = (before + SECRET + after).replace("\\", "\\\\");
                    return introducer + quote + inside.replace(quote, (doubled ? quote : "\\") + quote) + quote;
                });
    }

    @Provide
    Arbitrary<String> stringsWithoutEscapes() {
        return Combinators.combine(Arbitraries.of("'", "\""), odd(), odd())
                .as((quote, before, after) -> quote + (before + SECRET + after).replace(quote, quote + quote) + quote);
    }

    @Provide
    Arbitrary<String> numbers() {
        String hex = HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8));
        return Arbitraries.of(
                NUMBER, "-" + NUMBER, NUMBER + ".5", "." + NUMBER, NUMBER + "e5", "0x" + hex, "x'" + hex + "'");
    }
}
