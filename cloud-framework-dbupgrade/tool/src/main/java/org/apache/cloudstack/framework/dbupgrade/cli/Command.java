package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/** A command: it works and answers; the tool prints the answer. */
abstract class Command implements Callable<Integer> {

    @ParentCommand
    private @Nullable Tool tool;

    /** Does the work. */
    abstract Answer answer();

    /** What is told when it is ended by Ctrl-C. */
    String whenStopped() {
        return "Stopped before the end. The databases are as they were.";
    }

    @Override
    public final Integer call() {
        try (Interruption interruption = new Interruption(tool().err(), this::whenStopped)) {
            return tool().print(answer());
        }
    }

    final Tool tool() {
        return Objects.requireNonNull(tool);
    }

    final Workplace workplace() {
        return tool().workplace();
    }
}
