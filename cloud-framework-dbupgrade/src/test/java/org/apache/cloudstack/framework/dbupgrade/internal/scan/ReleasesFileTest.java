package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasesFileTest {

    @Test
    void oneReleaseIsOneEntry() {
        ReleasesFile file = ReleasesFile.read("releases.yaml", """
                # the releases of the sample
                4.5.2: {}
                4.5.3: {follows: 4.5.2, shipped: 2015-12-01}
                4.6.0: {follows: [4.5.2]}
                4.6.1:
                  follows: [4.5.3, 4.6.0]
                  note: joins the lines
                """);

        assertThat(file.findings()).isEmpty();
        assertThat(file.declarations())
                .extracting(ReleaseDeclaration::version)
                .map(Object::toString)
                .containsExactly("4.5.2", "4.5.3", "4.6.0", "4.6.1");
        assertThat(file.declarations().get(1).shipped()).contains(LocalDate.of(2015, 12, 1));
        assertThat(file.declarations().get(3).follows())
                .containsExactly(ReleaseVersion.of("4.5.3"), ReleaseVersion.of("4.6.0"));
        assertThat(file.declarations().get(3).note()).isEqualTo("joins the lines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "4.0.0: {}\\n4.1.0: {follows: 4.9.0}                 | line 2: release 4.1.0 follows 4.9.0, which is not declared",
                "4.0.0: {}\\n4.1.0: {follows: 4.2.0}\\n4.2.0: {follows: 4.1.0} | line 2: release 4.1.0 follows 4.2.0, which is not lower: the two follow each other",
                "4.0.0: {follows: 4.0.0}                             | line 1: release 4.0.0 follows 4.0.0, which is not lower",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0}\\n4.1.0.0: {follows: 4.0.0} | line 3: release 4.1.0 is declared twice, first in line 2",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0, follows: 4.0.0} | line 2: 'follows' stands twice in release 4.1.0",
                "4.0.0: {}\\n4.1.0: {folows: 4.0.0}                  | line 2: 'folows' is none of follows, shipped, note",
                "4.0.0: {}\\n4.1.0: {}                               | line 2: release 4.1.0 follows none, and only the first release may",
                "4.0.0: {}\\n4.1.0: 4.0.0                            | line 2: release 4.1.0 needs {follows: <versions>}",
                "4.0.0: {}\\n4.1: {follows: 4.0.0}                   | line 2: '4.1' is not a version of three or four parts",
                "4.0.0: {}\\n4.1.0: {follows: [4.0.0, x]}            | line 2: 'x' is not a version of three or four parts",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0, shipped: soon}  | line 2: 'soon' is not a date such as 2015-11-30",
                "4.0.0: {}\\n4.1.0: {follows: [4.0.0}                | line 2: it is no YAML",
                "4.0.0: {}\\n4.1.0: {follows: {4.0.0: x}}             | line 2: a mapping is not a version of three or four parts",
                "4.0.0: {}\\n4.1.0: {follows: [[4.0.0]]}              | line 2: a list is not a version of three or four parts",
                "4.0.0: {}\\n[4.1.0]: {follows: 4.0.0}                | line 2: a list is not a version of three or four parts",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0, note: [x]}       | line 2: a note is a text",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0, shipped: {}}     | line 2: a mapping is not a date such as 2015-11-30",
                "4.0.0: {shipped: +999999999-01-01}                  | line 1: '+999999999-01-01' is not a date",
                "4.0.0: {shipped: 2015-02-30}                        | line 1: '2015-02-30' is not a date",
                "4.0.0: {}\\n99999999999.0.0: {follows: 4.0.0}        | line 2: '99999999999.0.0' is not a version",
                "4.0.0: {}\\n4.1.0: !!javax.script.ScriptEngineManager {} | line 2: it is no YAML: Global tag is not allowed",
                "4.0.0: {}\\n4.1.0: !foo {follows: 4.0.0}              | line 2: release 4.1.0 needs {follows: <versions>}",
                "4.0.0: {}\\n4.1.0: {follows: !foo 4.0.0}              | line 2: a value with the tag !foo is not",
                "!foo {4.0.0: {}}                                    | line 1: it is not a list of",
                "4.0.0: {}\\n---\\n4.1.0: {follows: 4.0.0}            | line 2: it is no YAML: but found another document",
                "4.0.0: {}\\n4.1.0: {follows: \\u0000}                | line 2: it is no YAML: the character U+0000 is not allowed",
                "%YAML 99999999999999999.1\\n---\\n4.0.0: {}          | line 1: it is no YAML",
                "- 4.0.0                                             | line 1: it is not a list of"
            })
    void eachErrorIsToldWithFileAndLine(String text, String problem) {
        ReleasesFile file =
                ReleasesFile.read("releases.yaml", text.replace("\\n", "\n").replace("\\u0000", "\0"));

        assertThat(file.findings())
                .extracting(Finding::problem)
                .anyMatch(each -> each.startsWith("releases.yaml, " + problem));
    }

    @ParameterizedTest
    @MethodSource
    void whatNobodyWritesByHandIsRefusedWithoutMuchWork(String text) {
        ReleasesFile file = ReleasesFile.read("releases.yaml", text);

        assertThat(file.findings()).isNotEmpty().hasSizeLessThanOrEqualTo(50).allSatisfy(finding -> assertThat(
                        finding.problem())
                .hasSizeLessThan(500));
    }

    static Stream<String> whatNobodyWritesByHandIsRefusedWithoutMuchWork() {
        String bomb = IntStream.range(1, 30)
                .mapToObj(i -> "a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1))
                .collect(Collectors.joining("", "a0: &a0 [x]\n", ""));
        String unknown =
                IntStream.range(0, 100_000).mapToObj(i -> "k" + i + ": x").collect(Collectors.joining(", "));
        return Stream.of(
                bomb,
                "4.0.0: &a {follows: *a}",
                "&a [*a]",
                "[".repeat(100_000),
                "{4.0.0: ".repeat(100_000),
                "- ".repeat(100_000),
                IntStream.range(0, 1_000).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining()),
                "4.0.0: {" + unknown + "}",
                "x".repeat(4_000_000),
                "x: y\n".repeat(500_000),
                "'" + "x".repeat(1_000_000) + "': {}");
    }

    @Test
    void thousandsOfReleasesAreRead() {
        String text = IntStream.range(1, 5_000)
                .mapToObj(i -> "4.%d.0: {follows: 4.%d.0}\n".formatted(i, i - 1))
                .collect(Collectors.joining("", "4.0.0: {}\n", ""));

        ReleasesFile file = ReleasesFile.read("releases.yaml", text);

        assertThat(file.findings()).isEmpty();
        assertThat(file.declarations()).hasSize(5_000);
    }

    @Test
    void aFileThatIsNotUtf8IsToldWithTheLine() {
        byte[] latin1 = "4.0.0: {}\n4.1.0: {follows: 4.0.0, note: für alle}\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ReleasesFile.read("releases.yaml", latin1).findings())
                .extracting(Finding::problem)
                .containsExactly("releases.yaml, line 2: it is not UTF-8.");
    }

    @Test
    void anEmptyFileDeclaresNothing() {
        assertThat(ReleasesFile.read("releases.yaml", "").findings()).hasSize(1);
    }
}
