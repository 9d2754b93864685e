package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.BackupAgeCheck;
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
        footer = "  " + DbUpgradeCommand.NAME + " preflight --config application.yml --jars migrations.jar")
final class PreflightCommand extends Command {

    private static final String OK = "ok";

    @CommandLine.Option(
            names = "--backups",
            paramLabel = "<directory>",
            description = "Where backups lie; the newest is to be of the present release, and of today.")
    private @Nullable Path backups;

    /** A check, for machines; level is ok, warn or stop. */
    record Document(String check, String level, String problem, String cure) {

        boolean isOk() {
            return level.equals(OK);
        }
    }

    @Override
    CommandResult answer() {
        List<CheckOutcome> outcomes =
                workplace().builder().checks(checks()).build().preflight();
        List<Document> documents = documents(outcomes);
        ExitCode code = outcomes.stream().anyMatch(CheckOutcome::stops) ? ExitCode.REFUSED : ExitCode.DONE;
        return new CommandResult(code, text(documents), documents);
    }

    private List<PreflightCheck> checks() {
        List<PreflightCheck> checks = new ArrayList<>(List.of(new MistypedSchemaCheck()));
        if (backups != null) {
            checks.add(new BackupAgeCheck(backups, Duration.ofDays(1), Clock.systemUTC()));
        }
        return checks;
    }

    /** What each check says; one that finds nothing is ok. */
    static List<Document> documents(List<CheckOutcome> outcomes) {
        List<Document> documents = new ArrayList<>();
        for (CheckOutcome outcome : outcomes) {
            if (outcome.results().isEmpty()) {
                documents.add(new Document(outcome.name(), OK, "", ""));
            }
            for (CheckResult result : outcome.results()) {
                String level = result.level().name().toLowerCase(Locale.ROOT);
                documents.add(new Document(outcome.name(), level, result.problem(), result.cure()));
            }
        }
        return documents;
    }

    /** What the checks warn of, or stop at. */
    static List<Document> remarks(List<CheckOutcome> outcomes) {
        return documents(outcomes).stream().filter(check -> !check.isOk()).toList();
    }

    /** The lines for people. */
    static List<String> text(List<Document> documents) {
        return documents.stream()
                .flatMap(each -> each.isOk()
                        ? Stream.of("ok    " + each.check())
                        : Stream.of(
                                each.level() + "  " + each.check() + ": " + each.problem() + ".",
                                "      " + each.cure() + "."))
                .toList();
    }
}
