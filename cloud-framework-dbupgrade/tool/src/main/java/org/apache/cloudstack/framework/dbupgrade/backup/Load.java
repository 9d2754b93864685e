package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** Feeds the files of a backup to the client executable: those with rows of one database several at once, the others alone. */
final class Load {

    /**
     * Binary mode keeps line ends in routines as they are, and lets no line of the text be a command of the executable;
     * without the option for comments, those in routines would be taken out. A server gets no file of this machine.
     */
    private static final List<String> ARGUMENTS = List.of(
            "--batch",
            "--binary-mode",
            "--local-infile=0",
            "--skip-reconnect",
            "--comments",
            "--max-allowed-packet=1G",
            "--default-character-set=utf8mb4");

    /** What the text of a whole dump says itself. */
    private static final String BEFORE_ROWS =
            ";\nSET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0, unique_checks = 0;\n";

    private static final int AT_ONCE = 4;
    private static final int BUFFER = 1 << 16;

    private final Backup backup;
    private final ToolProgram client;
    private final DumpTarget target;
    private final DumpProgressParser marks;
    private final Cleanup cleanup;
    private final List<String> arguments;

    /**
     * A load.
     *
     * @param first the statement with which each session starts
     */
    Load(
            Backup backup,
            ToolProgram client,
            DumpTarget target,
            DumpProgressParser marks,
            String first,
            Cleanup cleanup) {
        this.backup = backup;
        this.client = client;
        this.target = target;
        this.marks = marks;
        this.cleanup = cleanup;
        this.arguments = Stream.concat(ARGUMENTS.stream(), Stream.of("--init-command=" + first))
                .toList();
    }

    void all() throws IOException, InterruptedException, ToolFailedException {
        List<BackupManifest.StoredFile> rows = new ArrayList<>();
        for (BackupManifest.StoredFile file : backup.manifest().files()) {
            if (file.database().isPresent()) {
                rows.add(file);
            } else {
                feedAtOnce(rows);
                rows.clear();
                feed(new ConcurrentLinkedQueue<>(List.of(file)));
            }
        }
        feedAtOnce(rows);
        marks.end();
    }

    private void feedAtOnce(List<BackupManifest.StoredFile> files)
            throws IOException, InterruptedException, ToolFailedException {
        Queue<BackupManifest.StoredFile> waiting = new ConcurrentLinkedQueue<>(files);
        int threads = Math.min(AT_ONCE, files.size());
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
        try {
            CompletionService<Boolean> runs = new ExecutorCompletionService<>(pool);
            for (int i = 0; i < threads; i++) {
                runs.submit(() -> {
                    feed(waiting);
                    return true;
                });
            }
            for (int i = 0; i < threads; i++) {
                runs.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ToolFailedException failed) {
                throw failed;
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            // the others are in vain when one failed; each ends its process
            pool.shutdownNow();
        }
    }

    /** With one run of the executable, as many of the files as others leave to it. */
    private void feed(Queue<BackupManifest.StoredFile> files)
            throws IOException, InterruptedException, ToolFailedException {
        ToolRun run = ToolRun.start(client, target, arguments, cleanup);
        ToolErrors errors = new ToolErrors(target, backup.manifest().names());
        try {
            run.during(() -> copy(files, run));
        } catch (IOException e) {
            if (run.failed()) {
                // it ended in the middle of the text, which is why writing to it failed
                run.finish(errors);
            }
            throw e;
        }
        run.finish(errors);
    }

    private boolean copy(Queue<BackupManifest.StoredFile> files, ToolRun run) throws IOException {
        try (OutputStream input = run.input()) {
            for (BackupManifest.StoredFile file = files.poll(); file != null; file = files.poll()) {
                Path path = backup.folder().resolve(file.name());
                try (InputStream text = new GZIPInputStream(Files.newInputStream(path), BUFFER)) {
                    if (file.database().isPresent()) {
                        copyRows(text, input, file.database().get());
                    } else {
                        Dump.copy(text, input, marks);
                    }
                }
            }
        }
        return true;
    }

    private void copyRows(InputStream text, OutputStream input, String database) throws IOException {
        input.write(("USE " + Identifier.quote(database) + BEFORE_ROWS).getBytes(StandardCharsets.UTF_8));
        byte[] buffer = new byte[BUFFER];
        for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
            input.write(buffer, 0, read);
            marks.rows(database, read);
        }
    }
}
