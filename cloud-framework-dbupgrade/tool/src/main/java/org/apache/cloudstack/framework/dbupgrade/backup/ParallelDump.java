package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;

/**
 * Reads rows with mydumper, and everything else with the executable of the server's own product, which knows it best. The rows
 * are of one moment; definitions are read before and after it, and have to be the same.
 */
final class ParallelDump {

    private static final String BEFORE = "definitions.sql.gz";
    private static final String AGAIN = "definitions-again.sql.gz";
    private static final String AFTER = "triggers-and-events.sql.gz";

    /** It grows with the rows, and says nothing about a definition. */
    private static final String NEXT_NUMBER = " AUTO_INCREMENT=\\d+";

    private final MyDumper rows;
    private final ToolProgram program;
    private final DumpTarget target;
    private final Dump.FileOpener opener;

    ParallelDump(MyDumper rows, ToolProgram program, DumpTarget target, Dump.FileOpener opener) {
        this.rows = rows;
        this.program = program;
        this.target = target;
        this.opener = opener;
    }

    Dump.Dumped into(
            Path folder, List<TableName> tables, List<String> schemas, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        Dump before = new Dump(program, target, opener, Dump.BEFORE_ROWS);
        List<BackupManifest.StoredFile> files = new ArrayList<>();
        files.add(before.into(folder, BEFORE, schemas, marks, cleanup));
        files.addAll(new RowDump(rows, target).into(folder, tables, schemas, marks, cleanup));
        before.into(folder, AGAIN, schemas, new DumpProgressParser(schemas, BackupListener.NONE, 0), cleanup);
        if (!definitions(folder.resolve(BEFORE)).equals(definitions(folder.resolve(AGAIN)))) {
            throw new ToolFailedException("a definition was changed meanwhile");
        }
        Files.delete(folder.resolve(AGAIN));
        Dump after = new Dump(program, target, opener, Dump.AFTER_ROWS);
        files.add(after.into(folder, AFTER, schemas, marks, cleanup));
        return new Dump.Dumped(files, marks.bytes());
    }

    private static String definitions(Path file) throws IOException {
        try (InputStream text = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).replaceAll(NEXT_NUMBER, "");
        }
    }
}
