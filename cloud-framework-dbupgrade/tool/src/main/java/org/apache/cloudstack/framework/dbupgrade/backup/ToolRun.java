package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** One run of an executable, with its options and what it says of errors in a directory of its own. */
final class ToolRun {

    private static final int LONGEST_ERRORS = 1 << 16;
    private static final int SECONDS_TO_END = 5;
    private static final int MILLISECONDS_BETWEEN_LOOKS = 200;

    private final String name;
    private final Path errors;
    private final Process process;

    private ToolRun(String name, Path errors, Process process) {
        this.name = name;
        this.errors = errors;
        this.process = process;
    }

    /**
     * Starts an executable.
     *
     * @param cleanup ends it and removes its directory
     */
    static ToolRun start(ToolProgram program, DumpTarget target, List<String> arguments, Cleanup cleanup)
            throws IOException {
        return start(program.path(), OptionsFile.text(target, program.product()), arguments, cleanup);
    }

    /**
     * Starts an executable of any product.
     *
     * @param optionsText what its file of options says
     */
    static ToolRun start(Path program, String optionsText, List<String> arguments, Cleanup cleanup) throws IOException {
        Path folder = PrivateFiles.createTemporaryFolder();
        cleanup.add(() -> PrivateFiles.delete(folder));
        Path options = folder.resolve("options.cnf");
        Path errors = folder.resolve("errors");
        OptionsFile.write(options, optionsText);
        PrivateFiles.create(errors).close();
        List<String> command = new ArrayList<>(List.of(program.toString(), "--defaults-file=" + options));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // MySQL's executables read the passwords stored there in any case, and after the file of options
        builder.environment()
                .put("MYSQL_TEST_LOGIN_FILE", folder.resolve("no-logins").toString());
        Process process = builder.start();
        cleanup.add(() -> kill(process));
        return new ToolRun(String.valueOf(program.getFileName()), errors, process);
    }

    InputStream output() {
        return process.getInputStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Copies to or from the executable on another thread, since to read or write a pipe cannot be interrupted; to wait for
     * it can. The executable is ended when the copying fails or is interrupted.
     */
    <T> T during(Callable<T> copying) throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(copying);
        Thread thread = new Thread(task, "dbupgrade-backup-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            kill(process);
            thread.join();
            throw e;
        } catch (ExecutionException e) {
            boolean ended = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            if (!ended) {
                kill(process);
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** Waits until it is about to end, and looks now and then how far it is; it is ended when that fails or is interrupted. */
    void watch(Look look) throws IOException, InterruptedException {
        try {
            while (!process.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
                look.now();
            }
        } catch (InterruptedException | IOException e) {
            kill(process);
            throw e;
        }
    }

    /** How long processors have worked for it; 0 where the system does not show. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Whether its threads wait for each other, which they will do for ever; false where the system does not show. */
    boolean waitsForItself() {
        return ThreadStates.of(process.pid()).waitForEachOther();
    }

    /** Something to look at. */
    @FunctionalInterface
    interface Look {
        void now() throws IOException;
    }

    /** Waits for its end. */
    void finish(ToolErrors told) throws IOException, InterruptedException, ToolFailedException {
        int exit = process.waitFor();
        if (exit != 0) {
            throw new ToolFailedException(name + " ended with code " + exit + ": " + told.tell(written()));
        }
    }

    /** Whether it ended by itself, and not well. */
    boolean failed() {
        return !process.isAlive() && process.exitValue() != 0;
    }

    /** What it wrote to standard error. */
    String written() throws IOException {
        try (InputStream in = Files.newInputStream(errors)) {
            return new String(in.readNBytes(LONGEST_ERRORS), StandardCharsets.UTF_8);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
