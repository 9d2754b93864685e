package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerProduct;

/**
 * Reads all databases with one run of one program into one file. So they are of one moment, and views come after the tables
 * of all databases, whichever they read.
 */
final class Dump {

    static final String FILE = "databases.sql.gz";

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
    private final OptionalLong rowsPerTable;

    /**
     * A dump.
     *
     * @param rowsPerTable how many rows of each table are read at most; empty for all
     */
    Dump(ToolProgram program, DumpTarget target, FileOpener opener, OptionalLong rowsPerTable) {
        this.program = program;
        this.target = target;
        this.opener = opener;
        this.rowsPerTable = rowsPerTable;
    }

    /** Creates a file that only its owner can read. */
    @FunctionalInterface
    interface FileOpener {
        OutputStream create(Path file) throws IOException;
    }

    /**
     * The file that was written.
     *
     * @param bytes of the text before it was compressed
     */
    record Dumped(BackupManifest.StoredFile file, long bytes) {}

    Dumped into(Path folder, List<String> schemas, DatabaseMarks marks, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        ToolRun run = ToolRun.start(program, target, arguments(schemas), cleanup);
        StoredOutput output = new StoredOutput(opener.create(folder.resolve(FILE)));
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
        return new Dumped(output.stored(FILE), marks.bytes());
    }

    static void copy(InputStream from, OutputStream to, DatabaseMarks marks) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            marks.read(buffer, read);
        }
    }

    private List<String> arguments(List<String> schemas) {
        List<String> arguments = new ArrayList<>(OPTIONS);
        if (program.product() == ServerProduct.MYSQL) {
            arguments.addAll(MYSQL_ONLY);
        }
        rowsPerTable.ifPresent(rows -> arguments.add("--where=1 LIMIT " + rows));
        arguments.add("--databases");
        // a name may begin like an option
        arguments.add("--");
        arguments.addAll(schemas);
        return arguments;
    }
}
