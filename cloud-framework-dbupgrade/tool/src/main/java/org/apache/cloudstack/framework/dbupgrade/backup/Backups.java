package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.backup.content.RefusedContentException;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/**
 * Takes backups of databases. The tables, if they are InnoDB's, show one moment, that of the beginning, also while rows are
 * changed; a definition that is changed meanwhile makes the backup fail. So no upgrade should run, which the caller looks
 * after. The account needs SELECT, SHOW VIEW, TRIGGER, EVENT and LOCK TABLES on the databases, and to see the routines of
 * others, SHOW_ROUTINE on MySQL or SELECT on MariaDB's table {@code mysql.proc}; the server hides triggers from an account
 * without TRIGGER, and no backup of it would have them.
 */
public final class Backups {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String HISTORY = "--dump-history";

    private final DataSource dataSource;
    private final DumpTarget target;
    private final DumpTools tools;
    private final Clock clock;
    private final Dump.FileOpener opener;
    private final Optional<Sample> sample;

    /**
     * Backups of one server.
     *
     * @param dataSource connects to it, to ask for its version and its databases
     * @param target the same server, for the executables
     */
    public Backups(DataSource dataSource, DumpTarget target, DumpTools tools, Clock clock) {
        this(dataSource, target, tools, clock, PrivateFiles::create, Optional.empty());
    }

    Backups(DataSource dataSource, DumpTarget target, DumpTools tools, Clock clock, Dump.FileOpener opener) {
        this(dataSource, target, tools, clock, opener, Optional.empty());
    }

    private Backups(
            DataSource dataSource,
            DumpTarget target,
            DumpTools tools,
            Clock clock,
            Dump.FileOpener opener,
            Optional<Sample> sample) {
        this.dataSource = dataSource;
        this.target = target;
        this.tools = tools;
        this.clock = clock;
        this.opener = opener;
        this.sample = sample;
    }

    /**
     * The same with at most so many rows of each table: no way back, but enough to try an upgrade on.
     *
     * @param wholeTables those of the first database of which no row is left out
     */
    public Backups sampling(long rows, Set<String> wholeTables) {
        return new Backups(dataSource, target, tools, clock, opener, Optional.of(new Sample(rows, wholeTables)));
    }

    /**
     * Takes a backup into a new directory inside the given one, which is created where it is missing. The new directory gets its
     * name when the backup is complete; nothing of a backup that fails is left.
     *
     * @param listener is notified of progress on another thread
     * @throws BackupException when there is none
     * @throws IllegalArgumentException when no database is named
     */
    public Backup take(List<String> schemas, BackupLabel label, Path folder, BackupListener listener) {
        if (schemas.isEmpty()) {
            throw new IllegalArgumentException("A backup needs the name of a database");
        }
        try (Cleanup cleanup = new Cleanup()) {
            requirePassable(schemas);
            DatabaseFacts facts = facts(schemas);
            ToolProgram program = tools.dump(facts.server().product());
            requireHistory(program, facts);
            Optional<MyDumper> rows = tools.rows();
            List<TableName> tables = rows.isPresent() ? tables(schemas) : List.of();
            PrivateFiles.createFolders(folder);
            requireSpace(folder, facts, listener);
            Instant now = clock.instant();
            BackupFolder place = BackupFolder.begin(folder, name(schemas, label, now), opener, cleanup);
            DumpProgressParser marks = new DumpProgressParser(schemas, listener, facts.bytes());
            Dump.Dumped dumped = rows.isPresent()
                    ? new ParallelDump(rows.get(), program, target, opener)
                            .into(place.unfinished(), tables, schemas, marks, cleanup)
                    : whole(program, place.unfinished(), facts, marks, cleanup);
            requireRestorable(place.unfinished(), facts, dumped);
            BackupManifest.Product tool = rows.map(found -> new BackupManifest.Product(MyDumper.NAME, found.version()))
                    .orElse(new BackupManifest.Product(program.name(), program.version()));
            return place.finish(manifest(now, facts, tool, label, dumped));
        } catch (ToolFailedException e) {
            throw failed(schemas, e.reason(), "Mend the cause, and take the backup again.", e);
        } catch (IOException e) {
            String reason = "writing into " + folder + " failed: " + e;
            throw failed(schemas, reason, "Name a directory that can be written and has space.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(schemas, "it was interrupted", "Take the backup again.", e);
        }
    }

    private Dump.Dumped whole(
            ToolProgram program, Path folder, DatabaseFacts facts, DumpProgressParser marks, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        List<String> schemas = facts.names();
        if (sample.isPresent()) {
            return new SampleDump(sample.get(), program, target, opener)
                    .into(folder, schemas, wholeTables(schemas), marks, cleanup);
        }
        BackupManifest.StoredFile file = new Dump(
                        program, target, opener, facts.versioned().isEmpty() ? List.of() : List.of(HISTORY))
                .into(folder, Dump.FILE, schemas, marks, cleanup);
        return new Dump.Dumped(List.of(file), marks.bytes());
    }

    /** A restore refuses what it does not know, and would be late to find that out. */
    private static void requireRestorable(Path folder, DatabaseFacts facts, Dump.Dumped dumped) throws IOException {
        try {
            BackupContent.check(folder, facts.databases(), dumped.files());
        } catch (RefusedContentException e) {
            throw notExact(facts.names(), List.of("a restore refuses its text: " + e.reason()));
        }
    }

    /** Those that exist. */
    private List<String> wholeTables(List<String> schemas) {
        try (Connection connection = dataSource.getConnection()) {
            return new Schemas(schemas.subList(0, 1))
                    .tables(connection).stream()
                            .map(TableName::name)
                            .filter(sample.orElseThrow().wholeTables()::contains)
                            .toList();
        } catch (SQLException e) {
            throw new BackupException(new ServerErrors(target.address(), schemas).explain(e));
        }
    }

    /** Those that mydumper is to read, each of which it can. */
    private List<TableName> tables(List<String> schemas) {
        if (sample.isPresent()) {
            throw new IllegalStateException("A sample is not taken with " + MyDumper.NAME);
        }
        try (Connection connection = dataSource.getConnection()) {
            return new RowTables(schemas, target.tls()).read(connection);
        } catch (SQLException e) {
            throw new BackupException(new ServerErrors(target.address(), schemas).explain(e));
        }
    }

    private static void requirePassable(List<String> schemas) {
        Charset ofArguments = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        for (String schema : schemas) {
            if (!ofArguments.newEncoder().canEncode(schema)) {
                String reason = "the name " + schema + " cannot be passed to an executable in " + ofArguments;
                throw new BackupException(FindingCode.BACKUP_FAILED.about(
                        String.join(", ", schemas), reason, "Set LC_ALL=C.UTF-8, and start again."));
            }
        }
    }

    private DatabaseFacts facts(List<String> schemas) {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseFacts facts = DatabaseFacts.read(connection, schemas);
            ServerProduct product = facts.server().product();
            List<String> lost = sample.isPresent()
                    ? InexactObjects.unreadable(connection, product, schemas)
                    : InexactObjects.in(connection, product, schemas);
            if (!lost.isEmpty()) {
                throw notExact(schemas, lost);
            }
            return facts;
        } catch (SQLException e) {
            // without the cause, whose text may hold values
            throw new BackupException(new ServerErrors(target.address(), schemas).explain(e));
        }
    }

