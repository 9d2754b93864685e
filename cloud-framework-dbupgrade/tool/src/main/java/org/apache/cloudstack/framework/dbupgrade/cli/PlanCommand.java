package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.preflight.PlanImpact;
import org.apache.cloudstack.framework.dbupgrade.preflight.StepImpact;
import org.apache.cloudstack.framework.dbupgrade.preflight.TableImpact;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import picocli.CommandLine;

/** What an upgrade would do. */
@CommandLine.Command(
        name = "plan",
        description = {
            "Shows the steps of an upgrade in their order, and changes nothing.",
            "For each step: its phase (expand adds, migrate changes rows, contract takes away), SQL or Java, why it is in the"
                    + " plan, how many rows are in the tables it changes, and how this server changes them: instant, in place"
                    + " or by a copy, and whether others only read meanwhile. Rows are the server's estimates.",
            "Below: the statements after whose interruption you have to look what was done, and say so by dbupgrade resolve.",
            "Below them, what the checks of dbupgrade preflight warn of, and what would stop the upgrade."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " plan --config application.yml --jars migrations.jar --target 4.7.0")
final class PlanCommand extends Command {

    private static final List<String> HEADINGS =
            Stream.concat(Stream.of("", "release"), PlanTable.HEADINGS.stream()).toList();

    /**
     * The answer for machines.
     *
     * @param from the release of the databases; empty before an install
     * @param to the release they would be at
     * @param way the releases on the way, in the order they are completed
     * @param steps the steps, in order
     * @param checks what the checks before the upgrade would say
     */
    record Document(
            Optional<String> from,
            String to,
            List<String> way,
            List<StepDocument> steps,
            List<PreflightCommand.Document> checks) {}

    record StepDocument(
            String script,
            String release,
            String action,
            String phase,
            String kind,
            String reason,
            List<TableDocument> tables,
            List<String> leftToOperator) {}

    record TableDocument(String table, long rows, long bytes, String way) {

        static TableDocument of(TableImpact estimate) {
            return new TableDocument(
                    estimate.table(),
                    estimate.rows(),
                    estimate.bytes(),
                    estimate.way().name());
        }
    }

    @Override
    CommandResult answer() {
        DatabaseUpgrade upgrade =
                workplace().builder().checks(List.of(new MistypedSchemaCheck())).build();
        PlanImpact preview = upgrade.preview();
        List<PreflightCommand.Document> checks =
                preview.plan().isEmpty() ? List.of() : PreflightCommand.remarks(upgrade.preflight());
        List<String> lines = new ArrayList<>(text(preview, tool().width()));
        lines.addAll(PreflightCommand.text(checks));
        return new CommandResult(ExitCode.DONE, lines, document(preview, checks));
    }

    /** The lines for people, which an upgrade shows before it asks. */
    static List<String> text(PlanImpact preview, int width) {
        Plan plan = preview.plan();
        List<String> lines = new ArrayList<>();
        if (plan.isEmpty()) {
            lines.add("The databases are at release " + plan.target() + "; nothing is pending.");
            return lines;
        }
        lines.add("way: " + String.join(" -> ", way(plan)));
        List<List<String>> rows = new ArrayList<>();
        for (StepImpact step : preview.steps()) {
            Stream<String> place = Stream.of(Integer.toString(rows.size() + 1), releaseOf(step));
            rows.add(Stream.concat(place, PlanTable.of(step).stream()).toList());
        }
        lines.addAll(new TextTable(HEADINGS, rows).lines(width));
        preview.steps().forEach(step -> lines.addAll(PlanTable.leftToOperator(step)));
        return lines;
    }

    private static List<String> way(Plan plan) {
        String start = plan.from().map(ReleaseVersion::toString).orElse("nothing");
        return Stream.concat(Stream.of(start), plan.reached().stream().map(ReleaseVersion::toString))
                .toList();
    }

    private static Document document(PlanImpact preview, List<PreflightCommand.Document> checks) {
        Plan plan = preview.plan();
        return new Document(
                plan.from().map(ReleaseVersion::toString),
                plan.target().toString(),
                plan.reached().stream().map(ReleaseVersion::toString).toList(),
                preview.steps().stream().map(PlanCommand::document).toList(),
                checks);
    }

    private static StepDocument document(StepImpact step) {
        return new StepDocument(
                step.step().migration().script(),
                releaseOf(step),
                step.step().action().name(),
                PlanTable.phase(step.phase()),
                step.kind(),
                step.reason(),
                step.tables().stream().map(TableDocument::of).collect(Collectors.toList()),
                step.leftToOperator());
    }

    private static String releaseOf(StepImpact step) {
        return step.step().migration() instanceof VersionedMigration versioned
                ? versioned.name().release().toString()
                : "";
    }
}
