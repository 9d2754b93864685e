package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The signals of Linux and macOS that make trouble. Java itself cannot stop a process without ending it. */
enum Signal {
    KILL,
    STOP,
    CONT;

    /**
     * Sends it to a process of the same user.
     *
     * @throws IllegalStateException when there is no such process
     */
    void sendTo(long pid) {
        try {
            // The shell's own kill: not every machine has it as an executable.
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("No process " + pid + " takes the signal " + name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while process " + pid + " was sent " + name(), e);
        }
    }
}
