package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/** A command: it works and answers; the tool prints the answer. */
abstract class Command implements Callable<Integer> {

    @ParentCommand
    private @Nullable DbUpgradeCommand tool;

    /** Does the work. */
    abstract CommandResult answer();

    /** What it is at while it connects and reads, as a phrase. */
    String doing() {
        return "Reading the migrations and the databases";
    }

    /** What is reported when it is ended by Ctrl-C. */
    String whenStopped() {
        return "Stopped before the end. The databases are as they were.";
    }

    @Override
    @SuppressWarnings("try") // both end with the command
    public final Integer call() {
        Screen screen = tool().screen();
        try (ShutdownMessage interruption = new ShutdownMessage(screen, this::whenStopped);
                ScreenClock clock = new ScreenClock(screen)) {
            screen.doing(doing());
            CommandResult answer = answer();
            screen.idle();
            return tool().print(answer);
        }
    }

    final DbUpgradeCommand tool() {
        return Objects.requireNonNull(tool);
    }

    /** The library that writes its lines to the screen, to be set up further. */
    final DatabaseUpgradeBuilder builder(CommandContext workplace) {
        return workplace.builder().forTool(tool().screen()::line);
    }

    final CommandContext workplace() {
        return tool().workplace();
    }
}
