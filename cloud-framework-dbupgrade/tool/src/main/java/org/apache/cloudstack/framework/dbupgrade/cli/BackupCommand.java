package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseRecords;
import org.apache.cloudstack.framework.dbupgrade.backup.Backup;
import org.apache.cloudstack.framework.dbupgrade.backup.BackupLabel;
import org.apache.cloudstack.framework.dbupgrade.backup.BackupManifest;
import org.apache.cloudstack.framework.dbupgrade.backup.Backups;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import picocli.CommandLine;

/** The first half of the way back. */
@CommandLine.Command(
        name = "backup",
        description = {
            "Takes a backup of all the databases into a new directory below the given one, which only you can read.",
            "It is made by mariadb-dump or mysqldump, compressed, and has checksums and the release in it."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " backup /var/backups/cloudstack --config application.yml")
final class BackupCommand extends Command {

    @CommandLine.Parameters(paramLabel = "<directory>", description = "Where backups lie.")
    private Path folder = Path.of(".");

    @CommandLine.Mixin
    private final BackupOptions dump = new BackupOptions();

    /** The answer for machines. */
    record Document(String folder, String release, List<String> databases, long bytesOfSql, long bytesOfFiles) {

        static Document of(Backup backup) {
            BackupManifest manifest = backup.manifest();
            return new Document(
                    backup.folder().toString(),
                    manifest.label().release(),
                    manifest.names(),
                    manifest.bytes(),
                    manifest.files().stream()
                            .mapToLong(BackupManifest.StoredFile::size)
                            .sum());
        }
    }

    @Override
    String whenStopped() {
        return "Stopped. There is no backup, and nothing of it is left; the databases are as they were.";
    }

    @Override
    CommandResult answer() {
        Backup backup = take(tool(), workplace(), folder, dump);
        return new CommandResult(ExitCode.DONE, List.of(words(backup)), Document.of(backup));
    }

    static String words(Backup backup) {
        Document document = Document.of(backup);
        String at = document.release().isEmpty() ? "" : " at release " + document.release();
        return "The backup of " + String.join(", ", document.databases()) + at + " is in " + document.folder() + " ("
                + document.bytesOfFiles() + " bytes).";
    }

    /** Takes a backup, unless an upgrade is under way, whose half-done state nobody wants back. */
    @SuppressWarnings("try") // it is shown until then
    static Backup take(DbUpgradeCommand tool, CommandContext workplace, Path folder, DumpOptions dump) {
        DatabaseRecords records = workplace.upgrade().records();
        requireNobodyUpgrades(records);
        Login login = workplace.login();
        BackupLabel label = new BackupLabel(
                records.release().map(ReleaseVersion::toString).orElse(""),
                records.releaseId().orElse(""),
                String.join(", ", records.unfinished()));
        try (Screen.Activity backup = tool.screen().meanwhile("Taking the backup")) {
            return new Backups(login.dataSource(), dump.target(login), dump.tools(workplace), Clock.systemUTC())
                    .take(workplace.schemas(), label, folder, tool.dumpProgress());
        }
    }

    static void requireNobodyUpgrades(DatabaseRecords records) {
        if (records.upgrader().isPresent()) {
            throw new BusyException(records.upgrader().get());
        }
    }
}
