package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import picocli.CommandLine;

/** The end of a rolling upgrade. */
@CommandLine.Command(
        name = "contract",
        description = {
            "Runs what was deferred: in the background, and until older nodes are gone, as far as they are.",
            "The databases must be at the release already; nothing else is run."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " contract --config application.yml --jars migrations.jar")
final class ContractCommand extends Command {

    /**
     * The answer for machines.
     *
     * @param runs the files that were run
     * @param deferred what still waits
     */
    record Document(List<String> runs, List<StatusCommand.HeldBack> deferred) {}

    @Override
    CommandResult answer() {
        DatabaseUpgrade upgrade = builder(workplace())
                .listeners(List.of(new ProgressBar(tool().screen())))
                .build();
        UpgradeReport report = upgrade.contract();
        List<String> text = new ArrayList<>();
        text.add(report.summary());
        text.addAll(StatusCommand.textOf(report.deferred()));
        return new CommandResult(
                report.deferred().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED,
                text,
                new Document(
                        report.runs().stream().map(UpgradeReport.Run::script).toList(), deferred(report.deferred())));
    }

    static List<StatusCommand.HeldBack> deferred(List<Step> steps) {
        return steps.stream()
                .map(step -> new StatusCommand.HeldBack(step.migration().script(), step.deferredUntil()))
                .toList();
    }
}
