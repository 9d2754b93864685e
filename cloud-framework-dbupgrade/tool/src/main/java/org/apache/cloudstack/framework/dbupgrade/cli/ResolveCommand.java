package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import picocli.CommandLine;

/** The operator says what nobody else knows. */
@CommandLine.Command(
        name = "resolve",
        description = {
            "Settles what an upgrade refuses with MIGRATION_INTERRUPTED: whether the statement that was cut off took effect.",
            "Look at the databases first; the refusal names the statement and what was found."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME
                + " resolve --done V_4.6.1_B__vpc_cleanup_interval.sql --config application.yml")
final class ResolveCommand extends Command {

    @CommandLine.Parameters(paramLabel = "<script>", description = "The file that was interrupted.")
    private String script = "";

    @CommandLine.ArgGroup(multiplicity = "1")
    private Verdict verdict = new Verdict();

    /** One of the two. */
    static final class Verdict {

        @CommandLine.Option(names = "--done", description = "The statement took effect; go on after it.")
        private boolean done;

        @CommandLine.Option(names = "--rerun", description = "It did not; go on with it.")
        private boolean rerun;
    }

    @Override
    String whenStopped() {
        return "Stopped. Start the same command again; status shows where the databases are.";
    }

    @Override
    CommandResult answer() {
        Resolution resolution = verdict.done ? Resolution.DONE : Resolution.RERUN;
        try {
            workplace().upgrade().resolve(script, resolution);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage() + ". See " + DbUpgradeCommand.NAME + " status.");
        }
        String next = verdict.rerun ? "with the statement that was cut off." : "after the statement that was cut off.";
        return new CommandResult(
                ExitCode.DONE,
                List.of(script + " is settled; the next upgrade goes on " + next),
                Map.of("script", script, "resolution", resolution));
    }
}
