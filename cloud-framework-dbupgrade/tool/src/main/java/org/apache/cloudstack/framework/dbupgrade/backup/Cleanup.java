package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Undoes what must not stay when the work ends, however it ends: also when the process is asked to exit. */
final class Cleanup implements AutoCloseable {

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::run, "dbupgrade-backup-cleanup");
    private boolean closed;

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Something to undo; the last is undone first. */
    @FunctionalInterface
    interface Step {
        void undo() throws IOException;
    }

    /** Adds a step before what it undoes is done. */
    synchronized void add(Step step) throws IOException {
        if (closed) {
            throw new IOException("the process is asked to exit");
        }
        steps.push(step);
    }

    @Override
    public void close() {
        run();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process exits already, and this has just been done
            return;
        }
    }

    private synchronized void run() {
        closed = true;
        while (!steps.isEmpty()) {
            try {
                steps.pop().undo();
            } catch (IOException e) {
                // there is nothing left to do about it, and the others are still to be undone
            }
        }
    }
}
