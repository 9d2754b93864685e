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

    @Override
    public final Integer call() {
        return tool().print(answer());
    }

    final Tool tool() {
        return Objects.requireNonNull(tool);
    }

    final Workplace workplace() {
        return tool().workplace();
    }
}
