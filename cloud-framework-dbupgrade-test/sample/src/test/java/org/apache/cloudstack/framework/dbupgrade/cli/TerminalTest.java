package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool on a terminal of 80 columns, which the executable {@code script} provides where it is installed. */
@UpgradeDatabase
class TerminalTest {

    private static final String CLEAR = "\r\u001B[K";
    private static final String COLOUR = "\u001B[";

    @TempDir
    Path folder;

    private ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> new File(each, "script").canExecute()));
        bench = new ToolBench(folder, database);
    }

    @Test
    void progressAndLinesDoNotRunIntoEachOther() {
        bench.with("V_420_A__slow.sql", "SELECT SLEEP(2);");

        String raw = onTerminal("", "upgrade", "--no-verify");

        assertThat(raw).contains(CLEAR + "[", "%  ");
        assertThat(seen(raw))
                .anyMatch(line -> line.startsWith("[1/3] 4.0.0 A  install  2 statements in "))
                .anyMatch(line -> line.startsWith("[3/3] 4.2.0 A  slow  1 statement in "))
                .noneMatch(line -> line.contains("%"))
                .last()
                .asString()
                .startsWith("The database was freshly installed at 4.2.0");
    }

    @Test
    void aFailureIsPrintedOnceInColourAndWithinTheTerminal() {
        bench.with("V_420_A__broken.sql", "ALTER TABLE a ADD COLUMN b INT;");

        String raw = onTerminal("", "upgrade");

        assertThat(raw).contains(COLOUR + "31;1mMIGRATION_FAILED").containsOnlyOnce("error 1060");
        assertThat(seen(raw)).allMatch(line -> line.length() <= 80);
    }

    @Test
    void whoeverWantsNoColourGetsNone() {
        bench.with("V_420_A__broken.sql", "ALTER TABLE a ADD COLUMN b INT;");

        String raw = onTerminal("NO_COLOR=1", "upgrade");

        assertThat(raw.replace(CLEAR, "")).contains("MIGRATION_FAILED").doesNotContain(COLOUR);
    }

    @Test
    void tablesFitTheTerminal() {
        bench.with("V_420_A__a_migration_whose_name_is_much_longer_than_its_column.sql", "SELECT 1;");

        List<String> plan = seen(onTerminal("", "plan"));

        assertThat(plan).anyMatch(line -> line.contains("  -------  ")).allMatch(line -> line.length() <= 80);
        assertThat(seen(onTerminal("COLUMNS=200", "plan")))
                .anyMatch(line -> line.contains("V_420_A__a_migration_whose_name_is_much_longer_than_its_column.sql"));
    }

    @Test
    void thePromptTakesYForYes() {
        bench.run("upgrade");
        bench.with("V_420_A__drop.sql", "ALTER TABLE a DROP COLUMN b;");

        assertThat(onTerminal("ANSWER=n", "upgrade", "--no-verify")).contains("[y/N]", "Nothing was changed.");
        assertThat(onTerminal("ANSWER=y", "upgrade", "--no-verify")).contains("[y/N]", "upgraded from 4.1.0 to 4.2.0");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWhileTheToolConnects() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "jdbc:mysql://127.0.0.1:" + silent.getLocalPort() + "/cloud";

            String raw = onTerminal("", "status", "--url", address + "?socketTimeout=3000");

            assertThat(raw).contains("Connecting to " + address + " … ");
            assertThat(seen(raw)).noneMatch(line -> line.contains("Connecting")).contains("database: unknown");
        }
    }

    /** Runs it there, with settings of the environment; {@code ANSWER} is typed. */
    private String onTerminal(String setting, String... command) {
        List<String> words = new ArrayList<>(ToolProcess.commandLine());
        words.addAll(List.of(bench.onMigrations(command)));
        String tool = "stty cols 80; " + setting + " " + quoted(words);
        String typed = setting.startsWith("ANSWER=") ? setting.substring("ANSWER=".length()) : "";
        String shell = "printf '" + typed + "\\n' | TERM=xterm script -qec " + quoted(List.of(tool)) + " /dev/null";
        ToolProcess.Ending ending =
                bench.tool().launch(List.of("sh", "-c", shell)).ending();
        return ending.out();
    }

    private static String quoted(List<String> words) {
        return String.join(
                " ",
                words.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .toList());
    }

    /** What is on the screen in the end: what comes after the last deletion of each line, without colours. */
    private static List<String> seen(String raw) {
        return Stream.of(raw.split("\r?\n"))
                .map(line -> line.substring(Math.max(0, line.lastIndexOf(CLEAR))))
                .map(line -> line.replace(CLEAR, "").replaceAll("\u001B\\[[0-9;]*m", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }
}
