package org.apache.cloudstack.framework.dbupgrade.test.trouble;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * A running {@link JvmProgram}, which a test kills, freezes and thaws.
 *
 * <pre>{@code
 * try (ChildJvm server = JvmProgram.of(Server.class).start()) {
 *     server.freeze();
 *     server.thaw();
 *     server.terminate();
 *     assertThat(server.awaitExit(Duration.ofSeconds(30))).isZero();
 * }
 * }</pre>
 */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BiConsumer<ChildJvm, String> listener;
    private final FutureTask<Void> reading = new FutureTask<>(this::read, null);
    private final StringBuffer output = new StringBuffer();

    private ChildJvm(Process process, BiConsumer<ChildJvm, String> listener) {
        this.process = process;
        this.listener = listener;
    }

    static ChildJvm of(Process process, BiConsumer<ChildJvm, String> listener) {
        ChildJvm child = new ChildJvm(process, listener);
        Thread reader = new Thread(child.reading, "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /** What it has written so far to its standard output and error, with a line feed after each line. */
    public String output() {
        return output.toString();
    }

    /** Ends it at once, frozen or not, with nothing put in order. */
    public void kill() {
        // The process itself would also close the output that is still to be read.
        process.toHandle().destroyForcibly();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, as an operator does: its shutdown hooks are run. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /**
     * Stops all of its threads where they are, while its connections stay open; Linux and macOS only.
     *
     * @throws IllegalStateException when it has ended
     */
    public void freeze() {
        Signal.STOP.sendTo(process.pid());
    }

    /**
     * Lets it go on after {@link #freeze()}.
     *
     * @throws IllegalStateException when it has ended
     */
    public void thaw() {
        Signal.CONT.sendTo(process.pid());
    }

    /**
     * Waits until it has ended and its last line was heard.
     *
     * @return what it gave to {@code System.exit}, or 137 after {@link #kill()}
     * @throws IllegalStateException when it takes longer, with its output so far, or when the listener has failed
     */
    public int awaitExit(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "Process " + process.pid() + " runs for longer than " + longest + ". It wrote:\n" + output);
            }
            reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return process.exitValue();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The output of process " + process.pid() + " was not read to its end", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Process " + process.pid() + " has ended, but not its output or the listener. It wrote:\n" + output,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while process " + process.pid() + " ran", e);
        }
    }

    /** Does something when it has ended, however it did. */
    void whenEnded(Runnable action) {
        process.onExit().thenRun(action);
    }

    /** Kills it when it still runs, and returns when it is gone. */
    @Override
    public void close() {
        kill();
        process.onExit().join();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                listener.accept(this, line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            // An executable whose output nobody reads any more would wait for ever.
            kill();
            throw e;
        }
    }
}
