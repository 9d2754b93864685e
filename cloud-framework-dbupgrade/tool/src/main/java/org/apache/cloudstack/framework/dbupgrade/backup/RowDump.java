package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;

/** Reads the rows of tables with mydumper, several tables at once, into files that a backup can hold. */
final class RowDump {

    private static final int THREADS = 4;
    private static final int RUNS = 3;
    private static final int MEBIBYTES_OF_A_FILE = 64;
    private static final int BUFFER = 1 << 16;
    private static final long LEAST_SPACE = 1 << 20;

    private final MyDumper program;
    private final DumpTarget target;

    RowDump(MyDumper program, DumpTarget target) {
        this.program = program;
        this.target = target;
    }

    /** The files, in the order of the tables; an empty table has one too. */
    List<BackupManifest.StoredFile> into(
            Path folder, List<TableName> tables, List<String> schemas, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        Path written = folder.resolve("rows");
        ToolRun run = watched(written, schemas, marks, cleanup);
        run.finish(new ToolErrors(target, schemas));
        if (run.written().contains("CRITICAL")) {
            throw new ToolFailedException(
                    "mydumper ended well, and says: " + new ToolErrors(target, schemas).tell(run.written()));
        }
        List<BackupManifest.StoredFile> files = new ArrayList<>();
        for (TableName table : tables) {
            for (Path file : filesOf(table, written)) {
                files.add(take(file, folder.resolve("rows-%05d.sql.gz".formatted(files.size() + 1)), table, marks));
            }
        }
        requireNothingElse(written);
        PrivateFiles.delete(written);
        return files;
    }

    private ToolRun watched(Path written, List<String> schemas, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException {
        for (int left = RUNS - 1; left > 0; left--) {
            try {
                return watchedOnce(written, schemas, marks, cleanup);
            } catch (Standstill.StandstillException e) {
                // of a hundred runs on a busy machine about one ends so
                PrivateFiles.delete(written);
            }
        }
        return watchedOnce(written, schemas, marks, cleanup);
    }

    private ToolRun watchedOnce(Path written, List<String> schemas, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException {
        ToolRun run = ToolRun.start(
                program.path(), OptionsFile.textForMyDumper(target), arguments(written, schemas), cleanup);
        run.input().close();
        Standstill standstill = new Standstill("mydumper", InstantSource.system());
        run.watch(() -> {
            requireSpace(Objects.requireNonNull(written.getParent()));
            long bytes = bytesIn(written);
            marks.estimate(bytes);
            standstill.look(bytes, run.cpuTime(), run::waitsForItself);
        });
        return run;
    }

    private List<String> arguments(Path written, List<String> schemas) {
        String databases =
                schemas.stream().map(schema -> "\\Q" + schema + "\\E").collect(Collectors.joining("|", "^(?:", ")\\."));
        // the name would mean a socket
        String host = target.host().equals("localhost") ? "127.0.0.1" : target.host();
        return List.of(
                "--host=" + host,
                "--port=" + target.port(),
                "--outputdir=" + written,
                "--regex=" + databases,
                "--threads=" + THREADS,
                "--chunk-filesize=" + MEBIBYTES_OF_A_FILE,
                program.oneMoment(),
                "--no-schemas",
                "--no-views",
                "--build-empty-files",
                "--compress",
                "--verbose=1");
    }

    /** mydumper tries for ever to write to a full disk. */
    private static void requireSpace(Path folder) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < LEAST_SPACE) {
            throw new IOException("No space left on device");
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** In the order of their numbers, if there are several. */
    private static List<Path> filesOf(TableName table, Path folder) throws IOException, ToolFailedException {
        Pattern name = Pattern.compile(Pattern.quote(table.toString()) + "(?:\\.\\d+)*\\.sql\\.gz");
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file ->
                            name.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new ToolFailedException("mydumper ended well, but without the rows of " + table);
            }
            return files;
        }
    }

    private static BackupManifest.StoredFile take(Path from, Path to, TableName table, DumpProgressParser marks)
            throws IOException, ToolFailedException {
        PrivateFiles.move(from, to);
        try (DigestInputStream file = new DigestInputStream(Files.newInputStream(to), StoredOutput.sha256())) {
            TextEnd end = new TextEnd();
            byte[] buffer = new byte[BUFFER];
            // what is closed with the text would not be read to its end
            try (InputStream text = new GZIPInputStream(new StaysOpen(file), BUFFER)) {
                for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
                    end.read(buffer, read);
                    marks.rows(table.schema(), read);
                }
            }
            file.transferTo(OutputStream.nullOutputStream());
            if (!end.isThatOfAStatement()) {
                throw new ToolFailedException("mydumper ended well, but without the last rows of " + table);
            }
            String sha256 = HexFormat.of().formatHex(file.getMessageDigest().digest());
            return new BackupManifest.StoredFile(
                    String.valueOf(to.getFileName()), Files.size(to), sha256, Optional.of(table.schema()));
        }
    }

    private static void requireNothingElse(Path folder) throws IOException, ToolFailedException {
        try (Stream<Path> left = Files.list(folder)) {
            List<String> others = left.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("metadata"))
                    .toList();
            if (!others.isEmpty()) {
                throw new ToolFailedException("mydumper wrote what nobody knows: " + String.join(", ", others));
            }
        }
    }

    /** The last characters of a text. */
    private static final class TextEnd {

        private String last = "";

        void read(byte[] buffer, int length) {
            String end = new String(buffer, Math.max(0, length - 2), Math.min(2, length), StandardCharsets.ISO_8859_1);
            String joined = last + end;
            last = joined.substring(Math.max(0, joined.length() - 2));
        }

        boolean isThatOfAStatement() {
            return last.isEmpty() || last.equals(";\n");
        }
    }

    private static final class StaysOpen extends FilterInputStream {

        StaysOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // its owner closes it
        }
    }
}
