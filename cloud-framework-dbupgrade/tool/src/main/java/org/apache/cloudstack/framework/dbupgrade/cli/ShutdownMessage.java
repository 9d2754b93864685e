package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.function.Supplier;

/** Says what is left behind when the tool is asked to exit, as by Ctrl-C, before a command is done. */
final class ShutdownMessage implements AutoCloseable {

    private final Thread atExit;

    /**
     * From now on.
     *
     * @param sentences one or two sentences, asked for when it happens
     */
    ShutdownMessage(Screen screen, Supplier<String> sentences) {
        atExit = new Thread(
                () -> {
                    screen.idle();
                    screen.line(sentences.get());
                },
                "dbupgrade-interruption");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Whether the tool exits already, so that what fails now does so because of that. */
    static boolean isUnderWay() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // it has just been reported
            return;
        }
    }
}
