package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random strings in place of releases.yaml are graphs or findings, never anything else. */
@Timeout(300)
class ReleasesFileFuzzTest {

    private static final int TEXTS = 20_000;
    private static final List<String> PARTS = List.of(
            "4.0.0",
            "4.1.0",
            "4.1.0.1",
            "next",
            "4.10",
            "999999.999999.999999",
            "follows",
            "shipped",
            "note",
            "2015-11-30",
            ": ",
            ":",
            ", ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "\n",
            "\n  ",
            "\n\t",
            "&a ",
            "*a",
            "<<: ",
            "? ",
            "!!str ",
            "!!javax.script.ScriptEngineManager ",
            "!<tag:x> ",
            "! ",
            "%YAML 1.1\n",
            "%YAML 9999999999.1\n",
            "%TAG ! tag:x,2000:\n",
            "---\n",
            "...\n",
            "|\n ",
            ">-\n ",
            "'",
            "\"",
            "\\x41",
            "\\U00110000",
            "\\",
            "#",
            "# ",
            "~",
            "null",
            "true",
            "0x1F",
            "1e999",
            "\0",
            "\uFEFF",
            "\u0085",
            "\u2028",
            "\uD83D\uDE00",
            "ü",
            "@",
            "`");

    private final long seed = Long.getLong("dbupgrade.seed", System.nanoTime());

    @Test
    void everyTextIsAGraphOrAFinding() {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            String text = random.nextBoolean() ? anything(random) : mutated(random);
            assertThatCode(() -> read(text)).as("seed %d: %s", seed, text).doesNotThrowAnyException();
        }
    }

    private static void read(String text) {
        ReleasesFile file = ReleasesFile.read("releases.yaml", text);
        List<Finding> wrong = file.findings().stream()
                .filter(finding -> finding.code() != FindingCode.RELEASES_FILE_WRONG)
                .toList();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("It gives " + wrong);
        }
        if (file.findings().isEmpty()) {
            ReleaseGraph graph = ReleaseGraph.of(file.declarations());
            graph.releases().forEach(graph::containedIn);
        }
    }

    private static String anything(Random random) {
        return random.ints(random.nextInt(40), 0, PARTS.size())
                .mapToObj(PARTS::get)
                .collect(Collectors.joining());
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder("""
                4.0.0: {}
                4.1.0: {follows: 4.0.0, shipped: 2015-11-30}
                4.1.1:
                  follows: [4.0.0, 4.1.0]
                  note: joins the lines
                """);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int place = random.nextInt(text.length());
            int end = Math.min(text.length(), place + random.nextInt(4));
            text.replace(place, end, PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.toString();
    }
}
