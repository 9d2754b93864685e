package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.cloudstack.framework.dbupgrade.backup.Backup;
import org.apache.cloudstack.framework.dbupgrade.backup.BackupManifest;
import org.apache.cloudstack.framework.dbupgrade.backup.CrossProductPolicy;
import org.apache.cloudstack.framework.dbupgrade.backup.Restore;
import picocli.CommandLine;

/** The second half of the way back. */
@CommandLine.Command(
        name = "restore",
        description = {
            "Puts the databases back as a backup has them: they are dropped with everything made since, and created again.",
            "Stop everything that uses them first. A damaged or foreign backup is refused before anything is touched; a"
                    + " restore that was interrupted is started again."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME
                + " restore /var/backups/cloudstack/cloud-4.5.2-20151130T221500.000Z --config application.yml --yes")
final class RestoreCommand extends Command {

    @CommandLine.Parameters(paramLabel = "<backup>", description = "The directory of one backup.")
    private Path folder = Path.of(".");

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask; needed where there is no terminal to ask on.")
    private boolean yes;

    @CommandLine.Option(
            names = "--other-product",
            description = "Try a backup of MySQL on MariaDB, or the other way round, which may fail in the middle.")
    private boolean otherProduct;

    @CommandLine.Mixin
    private final DumpOptions dump = new DumpOptions();

    private final AtomicBoolean isDropped = new AtomicBoolean();

    @Override
    String whenStopped() {
        return isDropped.get()
                ? "Stopped in the middle: the databases are incomplete, and nothing can use them until the same restore is"
                        + " started again, which starts from the beginning."
                : super.whenStopped();
    }

    @Override
    @SuppressWarnings("try") // it is shown until then
    CommandResult answer() {
        CommandContext workplace = workplace();
        if (!yes && !isWanted(workplace)) {
            return new CommandResult(
                    ExitCode.REFUSED, List.of("Nothing was changed."), Map.of("exit", ExitCode.REFUSED));
        }
        BackupCommand.requireNobodyUpgrades(workplace.upgrade().records());
        Login login = workplace.login();
        DumpProgress progress = tool().dumpProgress(() -> isDropped.set(true));
        try (Screen.Activity restore = tool().screen().meanwhile("Restoring the backup")) {
            Backup backup = new Restore(
                            login.dataSource(),
                            dump.target(login),
                            dump.tools(workplace),
                            otherProduct ? CrossProductPolicy.TRY : CrossProductPolicy.REFUSE)
                    .restore(folder, workplace.schemas(), progress);
            BackupManifest manifest = backup.manifest();
            return new CommandResult(
                    ExitCode.DONE,
                    List.of(whatIsRestored(manifest)),
                    Map.of(
                            "databases",
                            manifest.names(),
                            "taken",
                            manifest.taken().toString()));
        }
    }

    private static String whatIsRestored(BackupManifest manifest) {
        return String.join(", ", manifest.names())
                + (manifest.names().size() == 1 ? " is as it was on " : " are as they were on ")
                + manifest.taken().truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    private boolean isWanted(CommandContext workplace) {
        if (!tool().canAsk()) {
            throw new WrongUseException("A restore drops the databases and everything made since the backup. There is"
                    + " no terminal to ask on; add --yes.");
        }
        return tool().isYes((workplace.schemas().size() == 1 ? "Drop the database " : "Drop the databases ")
                + String.join(", ", workplace.schemas()) + " on " + workplace.login()
                + " with everything written since the backup, and restore them from " + folder + "?");
    }
}
