package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Lets data migrations wait. */
@CommandLine.Command(
        name = "pause",
        description = {
            "Lets the Java migrations of the upgrade that runs wait at their next checkpoint,",
            "whichever server runs it, until " + DbUpgradeCommand.NAME + " resume."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " pause --reason \"until the backup is done\" --config application.yml")
final class PauseCommand extends Command {

    @CommandLine.Option(
            names = "--reason",
            paramLabel = "<text>",
            defaultValue = "no reason given",
            description = "Reported in the log of the server that waits.")
    private String reason = "";

    @Override
    CommandResult answer() {
        boolean begun;
        try {
            begun = workplace().upgrade().pause().begin(reason);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
        if (!begun) {
            throw new WrongUseException("These databases have no records of an upgrade, so there is nothing to pause.");
        }
        return new CommandResult(
                ExitCode.DONE,
                List.of("Java migrations wait at their next checkpoint, until " + DbUpgradeCommand.NAME + " resume."),
                Map.of("paused", true, "reason", reason));
    }
}
