package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerProduct;

/** One run of a program, with its options and what it says of errors in a folder of its own. */
final class ToolRun {

    private static final int LONGEST_ERRORS = 1 << 16;
    private static final int SECONDS_TO_END = 5;

    private final ToolProgram program;
    private final Path errors;
    private final Process process;

    private ToolRun(ToolProgram program, Path errors, Process process) {
        this.program = program;
        this.errors = errors;
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param cleanup ends it and removes its folder
     */
    static ToolRun start(ToolProgram program, DumpTarget target, List<String> arguments, Cleanup cleanup)
            throws IOException {
        Path folder = OwnerOnly.createTemporaryFolder();
        cleanup.add(() -> OwnerOnly.delete(folder));
        Path options = folder.resolve("options.cnf");
        Path errors = folder.resolve("errors");
        OptionsFile.write(options, target, program.product());
        OwnerOnly.create(errors).close();
        List<String> command = new ArrayList<>(List.of(program.path().toString(), "--defaults-file=" + options));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        if (program.product() == ServerProduct.MYSQL) {
            // MySQL's programs read the passwords stored there in any case, and after the file of options
            builder.environment()
                    .put("MYSQL_TEST_LOGIN_FILE", folder.resolve("no-logins").toString());
        }
        Process process = builder.start();
        cleanup.add(() -> kill(process));
        return new ToolRun(program, errors, process);
    }

    InputStream output() {
        return process.getInputStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Copies to or from the program on another thread, since to read or write a pipe cannot be interrupted; to wait for
     * it can. The program is ended when the copying fails or is interrupted.
     */
    <T> T during(Callable<T> copying) throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(copying);
        Thread thread = new Thread(task, "dbupgrade-backup-" + program.name());
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

    /** Waits for its end. */
    void finish(ToolErrors told) throws IOException, InterruptedException, ToolFailedException {
        int exit = process.waitFor();
        if (exit != 0) {
            throw new ToolFailedException(program.name() + " ended with code " + exit + ": " + told.tell(written()));
        }
    }

    /** Whether it ended by itself, and not well. */
    boolean failed() {
        return !process.isAlive() && process.exitValue() != 0;
    }

    private String written() throws IOException {
        try (InputStream in = Files.newInputStream(errors)) {
            return new String(in.readNBytes(LONGEST_ERRORS), StandardCharsets.UTF_8);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
