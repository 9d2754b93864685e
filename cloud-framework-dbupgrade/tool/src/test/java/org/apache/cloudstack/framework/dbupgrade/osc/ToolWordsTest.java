package org.apache.cloudstack.framework.dbupgrade.osc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What pt-online-schema-change says is understood, and what may be a value of a row is not repeated. */
class ToolWordsTest {

    private final PtOscOutput words = new PtOscOutput();

    @Test
    void itsProgressIsRead() {
        assertThat(words.percent()).isEmpty();

        words.hear("Copying `cloud`.`large`:   4% 00:23 remain");
        words.hear("Copying `cloud`.`large`:  45% 00:12 remain");

        assertThat(words.percent()).hasValue(45);
        assertThat(words.last()).isEmpty();
    }

    @Test
    void itHasBegunWhenItMakesATable() {
        words.hear("Altering `cloud`.`large`...");
        assertThat(words.hasBegun()).isFalse();

        words.hear("Creating new table...");
        assertThat(words.hasBegun()).isTrue();
    }

    @Test
    void itsLastLinesAreToldWithoutValues() {
        words.hear(
                "Error copying rows: Duplicate entry 'alice@example.org' for key \"mail\" [for Statement \"INSERT …\"]");

        assertThat(words.last())
                .contains("Error copying rows: Duplicate entry '…' for key")
                .doesNotContain("alice", "INSERT");
    }
}
