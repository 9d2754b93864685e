package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeStatus;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.report.GraphSvg;
import org.apache.cloudstack.framework.dbupgrade.report.HtmlPage;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import picocli.CommandLine;

/** Everything on one page. */
@CommandLine.Command(
        name = "report",
        description =
                "Writes one page of HTML: the releases, what is pending, what was run and how long it took, and how the"
                        + " databases compare with their release. It has everything in it, and no value of a row.",
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " report upgrade.html --config application.yml --jars migrations.jar")
final class ReportCommand extends Command {

    @CommandLine.Parameters(paramLabel = "<file>", description = "The file to write.")
    private Path file = Path.of("report.html");

    @Override
    CommandResult answer() {
        CommandContext workplace = workplace();
        DatabaseUpgrade upgrade = workplace.upgrade();
        UpgradeStatus status = upgrade.status();
        HtmlPage page = new HtmlPage("Databases " + String.join(", ", workplace.schemas()));
        summary(page, status);
        graph(page, upgrade);
        plan(page, upgrade);
        history(page, status);
        verification(page, upgrade);
        try {
            Files.writeString(file, page.text());
        } catch (IOException e) {
            throw new WrongUseException("The report cannot be written into " + file + ": " + e);
        }
        return new CommandResult(
                ExitCode.DONE, List.of("The report is in " + file + "."), Map.of("file", file.toString()));
    }

    private static void summary(HtmlPage page, UpgradeStatus status) {
        page.paragraph("As of " + Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)
                + " the databases are at release " + text(status.database())
                + ", and the migrations are those of release " + text(status.code()) + ".");
        status.upgrader().ifPresent(holder -> page.paragraph("Just now they are upgraded: " + holder + "."));
        findings(page, status.findings());
    }

    private static String text(Optional<ReleaseVersion> release) {
        return release.map(ReleaseVersion::toString).orElse("none");
    }

    private static void findings(HtmlPage page, List<Finding> findings) {
        findings.forEach(finding ->
                page.verdict(false, finding.description(Audience.TOOL) + " " + finding.remedy(Audience.TOOL)));
    }

    private static void graph(HtmlPage page, DatabaseUpgrade upgrade) {
        page.section("Releases");
        try {
            page.picture(new GraphSvg(upgrade.graph()).document());
        } catch (UpgradeRefusedException e) {
            findings(page, e.findings());
        }
    }

    private static void plan(HtmlPage page, DatabaseUpgrade upgrade) {
        page.section("Pending");
        try {
            PlanImpact preview = upgrade.preview();
            if (preview.plan().isEmpty()) {
                page.verdict(true, "Nothing is pending.");
            }
            page.table(
                    PlanTable.HEADINGS,
                    preview.steps().stream().map(PlanTable::of).toList());
            preview.steps().forEach(step -> PlanTable.leftToOperator(step).forEach(page::paragraph));
        } catch (UpgradeRefusedException e) {
            findings(page, e.findings());
        }
    }

    private static void history(HtmlPage page, UpgradeStatus status) {
        page.section("What was run");
        page.table(
                List.of("migration", "when", "time", ""),
                status.history().stream()
                        .map(row -> List.of(
                                row.script(),
                                row.installedOn(),
                                Durations.text(Duration.ofMillis(row.milliseconds())),
                                row.success() ? "" : "failed"))
                        .toList());
    }

    private static void verification(HtmlPage page, DatabaseUpgrade upgrade) {
        page.section("Did it work?");
        try {
            Verification verification = upgrade.verify();
            page.verdict(verification.isClean(), verification.summary());
            findings(page, verification.findings());
            page.table(
                    List.of("what", "name", "expected", "found"),
                    verification.differences().stream()
                            .map(SchemaDifference::brief)
                            .map(each -> List.of(each.kind().toString(), each.object(), each.expected(), each.found()))
                            .toList());
            verification.rowsFound().forEach(rows -> page.verdict(false, rows.toString()));
            verification.notes().forEach(page::paragraph);
        } catch (UpgradeRefusedException e) {
            findings(page, e.findings());
        }
    }
}
