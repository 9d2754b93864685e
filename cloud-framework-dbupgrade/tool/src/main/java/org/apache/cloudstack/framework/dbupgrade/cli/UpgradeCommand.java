package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.backup.Backup;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.preflight.StepImpact;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The upgrade itself. */
@CommandLine.Command(
        name = "upgrade",
        description = {
            "Upgrades the databases. What was interrupted is simply started again.",
            "On a terminal it asks before steps that take something away from older nodes."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  " + DbUpgradeCommand.NAME
                    + " upgrade --config application.yml --jars migrations.jar --dry-run > upgrade.sql",
            "  " + DbUpgradeCommand.NAME + " upgrade --config application.yml --jars migrations.jar"
        })
final class UpgradeCommand extends Command {

    @CommandLine.Option(names = "--dry-run", description = "Print the SQL that would be run, and run nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @CommandLine.Option(
            names = "--backup",
            paramLabel = "<directory>",
            description = "Take a backup below this directory first, when something is pending.")
    private @Nullable Path backups;

    @CommandLine.Option(
            names = "--create-schemas",
            description = "Create databases that are missing, even where one of almost the same name is in use.")
    private boolean createSchemas;

    @CommandLine.Option(
            names = "--no-verify",
            negatable = true,
            description =
                    "Whether to compare the databases with their release afterwards, where cloud.dbupgrade.verify is"
                            + " not to decide that; they are unless it is false.")
    private @Nullable Boolean noVerify;

    @CommandLine.Mixin
    private final BackupOptions dump = new BackupOptions();

    /**
     * The answer for machines.
     *
     * @param from the release the databases were at; empty for an install
     * @param to the release they are at
     * @param runs what was run, in order
     * @param recorded how many migrations were already there
     * @param notes what Java migrations reported, and which repeatables ran again
     * @param findings what the server found wrong with the databases afterwards
     * @param milliseconds how long all took
     * @param backup the directory of the backup that was taken before
     * @param verification how the databases compare with their release afterwards
     */
    record Document(
            Optional<String> from,
            Optional<String> to,
            List<Run> runs,
            int recorded,
            List<String> notes,
            List<CommandResult.Problem> findings,
            long milliseconds,
            Optional<String> backup,
            Optional<VerifyCommand.Document> verification) {

        static Document of(UpgradeReport report, Verification verification) {
            return of(report, Optional.empty(), Optional.of(verification));
        }

        static Document of(UpgradeReport report, Optional<Backup> backup, Optional<Verification> verification) {
            return new Document(
                    report.from().map(ReleaseVersion::toString),
                    report.to().map(ReleaseVersion::toString),
                    report.runs().stream()
                            .map(run -> new Run(
                                    run.script(),
                                    run.statements(),
                                    run.duration().toMillis()))
                            .toList(),
                    report.alreadyApplied(),
                    report.notes(),
                    CommandResult.Problem.of(report.findings()),
                    report.duration().toMillis(),
                    backup.map(taken -> taken.folder().toString()),
                    verification.map(VerifyCommand.Document::of));
        }
    }

    record Run(String script, long statements, long milliseconds) {}

    @Override
    String whenStopped() {
        return "Stopped. What is done stays done; start the same command again, and it goes on there.";
    }

    @Override
    CommandResult answer() {
        CommandContext workplace = workplace();
        if (dryRun) {
            List<String> sql = sql(workplace.upgrade().preview());
            return new CommandResult(ExitCode.DONE, sql, Map.of("sql", sql)).verbatim();
        }
        if (!yes && !mayBeContract(workplace)) {
            return new CommandResult(
                    ExitCode.REFUSED,
                    List.of("Nothing was changed."),
                    Map.of("exit", ExitCode.REFUSED, "runs", List.of()));
        }
        return upgrade(workplace);
    }

    private CommandResult upgrade(CommandContext workplace) {
        Optional<Backup> backup = backup(workplace);
        DatabaseUpgrade upgrade = builder(workplace)
                // it is compared below
                .settings(workplace.settings().withVerify(false))
                .checks(createSchemas ? List.of() : List.of(new MistypedSchemaCheck()))
                .listeners(List.of(new ProgressBar(tool().screen())))
                .build();
        UpgradeReport report = upgrade.upgrade();
        List<String> text = new ArrayList<>();
        backup.map(BackupCommand::words).ifPresent(text::add);
        text.add(report.summary());
        report.notes().forEach(note -> text.add("  " + note));
        text.addAll(CommandResult.textOf(report.findings()));
        boolean verifies = noVerify == null ? workplace.configuration().verify().orElse(true) : !noVerify;
        Optional<Verification> verification = verifies ? Optional.of(upgrade.verify()) : Optional.empty();
        verification.ifPresent(found -> text.addAll(found.lines(Audience.TOOL, tool().width())));
        boolean differs = !report.findings().isEmpty()
                || verification.filter(VerifyCommand::differs).isPresent();
        return new CommandResult(
                differs ? ExitCode.DIFFERENCES : ExitCode.DONE, text, Document.of(report, backup, verification));
    }

    /** Of databases with nothing in them there is nothing to keep. */
    private Optional<Backup> backup(CommandContext workplace) {
        if (backups == null) {
            return Optional.empty();
        }
        Plan plan = workplace.upgrade().preview().plan();
        return plan.isEmpty() || plan.isFreshInstall()
                ? Optional.empty()
                : Optional.of(BackupCommand.take(tool(), workplace, backups, dump));
    }

    /** Asks on a terminal; elsewhere nobody could answer. */
    private boolean mayBeContract(CommandContext workplace) {
        if (!tool().canAsk()) {
            return true;
        }
        PlanImpact preview = workplace.upgrade().preview();
        boolean isContract = !preview.plan().isFreshInstall()
                && preview.steps().stream().anyMatch(step -> step.step().runs() && step.phase() == Phase.CONTRACT);
        if (!isContract) {
            return true;
        }
        PlanCommand.text(preview, tool().width()).forEach(tool().screen()::line);
        tool().screen().line("Steps of the phase contract remove what nodes of an older release may still use.");
        return tool().isYes("Upgrade now?");
    }

    private static List<String> sql(PlanImpact preview) {
        List<String> lines = new ArrayList<>();
        for (StepImpact step : preview.steps()) {
            lines.add("-- " + step.step().migration().script() + ", "
                    + step.phase().name().toLowerCase(java.util.Locale.ROOT)
                    + (step.step().runs()
                            ? ""
                            : (step.step().isDeferred() ? ", deferred: " : ", only recorded: ") + step.reason()));
            if (step.step().runs()) {
                lines.addAll(sql(step));
            }
        }
        return lines;
    }

    private static List<String> sql(StepImpact step) {
        if (step.step().migration().source() instanceof Source.Java) {
            return List.of("-- a Java migration, whose statements are not known before it runs");
        }
        return step.step().migration().statements().stream()
                .map(SqlStatement::text)
                .map(text -> text.contains(";") ? "DELIMITER $$\n" + text + "$$\nDELIMITER ;" : text + ";")
                .toList();
    }
}
