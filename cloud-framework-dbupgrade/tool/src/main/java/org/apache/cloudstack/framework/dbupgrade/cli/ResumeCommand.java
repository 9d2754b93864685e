package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Lets data migrations go on. */
@CommandLine.Command(
        name = "resume",
        description = "Lets the Java migrations go on that wait since " + DbUpgradeCommand.NAME + " pause.",
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " resume --config application.yml")
final class ResumeCommand extends Command {

    @Override
    CommandResult answer() {
        boolean ended = workplace().upgrade().pause().end();
        return new CommandResult(
                ExitCode.DONE,
                List.of(ended ? "Java migrations go on." : "Nothing was paused."),
                Map.of("paused", false, "was_paused", ended));
    }
}
