package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads some rows of each table, and all of a few tables, which a run of their own reads; nobody changes these meanwhile. */
final class SampleDump {

    private static final String WHOLE = "records.sql.gz";

    private final Sample sample;
    private final ToolProgram program;
    private final DumpTarget target;
    private final Dump.FileOpener opener;

    SampleDump(Sample sample, ToolProgram program, DumpTarget target, Dump.FileOpener opener) {
        this.sample = sample;
        this.program = program;
        this.target = target;
        this.opener = opener;
    }

    /** The whole tables come first, since views of the others may read them. */
    Dump.Dumped into(
            Path folder, List<String> schemas, List<String> wholeTables, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        String first = schemas.get(0);
        List<BackupManifest.StoredFile> files = new ArrayList<>();
        if (!wholeTables.isEmpty()) {
            Dump whole = new Dump(program, target, opener, Dump.TABLES_ONLY);
            files.add(whole.ofTables(folder, WHOLE, first, wholeTables, marks, cleanup));
        }
        List<String> options = Stream.concat(
                        Stream.of("--where=1 LIMIT " + sample.rows()),
                        wholeTables.stream().map(table -> "--ignore-table=" + first + "." + table))
                .toList();
        files.add(new Dump(program, target, opener, options).into(folder, Dump.FILE, schemas, marks, cleanup));
        return new Dump.Dumped(files, marks.bytes());
    }
}