    /** An executable that does not know the option would write the newest rows only. */
    private void requireHistory(ToolProgram program, DatabaseFacts facts) throws IOException, InterruptedException {
        if (sample.isEmpty()
                && !facts.versioned().isEmpty()
                && !ToolProgram.answer(program.path(), "--help").contains(HISTORY)) {
            List<String> lost = facts.versioned().stream()
                    .map(table -> "table " + table + ": " + program
                            + " does not read its history; that of MariaDB 10.11" + " and later does")
                    .toList();
            throw notExact(facts.names(), lost);
        }
    }

    private static BackupException notExact(List<String> schemas, List<String> lost) {
        return new BackupException(FindingCode.BACKUP_NOT_EXACT.about(
                String.join(", ", schemas),
                String.join("; ", lost),
                "Change what is named, or copy the server's files instead (mariadb-backup, xtrabackup, a snapshot of the"
                        + " volume)."));
    }

    private static void requireSpace(Path folder, DatabaseFacts facts, BackupListener listener) throws IOException {
        SpaceCheck space =
                new SpaceCheck(folder, facts.bytes(), Files.getFileStore(folder).getUsableSpace());
        space.objection().ifPresent(finding -> {
            throw new BackupException(finding);
        });
        space.warning().ifPresent(listener::warning);
    }

    private static String name(List<String> schemas, BackupLabel label, Instant now) {
        String release = label.release().isEmpty() ? "unknown" : label.release();
        return plain(schemas.get(0)) + "-" + plain(release) + "-" + MOMENT.format(now);
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[.-]", "_");
    }

    private static BackupManifest manifest(
            Instant now, DatabaseFacts facts, BackupManifest.Product tool, BackupLabel label, Dump.Dumped dumped) {
        return new BackupManifest(
                BackupManifest.KIND,
                BackupManifest.FORMAT,
                now,
                new BackupManifest.Product(
                        facts.server().product().toString(), facts.server().version()),
                tool,
                label,
                facts.databases(),
                dumped.bytes(),
                dumped.files());
    }

    private static BackupException failed(List<String> schemas, String reason, String remedy, Exception cause) {
        return new BackupException(FindingCode.BACKUP_FAILED.about(String.join(", ", schemas), reason, remedy), cause);
    }
}
