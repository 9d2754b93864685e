package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import picocli.CommandLine;

/** Databases of unknown origin get a beginning. */
@CommandLine.Command(
        name = "baseline",
        description = {
            "Records that databases which nobody kept records of are at a release, and runs nothing.",
            "Databases with a CloudStack version table need none; they are baselined automatically."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " baseline 4.5.2 --url jdbc:mysql://db1:3306/ --jars migrations.jar")
final class BaselineCommand extends Command {

    @CommandLine.Parameters(paramLabel = "<release>", description = "The release that the databases are at.")
    private String release = "";

    @Override
    String whenStopped() {
        return "Stopped. Start the same command again; status shows where the databases are.";
    }

    @Override
    CommandResult answer() {
        CommandContext workplace = workplace();
        UpgradeSettings settings = workplace.settings();
        try {
            settings = workplace.withTyped(settings.withBaseline(release), release);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
        UpgradeReport report = builder(workplace).settings(settings).build().baseline();
        if (report.alreadyApplied() == 0) {
            throw new WrongUseException(
                    "Nothing is to be recorded: the databases are empty, or have records already. See "
                            + DbUpgradeCommand.NAME + " status.");
        }
        return new CommandResult(
                ExitCode.DONE,
                List.of("The databases are recorded as being at release " + release + "."),
                Map.of("release", release, "recorded", report.alreadyApplied()));
    }
}
