package org.apache.cloudstack.framework.dbupgrade.osc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.OptionsFile;
import org.apache.cloudstack.framework.dbupgrade.backup.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running executable. It writes to this process every second, so that it ends soon after this process does, whatever that
 * ended of.
 */
final class CopyProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CopyProcess.class);
    private static final int SECONDS_TO_END = 5;

    private final Path folder;
    private final Process process;
    private final PtOscOutput words = new PtOscOutput();
    private final Thread reader;

    private CopyProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.reader = new Thread(this::read, "dbupgrade-copy");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param options what its file of options says, which nobody else can read
     */
    static CopyProcess start(Path program, CopyCommand command, String options) throws IOException {
        Path folder = PrivateFiles.createTemporaryFolder();
        try {
            OptionsFile.write(optionsIn(folder), options);
            OptionsFile.write(noneIn(folder), "");
            List<String> all = Stream.concat(
                            // those that an administrator keeps for all runs of the executable are not meant
                            Stream.of(
                                    program.toString(),
                                    "--config",
                                    noneIn(folder).toString()),
                            command.arguments(optionsIn(folder), pauseIn(folder)).stream())
                    .toList();
            return new CopyProcess(
                    folder, new ProcessBuilder(all).redirectErrorStream(true).start());
        } catch (IOException e) {
            PrivateFiles.delete(folder);
            throw e;
        }
    }

    private static Path optionsIn(Path folder) {
        return folder.resolve("options.cnf");
    }

    private static Path noneIn(Path folder) {
        return folder.resolve("none");
    }

    private static Path pauseIn(Path folder) {
        return folder.resolve("pause");
    }

    PtOscOutput words() {
        return words;
    }

    /** Waits a second, or until it ends; whether it has. */
    boolean hasEnded() throws InterruptedException {
        boolean ended = process.waitFor(1, TimeUnit.SECONDS);
        if (ended) {
            reader.join();
        }
        return ended;
    }

    int exit() {
        return process.exitValue();
    }

    /** Lets it rest between two portions of rows, or go on. */
    void pause(boolean wanted) throws IOException {
        Path file = pauseIn(folder);
        if (wanted && !Files.exists(file)) {
            OptionsFile.write(file, "");
        } else if (!wanted) {
            Files.deleteIfExists(file);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                words.hear(line);
            }
        } catch (IOException e) {
            LOG.debug("The executable's output was not read to its end", e);
        }
    }

    /** Ends it, when it still runs, and returns when it is gone. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            process.onExit().join();
            PrivateFiles.delete(folder);
        } catch (InterruptedException e) {
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The directory {} could not be removed", folder, e);
        }
    }
}
