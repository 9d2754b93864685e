package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.releases.GitHistory;
import org.apache.cloudstack.framework.dbupgrade.releases.GitReleases;
import org.apache.cloudstack.framework.dbupgrade.releases.ReleaseCut;
import org.apache.cloudstack.framework.dbupgrade.releases.Rename;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The releases in the sources of migrations, and those that are recorded. */
@CommandLine.Command(
        name = "releases",
        description = {
            "Cuts a release, or reads the releases from the tags of a git repository; both need no database.",
            "Takes back a release that was recorded by mistake."
        },
        subcommands = {ReleasesCommand.Cut.class, ReleasesCommand.FromGit.class, ReleasesCommand.Forget.class})
final class ReleasesCommand implements Runnable {

    @CommandLine.ParentCommand
    private @Nullable DbUpgradeCommand tool;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec command;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(command).commandLine(), "cut, from-git or forget?");
    }

    private CommandContext workplace() {
        return Objects.requireNonNull(tool).workplace();
    }

    private int print(CommandResult answer) {
        return Objects.requireNonNull(tool).print(answer);
    }

    /** A command below this one. */
    abstract static class Below implements Callable<Integer> {

        @CommandLine.ParentCommand
        private @Nullable ReleasesCommand releases;

        abstract CommandResult answer();

        final CommandContext workplace() {
            return Objects.requireNonNull(releases).workplace();
        }

        @Override
        public final Integer call() {
            return Objects.requireNonNull(releases).print(answer());
        }
    }

    private static ReleaseVersion version(String text) {
        try {
            return ReleaseVersion.of(text);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(String.valueOf(e.getMessage()));
        }
    }

    private static CommandResult refused(List<Finding> findings) {
        return new CommandResult(
                ExitCode.REFUSED,
                CommandResult.textOf(findings),
                Map.of("exit", ExitCode.REFUSED, "problems", CommandResult.Problem.of(findings)));
    }

    /** Gives migrations without a release one. */
    @CommandLine.Command(
            name = "cut",
            description = "Turns V_next_<sequence> into the migrations of a release, and declares it in releases.yaml.",
            footerHeading = "%nExample:%n",
            footer = "  " + DbUpgradeCommand.NAME
                    + " releases cut 4.8.0 src/main/resources/db/upgrade src/main/java/db/upgrade")
    static final class Cut extends Below {

        @Parameters(index = "0", paramLabel = "<release>", description = "The release that is cut.")
        private String release = "";

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "<directory>",
                description = "The directories of its scripts and of its Java sources.")
        private List<Path> folders = List.of();

        @Option(
                names = "--follows",
                split = ",",
                paramLabel = "<release>",
                description = "What it follows; the highest lower release unless given.")
        private List<String> follows = List.of();

        @Override
        CommandResult answer() {
            Set<ReleaseVersion> before = new TreeSet<>();
            follows.forEach(text -> before.add(version(text)));
            ReleaseCut cut = ReleaseCut.prepare(folders, version(release), before);
            if (!cut.findings().isEmpty()) {
                return refused(cut.findings());
            }
            List<String> renames = cut.perform().stream().map(Rename::toString).toList();
            List<String> text = new ArrayList<>(renames);
            cut.leftOut()
                    .forEach(other -> text.add("Look again: " + release + " will not contain " + other
                            + ", which is lower; --follows states it where it does."));
            text.add("Release " + release + " is cut.");
            return new CommandResult(
                    ExitCode.DONE,
                    text,
                    Map.of(
                            "release",
                            release,
                            "renames",
                            renames,
                            "leftOut",
                            cut.leftOut().stream().map(ReleaseVersion::toString).toList()));
        }
    }

    /** Tags become releases. */
    @CommandLine.Command(
            name = "from-git",
            description = "Reads the releases from the tags of a git repository, and writes them into releases.yaml.",
            footerHeading = "%nExample:%n",
            footer = "  " + DbUpgradeCommand.NAME + " releases from-git . --directories src/main/resources/db/upgrade"
                    + " --write src/main/resources/db/upgrade/releases.yaml")
    static final class FromGit extends Below {

        @Parameters(paramLabel = "<repository>", description = "A clone with all its tags.")
        private Path repository = Path.of(".");

        @Option(
                names = "--directories",
                split = ",",
                required = true,
                paramLabel = "<directory>",
                description = "The directories of migrations, as seen from the root of the repository.")
        private List<String> folders = List.of();

        @Option(
                names = "--write",
                paramLabel = "<file>",
                description = "The releases.yaml to write or bring up to date.")
        private @Nullable Path file;

        @Override
        CommandResult answer() {
            GitHistory history = GitReleases.read(repository, folders);
            List<Finding> findings = new ArrayList<>(history.findings());
            if (file != null) {
                try {
                    findings.addAll(history.writeTo(file));
                } catch (IOException e) {
                    throw new WrongUseException("The releases cannot be written into " + file + ": " + e);
                }
            }
            List<String> text = new ArrayList<>();
            Map<String, List<String>> releases = new LinkedHashMap<>();
            history.declarations().forEach(each -> {
                List<String> before =
                        each.follows().stream().map(ReleaseVersion::toString).toList();
                releases.put(each.version().toString(), before);
                text.add(each.version() + (before.isEmpty() ? "" : " follows " + String.join(", ", before)));
            });
            text.addAll(CommandResult.textOf(findings));
            ExitCode code = findings.isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCES;
            return new CommandResult(
                    code, text, Map.of("releases", releases, "problems", CommandResult.Problem.of(findings)));
        }
    }

    /** A mistyped release is no release. */
    @CommandLine.Command(
            name = "forget",
            description = {
                "Takes back a release that was recorded by mistake, as after a mistyped --target.",
                "It is refused when migrations of that release were applied."
            },
            footerHeading = "%nExample:%n",
            footer = "  " + DbUpgradeCommand.NAME + " releases forget 3.0.0 --config application.yml")
    static final class Forget extends Below {

        @Parameters(paramLabel = "<release>", description = "The release that is recorded.")
        private String release = "";

        @Override
        CommandResult answer() {
            ReleaseVersion rest;
            try {
                rest = workplace().upgrade().forget(version(release));
            } catch (IllegalArgumentException e) {
                throw new WrongUseException(e.getMessage() + ". See " + DbUpgradeCommand.NAME + " status.");
            }
            return new CommandResult(
                    ExitCode.DONE,
                    List.of("Release " + release + " is taken back; the databases are at " + rest + "."),
                    Map.of("release", release, "newest", rest.toString()));
        }
    }
}
