package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.checks.BackupAgeCheck;
import org.apache.cloudstack.framework.dbupgrade.checks.ServerChecks;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckOutcome;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The checks before an upgrade, alone. */
@CommandLine.Command(
        name = "preflight",
        description =
                "Runs the checks before an upgrade: privileges, settings, disk space, long transactions, replication.",
        footerHeading = "%nExample:%n",
        footer = "  " + Tool.NAME + " preflight --config application.yml --jars migrations.jar")
final class PreflightCommand extends Command {

    @CommandLine.Option(
            names = "--backups",
            paramLabel = "<folder>",
            description = "Where backups lie; the newest is to be of the present release, and of today.")
    private @Nullable Path backups;

    /** A check, for machines; level is ok, warn or stop. */
    record Document(String check, String level, String problem, String cure) {}

    @Override
    Answer answer() {
        List<CheckOutcome> outcomes =
                workplace().builder().checks(checks()).build().preflight();
        List<String> text = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        for (CheckOutcome outcome : outcomes) {
            if (outcome.results().isEmpty()) {
                text.add("ok    " + outcome.name());
                documents.add(new Document(outcome.name(), "ok", "", ""));
            }
            for (CheckResult result : outcome.results()) {
                String level = result.level().name().toLowerCase(Locale.ROOT);
                text.add(level + "  " + outcome.name() + ": " + result.problem() + ".");
                text.add("      " + result.cure() + ".");
                documents.add(new Document(outcome.name(), level, result.problem(), result.cure()));
            }
        }
        ExitCode code = outcomes.stream().anyMatch(CheckOutcome::stops) ? ExitCode.REFUSED : ExitCode.DONE;
        return new Answer(code, text, documents);
    }

    private List<PreflightCheck> checks() {
        List<PreflightCheck> checks = new ArrayList<>(ServerChecks.all());
        if (backups != null) {
            checks.add(new BackupAgeCheck(backups, Duration.ofDays(1), Clock.systemUTC()));
        }
        return checks;
    }
}
