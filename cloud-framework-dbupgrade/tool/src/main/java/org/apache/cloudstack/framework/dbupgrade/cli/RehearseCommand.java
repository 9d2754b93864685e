package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.cloudstack.framework.dbupgrade.DatabaseRecords;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.backup.Backup;
import org.apache.cloudstack.framework.dbupgrade.backup.BackupLabel;
import org.apache.cloudstack.framework.dbupgrade.backup.Backups;
import org.apache.cloudstack.framework.dbupgrade.backup.CrossProductPolicy;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import org.apache.cloudstack.framework.dbupgrade.backup.Restore;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerLock;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.scratch.Definers;
import org.apache.cloudstack.framework.dbupgrade.scratch.TemporaryServer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;

/** The whole upgrade, on a copy. */
@CommandLine.Command(
        name = "rehearse",
        description = {
            "Copies the databases to a scratch server, upgrades the copy, verifies it, and shows how long all took.",
            "The source is only read. The names of the databases stay the same, so that scripts run unchanged. The copy is"
                    + " left for a look on a server that --scratch-url names; one that is started for the rehearsal is"
                    + " removed with it. Copied rows are in a directory that only you can read until they are restored."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  " + DbUpgradeCommand.NAME + " rehearse --config application.yml --jars migrations.jar",
            "  " + DbUpgradeCommand.NAME
                    + " rehearse --config application.yml --jars migrations.jar --scratch-url jdbc:mysql://scratch:3306/"
        })
final class RehearseCommand extends Command {

    @CommandLine.Mixin
    private final ScratchOptions scratch = new ScratchOptions();

    @CommandLine.Option(
            names = "--sample",
            paramLabel = "<rows>",
            description =
                    "Copy at most so many rows of each table, and all of the records of upgrades; all unless given. Rows may then"
                            + " lack those they refer to.")
    private @Nullable Long sample;

    @CommandLine.Mixin
    private final DumpOptions dump = new DumpOptions();

    private final AtomicBoolean isCopyBegun = new AtomicBoolean();

    /**
     * The answer for machines.
     *
     * @param copyMilliseconds how long it took to copy
     * @param upgrade what the upgrade of the copy did
     * @param checks what the checks of the databases themselves found
     */
    record Document(long copyMilliseconds, UpgradeCommand.Document upgrade, List<PreflightCommand.Document> checks) {}

    @Override
    String whenStopped() {
        if (scratch.given(tool().environment()).isEmpty()) {
            return "Stopped. The databases were only read, and the server of the rehearsal is removed with all it had.";
        }
        return isCopyBegun.get()
                ? "Stopped. The databases themselves were only read. On the scratch server a part of the copy is left;"
                        + " --replace drops it."
                : "Stopped. The databases were only read, and there is no copy yet.";
    }

    @Override
    CommandResult answer() {
        CommandContext workplace = workplace();
        BackupCommand.requireNobodyUpgrades(workplace.upgrade().records());
        List<PreflightCommand.Document> checks = checks(workplace);
        Optional<Login> given = scratch.given(tool().environment());
        if (given.isPresent()) {
            requireScratch(workplace, given.get());
            return rehearse(workplace, given.get(), dump.tools(workplace), checks);
        }
        try (TemporaryServer own = start(workplace)) {
            return rehearse(
                    workplace, login(workplace, own), dump.tools(workplace).orElseIn(own.programs()), checks);
        }
    }

    /** What the upgrade itself has to know before it starts; a copy says nothing of the server that it was taken from. */
    private List<PreflightCommand.Document> checks(CommandContext workplace) {
        List<PreflightCommand.Document> checks =
                PreflightCommand.remarks(workplace.upgrade().preflight());
        PreflightCommand.text(checks).forEach(tool().screen()::line);
        return checks;
    }

