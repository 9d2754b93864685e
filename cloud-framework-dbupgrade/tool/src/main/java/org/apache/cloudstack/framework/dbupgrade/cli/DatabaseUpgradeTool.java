package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.JdbcUrl;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The door of the standalone tool, {@code java -jar cloud-framework-dbupgrade-tool-<version>-cli.jar}. */
public final class DatabaseUpgradeTool {

    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private DatabaseUpgradeTool() {}

    /** Runs one command and ends the process with the status of an {@link ExitCode}. */
    public static void main(String[] arguments) {
        // before anything logs: answers have standard output for themselves
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "org/apache/cloudstack/framework/dbupgrade/cli/logback.xml");
        }
        CommandLine line = commandLine(System.getenv(), Terminal.of(System::getenv));
        PrintStream err = System.err;
        line.setErr(new PrintWriter(err, true, Charset.defaultCharset()));
        DbUpgradeCommand tool = line.getCommand();
        System.setErr(new PrintStream(tool.screen().around(err), true, Charset.defaultCharset()));
        System.exit(line.execute(arguments));
    }

    /** The command line with all its commands; for the manual too. */
    public static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** The same with other variables of the environment. */
    static CommandLine commandLine(Map<String, String> environment) {
        return commandLine(environment, Terminal.NONE);
    }

    private static CommandLine commandLine(Map<String, String> environment, Terminal terminal) {
        DbUpgradeCommand tool = new DbUpgradeCommand(environment, terminal);
        CommandLine line = new CommandLine(tool)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, arguments) -> wrongUse(problem))
                .setExecutionExceptionHandler((problem, command, parsed) -> tool.print(problem));
        if (terminal.out()) {
            line.setUsageHelpWidth(terminal.width());
        }
        withExitCodes(line);
        return line;
    }

    private static void withExitCodes(CommandLine line) {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(Integer.toString(code.status()), code.meaning()));
        line.getCommandSpec().usageMessage().exitCodeList(codes);
        line.getSubcommands().values().forEach(DatabaseUpgradeTool::withExitCodes);
    }

    /** One sentence is found sooner than a page of usage. */
    private static int wrongUse(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(PlainText.lines(JdbcUrl.hideSecrets(String.valueOf(problem.getMessage()))));
        UnmatchedArgumentException.printSuggestions(problem, err);
        if (DbUpgradeCommand.MISSING.equals(problem.getMessage())) {
            err.println("The commands are:");
            err.print(command.getHelp().commandList());
            err.println("Try: " + DbUpgradeCommand.NAME + " help <command>, or " + DbUpgradeCommand.NAME + " --help");
        } else {
            err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        err.flush();
        return ExitCode.WRONG_USE.status();
    }
}
