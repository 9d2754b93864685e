package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/**
 * Reads all databases with one run of one executable into one file. So they are of one moment, and views come after the tables
 * of all databases, whichever they read.
 */
final class Dump {

    static final String FILE = "databases.sql.gz";

    /** What stands before rows: tables, routines and views. */
    static final List<String> BEFORE_ROWS =
            List.of("--no-data", "--skip-triggers", "--skip-events", "--skip-dump-date");

    /** What rows must not meet: triggers, which would change them, and events. */
    static final List<String> AFTER_ROWS =
            List.of("--no-data", "--no-create-info", "--no-create-db", "--skip-routines", "--skip-dump-date");

    /** Neither routines nor events, which are not of tables. */
    static final List<String> TABLES_ONLY = List.of("--skip-routines", "--skip-events");

    private static final int BUFFER = 1 << 16;
    private static final List<String> OPTIONS = List.of(
            "--single-transaction",
            "--skip-lock-tables",
            "--quick",
            "--routines",
            "--triggers",
            "--events",
            "--hex-blob",
            "--comments",
            "--tz-utc",
            "--max-allowed-packet=1G",
            "--no-tablespaces",
            "--default-character-set=utf8mb4");
    private static final List<String> MYSQL_ONLY = List.of("--set-gtid-purged=OFF", "--column-statistics=0");

    private final ToolProgram program;
    private final DumpTarget target;
    private final FileOpener opener;
    private final List<String> furtherOptions;

    /**
     * A dump.
     *
     * @param furtherOptions win over those that a dump always gets
     */
    Dump(ToolProgram program, DumpTarget target, FileOpener opener, List<String> furtherOptions) {
        this.program = program;
        this.target = target;
        this.opener = opener;
        this.furtherOptions = List.copyOf(furtherOptions);
    }

    /** Creates a file that only its owner can read. */
    @FunctionalInterface
    interface FileOpener {
        OutputStream create(Path file) throws IOException;
    }

    /**
     * The files that were written, in the order in which they are restored.
     *
     * @param bytes of the text before it was compressed
     */
    record Dumped(List<BackupManifest.StoredFile> files, long bytes) {
        Dumped {
            files = List.copyOf(files);
        }
    }

    /** Writes all of some databases into one file of this name in the directory. */
    BackupManifest.StoredFile into(
            Path folder, String file, List<String> schemas, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        // a name may start like an option
        List<String> what =
                Stream.concat(Stream.of("--databases", "--"), schemas.stream()).toList();
        return write(folder, file, what, schemas, marks, cleanup);
    }

    /** Writes some tables of one database. */
    BackupManifest.StoredFile ofTables(
            Path folder, String file, String schema, List<String> tables, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        List<String> what =
                Stream.concat(Stream.of("--", schema), tables.stream()).toList();
        BackupManifest.StoredFile written = write(folder, file, what, List.of(schema), marks, cleanup);
        return new BackupManifest.StoredFile(written.name(), written.size(), written.sha256(), Optional.of(schema));
    }

    private BackupManifest.StoredFile write(
            Path folder,
            String file,
            List<String> what,
            List<String> schemas,
            DumpProgressParser marks,
            Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        ToolRun run = ToolRun.start(program, target, arguments(what), cleanup);
        StoredOutput output = new StoredOutput(opener.create(folder.resolve(file)));
        boolean complete = run.during(() -> {
            run.input().close();
            try (InputStream text = run.output();
                    OutputStream compressed = new GZIPOutputStream(output, BUFFER)) {
                copy(text, compressed, marks);
            }
            return marks.end();
        });
        run.finish(new ToolErrors(target, schemas));
        if (!complete) {
            throw new ToolFailedException(program.name() + " ended well, but without the last line of a dump");
        }
        return output.stored(file);
    }

    static void copy(InputStream from, OutputStream to, DumpProgressParser marks) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            marks.read(buffer, read);
        }
    }

    private List<String> arguments(List<String> what) {
        List<String> arguments = new ArrayList<>(OPTIONS);
        if (program.product() == ServerProduct.MYSQL) {
            arguments.addAll(MYSQL_ONLY);
        }
        arguments.addAll(furtherOptions);
        arguments.addAll(what);
        return arguments;
    }
}
