package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/**
 * An upgrade that failed in a migration, with all that was reported it.
 *
 * @param exception what was thrown
 * @param finding its one finding
 * @param log what was logged
 */
record ToldFailure(UpgradeFailedException exception, Finding finding, List<String> log) {

    static ToldFailure of(DatabaseUpgrade upgrade) {
        try (CapturedLog log = new CapturedLog()) {
            UpgradeFailedException failure = catchThrowableOfType(UpgradeFailedException.class, upgrade::upgrade);
            assertThat(failure).as("the upgrade fails").isNotNull();
            assertThat(failure.findings()).extracting(Finding::code).containsExactly(FindingCode.MIGRATION_FAILED);
            return new ToldFailure(failure, failure.findings().get(0), log.lines());
        }
    }

    /** What the log says of the failure. */
    List<String> errors() {
        return log.stream().filter(line -> line.startsWith("ERROR")).toList();
    }

    /** All that anyone can read of it: message, stack traces, report, log, journal and history. */
    String everything(Workbench bench) {
        StringWriter text = new StringWriter();
        // secrets are searched for in the text of the traces too
        exception.printStackTrace(new PrintWriter(text, true));
        text.append(finding.toString()).append(exception.report().toString()).append(String.join("\n", log));
        List.of("cloud.dbupgrade_journal", "cloud.flyway_schema_history")
                .forEach(table -> text.append(
                        bench.database().rows("SELECT * FROM " + table).toString()));
        return text.toString();
    }
}
