package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.backup.BackupException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.JdbcUrl;
import org.apache.cloudstack.framework.dbupgrade.scratch.ScratchServerException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import picocli.AutoComplete;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The tool without a command: holds the global options and prints what commands answer. */
@picocli.CommandLine.Command(
        name = DbUpgradeCommand.NAME,
        description = "Takes MySQL and MariaDB databases from any release to any later one.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        scope = picocli.CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "<command>",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  " + DbUpgradeCommand.NAME
                    + " status --config /etc/cloudstack/management/db.properties --locations filesystem:db/upgrade",
            "  DBUPGRADE_PASSWORD=... " + DbUpgradeCommand.NAME
                    + " plan --url jdbc:mysql://db1:3306/ --user cloud --jars migrations.jar",
            "  " + DbUpgradeCommand.NAME + " upgrade --config application.yml --jars migrations.jar"
        },
        subcommands = {
            StatusCommand.class,
            PlanCommand.class,
            GraphCommand.class,
            PreflightCommand.class,
            UpgradeCommand.class,
            ContractCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            ResolveCommand.class,
            BaselineCommand.class,
            RehearseCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            VerifyCommand.class,
            ReportCommand.class,
            SnapshotCommand.class,
            LintCommand.class,
            ReleasesCommand.class,
            ImportCommand.class,
            HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        })
final class DbUpgradeCommand implements Runnable {

    static final String NAME = "dbupgrade";
    static final String MISSING = "Missing command.";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // control characters above ASCII too, which terminals obey
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Supplier<Screen> screen;

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    /**
     * The tool.
     *
     * @param environment the variables of the environment
     * @param terminal what it writes to
     */
    DbUpgradeCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
        this.screen = SingletonSupplier.of(() -> new Screen(err(), terminal));
    }

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec().commandLine(), MISSING);
    }

    CommandContext workplace() {
        CommandContext workplace = CommandContext.of(options, environment, screen());
        workplace.configuration().notes().forEach(screen()::line);
        return workplace;
    }

    Map<String, String> environment() {
        return environment;
    }

    boolean isForMachines() {
        return options.json;
    }

    /** Where answers go. */
    PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** Where everything else goes. */
    PrintWriter err() {
        return spec().commandLine().getErr();
    }

    /** Standard error with what goes on. */
    Screen screen() {
        return screen.get();
    }

    /** How wide the lines of an answer may be. */
    int width() {
        return terminal.widthOfOut();
    }

    DumpProgress dumpProgress() {
        return dumpProgress(() -> {});
    }

    /** The same that does something when a restore starts to drop databases. */
    DumpProgress dumpProgress(Runnable whenDropping) {
        return new DumpProgress(screen(), whenDropping);
    }

    /** Whether somebody is there to answer. */
    boolean canAsk() {
        return !isForMachines() && Terminal.canAsk();
    }

    /** Asks one question, which {@code y} and {@code yes} answer with yes. */
    boolean isYes(String question) {
        screen().idle();
        screen().asked(true);
        String answer = Objects.requireNonNull(System.console())
                .readLine("%s [y/N] ", String.join("\n", Lines.onErr(terminal).of(question)));
        screen().asked(false);
        if (answer == null) {
            // the input ended, and with it no line
            err().println();
        }
        return answer != null && answer.strip().matches("(?i)y|yes");
    }

    /** Prints an answer and gives the status of the process. */
    int print(CommandResult answer) {
        PrintWriter out = out();
        if (isForMachines()) {
            out.println(JSON.writeValueAsString(answer.document()));
        } else {
            Lines lines = Lines.onOut(terminal);
            answer.text().stream()
                    .flatMap(text -> (answer.isVerbatim() ? lines.verbatim(text) : lines.of(text)).stream())
                    .forEach(out::println);
        }
        out.flush();
        return answer.code().status();
    }

    /** Prints why a command could not do its work. */
    int print(Exception problem) {
        CommandResult answer = answerTo(problem);
        if (ShutdownMessage.isUnderWay()) {
            // its reason is the exit, which is reported already
            return answer.code().status();
        }
        if (isForMachines()) {
            return print(answer);
        }
        screen().idle();
        answer.text().forEach(screen()::line);
        return answer.code().status();
    }

    private static CommandResult answerTo(Exception problem) {
        if (problem instanceof UpgradeRefusedException refused) {
            return problems(
                    ExitCode.of(refused.findings()),
                    CommandResult.textOf(refused.findings()),
                    CommandResult.Problem.of(refused.findings()));
        }
        if (problem instanceof BackupException failed) {
            List<Finding> findings = List.of(failed.finding());
            return problems(ExitCode.of(findings), CommandResult.textOf(findings), CommandResult.Problem.of(findings));
        }
        if (problem instanceof UpgradeFailedException failed) {
            return problems(
                    ExitCode.ofFailure(failed.findings()),
                    CommandResult.textOf(failed.findings()),
                    CommandResult.Problem.of(failed.findings()));
        }
        ExitCode code = codeOf(problem);
        boolean saysAll = code != ExitCode.FAILED || problem instanceof ScratchServerException;
        String text = JdbcUrl.hideSecrets(saysAll ? String.valueOf(problem.getMessage()) : problem.toString());
        return problems(code, List.of(text), List.of(new CommandResult.Problem(code.name(), "", text, "")));
    }

    private static ExitCode codeOf(Exception problem) {
        if (problem instanceof WrongUseException) {
            return ExitCode.WRONG_USE;
        }
        return problem instanceof BusyException ? ExitCode.BUSY : ExitCode.FAILED;
    }

    private static CommandResult problems(ExitCode code, List<String> text, List<CommandResult.Problem> problems) {
        return new CommandResult(code, text, Map.of("exit", code, "problems", problems));
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(command);
    }
}
