package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.backup.content.RefusedContentException;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;

/**
 * Puts databases back as a backup has them, without anything made since. A restore that
 * stopped can be restarted any number of times; until one is done, the databases are incomplete.
 */
public final class Restore {

    private final DataSource dataSource;
    private final DumpTarget target;
    private final DumpTools tools;
    private final CrossProductPolicy otherProduct;

    /**
     * Restores on one server.
     *
     * @param dataSource connects to it, without a database
     * @param target the same server, for the executables
     */
    public Restore(DataSource dataSource, DumpTarget target, DumpTools tools, CrossProductPolicy otherProduct) {
        this.dataSource = dataSource;
        this.target = target;
        this.tools = tools;
        this.otherProduct = otherProduct;
    }

    /**
     * Verifies a backup and puts it back.
     *
     * @param folder of the backup
     * @param schemas the databases that are wanted back; a backup of others is refused
     * @param listener is notified of progress on another thread
     * @throws BackupException when it is refused, which its finding says, or when it stopped in the middle
     */
    public Backup restore(Path folder, List<String> schemas, BackupListener listener) {
        Backup backup = Backup.open(folder);
        requireSame(backup, schemas);
        try (Cleanup cleanup = new Cleanup()) {
            DatabaseServer server = server(backup);
            ToolProgram client = tools.client(server.product());
            requireConnection(client, schemas, cleanup);
            warnOfDefiners(backup, requireHarmless(backup), listener);
            write(backup, client, listener, cleanup);
            return backup;
        } catch (ToolFailedException e) {
            throw stopped(backup, e.reason(), e);
        } catch (IOException e) {
            throw stopped(backup, "reading the backup failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(backup, "it was interrupted", e);
        }
    }

    private static void requireSame(Backup backup, List<String> schemas) {
        List<String> held = backup.manifest().names();
        if (!held.stream().sorted().toList().equals(schemas.stream().sorted().toList())) {
            throw new BackupException(FindingCode.BACKUP_FOREIGN.about(
                    backup.folder().toString(),
                    "it is of the databases " + held + ", and " + schemas + " are to be restored",
                    "Name the databases of the backup, or another backup."));
        }
    }

    private DatabaseServer server(Backup backup) {
        List<String> schemas = backup.manifest().names();
        try (Connection connection = dataSource.getConnection()) {
            DatabaseServer server = DatabaseServer.of(connection);
            String product = server.product().toString();
            String held = backup.manifest().server().name();
            if (otherProduct == CrossProductPolicy.REFUSE && !held.equals(product)) {
                throw new BackupException(FindingCode.BACKUP_FOREIGN.about(
                        backup.folder().toString(),
                        "it is of " + backup.manifest().server() + ", and this server is " + server,
                        "Restore it on a server of " + held + "."));
            }
            return server;
        } catch (SQLException e) {
            throw new BackupException(new ServerErrors(target.address(), schemas).explain(e));
        }
    }

    /** What cannot connect would be noticed only when the databases are gone. */
    private void requireConnection(ToolProgram client, List<String> schemas, Cleanup cleanup)
            throws IOException, InterruptedException {
        try {
            ToolRun.start(client, target, List.of("--execute=DO 1"), cleanup).finish(new ToolErrors(target, schemas));
        } catch (ToolFailedException e) {
            throw new BackupException(FindingCode.BACKUP_TOOL_UNUSABLE.about(client.toString(), e.reason()), e);
        }
    }

    /** Nothing of a backup runs before all of it is known to do what a restore needs, and nothing else. */
    private static List<String> requireHarmless(Backup backup) {
        BackupManifest manifest = backup.manifest();
        try {
            return BackupContent.check(backup.folder(), manifest.databases(), manifest.files());
        } catch (RefusedContentException e) {
            throw new BackupException(
                    FindingCode.BACKUP_UNSAFE.about(backup.folder().toString(), e.reason()), e);
        } catch (IOException e) {
            throw new BackupException(
                    FindingCode.BACKUP_DAMAGED.because(
                            e.toString(), backup.folder().toString(), "it cannot be read"),
                    e);
        }
    }

    private void warnOfDefiners(Backup backup, List<String> definers, BackupListener listener) {
        try (Connection connection = dataSource.getConnection()) {
            List<String> found = Definers.withMoreRights(connection, definers);
            if (!found.isEmpty()) {
                listener.warning(
                        FindingCode.BACKUP_DEFINERS.about(backup.folder().toString(), String.join(", ", found)));
            }
        } catch (SQLException e) {
            throw new BackupException(
                    new ServerErrors(target.address(), backup.manifest().names()).explain(e));
        }
    }

    /** What the server would refuse later, it would refuse when the databases are gone. */
    private String firstStatement(Backup backup) {
        try (Connection connection = dataSource.getConnection()) {
            List<String> refused = LoadSetting.refused(connection).stream()
                    .map(LoadSetting::variable)
                    .toList();
            if (!refused.isEmpty()) {
                throw new BackupException(FindingCode.BACKUP_FOREIGN.about(
                        backup.folder().toString(),
                        "this account may not turn off " + String.join(", ", refused)
                                + " for its session, and the server might refuse tables of the backup",
                        "As an administrator, " + LoadSetting.REMEDY + "."));
            }
            return LoadSetting.first(connection);
        } catch (SQLException e) {
            throw new BackupException(
                    new ServerErrors(target.address(), backup.manifest().names()).explain(e));
        }
    }

    private void write(Backup backup, ToolProgram client, BackupListener listener, Cleanup cleanup)
            throws IOException, InterruptedException, ToolFailedException {
        List<String> schemas = backup.manifest().names();
        DatabaseRecreation databases =
                new DatabaseRecreation(dataSource, target, backup.manifest().databases());
        String first = firstStatement(backup);
        listener.dropping();
        databases.create();
        DumpProgressParser marks =
                new DumpProgressParser(schemas, listener, backup.manifest().bytes());
        new Load(backup, client, target, marks, first, cleanup).all();
        databases.complete();
    }

    private static BackupException stopped(Backup backup, String reason, Exception cause) {
        return new BackupException(
                FindingCode.RESTORE_FAILED.about(
                        backup.folder().toString(),
                        reason,
                        String.join(", ", backup.manifest().names())),
                cause);
    }
}
