package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.finding.Audience;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import picocli.CommandLine;

/** Whether the databases are what their release makes. */
@CommandLine.Command(
        name = "verify",
        description = {
            "Compares the databases with the snapshot of their release, and runs its verification queries.",
            "Nothing is changed, and no value of a row is shown."
        },
        footerHeading = "%nExample:%n",
        footer = "  " + DbUpgradeCommand.NAME + " verify --config application.yml --jars migrations.jar")
final class VerifyCommand extends Command {

    @CommandLine.Option(
            names = "--ignore",
            paramLabel = "<pattern>",
            split = ",",
            description = "Patterns of what does not count, such as QRTZ_*, host.tmp_* or index:i_tmp_*, in addition to"
                    + " cloud.dbupgrade.verify.ignore.")
    private List<String> ignore = new ArrayList<>();

    /** The answer for machines. */
    record Document(
            Optional<String> release,
            boolean clean,
            boolean schemaCompared,
            List<Difference> differences,
            List<Ignored> ignored,
            int queriesRun,
            List<Verification.RowsFound> rowsFound,
            List<CommandResult.Problem> problems) {

        static Document of(Verification verification) {
            return new Document(
                    verification.release().map(ReleaseVersion::toString),
                    verification.isClean(),
                    verification.schemaCompared(),
                    verification.differences().stream().map(Difference::of).toList(),
                    verification.ignored().stream().map(Ignored::of).toList(),
                    verification.queriesRun(),
                    verification.rowsFound(),
                    CommandResult.Problem.of(verification.findings()));
        }
    }

    record Ignored(String kind, String object, String pattern) {

        static Ignored of(Verification.Ignored ignored) {
            return new Ignored(
                    ignored.difference().kind().toString(), ignored.difference().object(), ignored.pattern());
        }
    }

    record Difference(String kind, String object, String expected, String found) {

        static Difference of(SchemaDifference difference) {
            return new Difference(
                    difference.kind().toString(), difference.object(), difference.expected(), difference.found());
        }
    }

    @Override
    CommandResult answer() {
        CommandContext workplace = workplace();
        Verification verification =
                workplace.builder().settings(settings(workplace)).build().verify();
        return new CommandResult(
                code(verification), verification.lines(Audience.TOOL, tool().width()), Document.of(verification));
    }

    private UpgradeSettings settings(CommandContext workplace) {
        UpgradeSettings settings = workplace.settings();
        List<String> patterns = new ArrayList<>(settings.verifyIgnore());
        patterns.addAll(ignore);
        try {
            return settings.withVerifyIgnore(patterns.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new WrongUseException("--ignore cannot be used: " + e.getMessage());
        }
    }

    /** What could not be compared is no success. */
    static ExitCode code(Verification verification) {
        if (verification.isClean()) {
            return ExitCode.DONE;
        }
        if (differs(verification)) {
            return ExitCode.DIFFERENCES;
        }
        return verification.findings().isEmpty() ? ExitCode.REFUSED : ExitCode.of(verification.findings());
    }

    static boolean differs(Verification verification) {
        return !verification.differences().isEmpty()
                || !verification.rowsFound().isEmpty();
    }
}
