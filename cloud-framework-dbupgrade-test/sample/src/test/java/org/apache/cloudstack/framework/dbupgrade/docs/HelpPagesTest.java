package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.cloudstack.framework.dbupgrade.cli.DatabaseUpgradeTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The tool shows the handbook's pages and the usage of its commands. */
class HelpPagesTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine tool =
            DatabaseUpgradeTool.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            when-it-fails     | # When it fails
            upgrade-day       | # Upgrade day
            findings          | ## `MALFORMED_NAME`
            handbook          | through the nodes (rolling-upgrades)
            plan              | Usage: dbupgrade plan
            """)
    void aTopicIsShown(String topic, String expected) {
        assertThat(tool.execute("help", topic)).isZero();
        assertThat(out.toString()).containsIgnoringCase(expected).doesNotContain("](", "<!--");
    }

    @Test
    void aCommandWithinACommandIsShown() {
        assertThat(tool.execute("help", "releases", "from-git")).isZero();
        assertThat(out.toString()).contains("Usage: dbupgrade releases from-git");
    }

    @Test
    void withoutATopicTheToolItselfIsShown() {
        assertThat(tool.execute("help")).isZero();
        assertThat(out.toString()).contains("Usage: dbupgrade");
    }

    @Test
    void anUnknownTopicIsAnsweredWithThePages() {
        assertThat(tool.execute("help", "nothing")).isEqualTo(2);
        assertThat(err.toString()).contains("no page 'nothing'", "upgrade-day", "when-it-fails");
    }
}