    /** A server of the rehearsal's own, with the accounts that definitions of the databases name. */
    private TemporaryServer start(CommandContext workplace) {
        try (Connection source = workplace.login().dataSource().getConnection()) {
            TemporaryServer own = new ScratchSearch(dump.folders(), workplace.jars())
                    .start(DatabaseServer.of(source), scratch.folder(), namesAsOn(source));
            try (Connection target = login(workplace, own).dataSource().getConnection()) {
                Definers.of(source, workplace.schemas()).createOn(target);
                tool().screen().line("The rehearsal is on " + DatabaseServer.of(target) + " of its own.");
                return own;
            } catch (SQLException e) {
                own.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static Login login(CommandContext workplace, TemporaryServer own) {
        String scheme = workplace.login().url().startsWith("jdbc:mariadb:") ? "jdbc:mariadb" : "jdbc:mysql";
        String url = own.jdbcUrl(Drivers.OF_THIS_MACHINE.scheme(scheme));
        return new Login(url, TemporaryServer.USER, own.password(), Map.of());
    }

    /** Whether the case of names counts is settled when a server is installed. */
    private static List<String> namesAsOn(Connection source) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@lower_case_table_names")) {
            return row.next() && row.getInt(1) == 1 ? List.of("--lower-case-table-names=1") : List.of();
        }
    }

    private CommandResult rehearse(
            CommandContext workplace, Login copy, DumpTools tools, List<PreflightCommand.Document> checks) {
        long begin = System.nanoTime();
        copy(workplace, copy, tools);
        Duration copied = Duration.ofNanos(System.nanoTime() - begin);
        tool().screen()
                .line("The databases were copied in " + Durations.text(copied) + ". What follows is about the copy.");
        DatabaseUpgrade upgrade = workplace
                .builder(copy.dataSource())
                .settings(workplace
                        .settings()
                        .withSchemas(workplace.schemas().toArray(String[]::new))
                        .withVerify(false))
                .forTool(tool().screen()::line)
                .listeners(List.of(new ProgressBar(tool().screen())))
                .build();
        return answer(copied, upgrade.upgrade(), upgrade.verify(), checks);
    }

    private CommandResult answer(
            Duration copied, UpgradeReport report, Verification verification, List<PreflightCommand.Document> checks) {
        List<String> text = new ArrayList<>();
        text.add("On the copy, which took " + Durations.text(copied) + " to make:");
        text.add(report.summary());
        report.runs().forEach(run -> text.add("  " + run.title() + "  " + Durations.text(run.duration())));
        text.addAll(verification.lines(Audience.TOOL, tool().width()));
        ExitCode code = VerifyCommand.differs(verification) ? ExitCode.DIFFERENCES : ExitCode.DONE;
        return new CommandResult(
                code, text, new Document(copied.toMillis(), UpgradeCommand.Document.of(report, verification), checks));
    }

    /** Whatever is on the scratch server under these names is lost, so it may not be the source, nor hold them unasked. */
    private void requireScratch(CommandContext workplace, Login copy) {
        try (Connection source = workplace.login().dataSource().getConnection();
                Connection target = copy.dataSource().getConnection()) {
            if (ServerLock.serverOf(source).equals(ServerLock.serverOf(target))) {
                throw new WrongUseException(
                        "The scratch server is the server of the databases themselves, or cannot be distinguished"
                                + " from it. A rehearsal needs another one.");
            }
            List<String> there = new ArrayList<>(workplace.schemas());
            there.removeAll(new Schemas(workplace.schemas()).missing(target));
            if (!there.isEmpty() && !scratch.mayReplace()) {
                throw new WrongUseException("The scratch server has databases named " + String.join(", ", there)
                        + " already. --replace drops them.");
            }
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static WrongUseException unreachable(SQLException e) {
        return new WrongUseException("One of the two servers does not take the connection: error " + e.getErrorCode()
                + ", SQL state " + e.getSQLState() + ". See " + DbUpgradeCommand.NAME + " status for the first.");
    }

    @SuppressWarnings("try") // it is shown until then
    private void copy(CommandContext workplace, Login copy, DumpTools tools) {
        DumpProgress progress = tool().dumpProgress(() -> isCopyBegun.set(true));
        Path folder = folder();
        try (Screen.Activity copying = tool().screen().meanwhile("Copying the databases")) {
            Login source = workplace.login();
            Backups backups = new Backups(source.dataSource(), dump.target(source), tools, Clock.systemUTC());
            List<String> schemas = workplace.schemas();
            Backup taken = (sample == null ? backups : backups.sampling(sample, DatabaseRecords.tables()))
                    .take(schemas, new BackupLabel("", "", "rehearsal"), folder, progress);
            new Restore(copy.dataSource(), dump.target(copy), tools, CrossProductPolicy.REFUSE)
                    .restore(taken.folder(), schemas, progress);
        } finally {
            FileSystemUtils.deleteRecursively(folder.toFile());
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("dbupgrade-rehearsal");
            // also when it is ended by Ctrl-C
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
