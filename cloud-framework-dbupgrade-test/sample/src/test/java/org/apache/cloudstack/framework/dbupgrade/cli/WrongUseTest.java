package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is reported in a sentence, with an exit code, and without secrets. */
@UpgradeDatabase
class WrongUseTest {

    @TempDir
    Path folder;

    ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase empty) {
        bench = new ToolBench(folder, empty);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate | Unmatched argument",
                "upgrade --nonsense | Unknown option",
                "status --config nowhere.yml | nowhere.yml cannot be read",
                "status --password-file nowhere | password file nowhere cannot be read",
                "status --jars nowhere.jar | no jar 'nowhere.jar'",
                "status --url mysql://host/ | starts with jdbc:",
                "status --url jdbc:mysql:host/ | written as jdbc:mysql://host:3306/",
                "status --url jdbc:postgresql://host/shop | is not one of a MySQL or MariaDB server",
                "status --url jdbc:mysql://host/?a=%zz | written %25",
                "plan --target four | --target cannot be used: 'four' is not the version",
                "plan --schemas= | --schemas cannot be used: A database has a name",
                "plan --schemas a,,b | --schemas cannot be used: A database has a name",
                "plan --schemas , | --schemas cannot be used: At least one database",
                "plan --schemas shop,shop | --schemas cannot be used: Each database is named once: shop, shop",
                "plan --locations= | --locations cannot be used: A location names a directory",
                "plan --locations filesystem: | --locations cannot be used: A location names a directory",
                "plan --jars= | --jars",
                "plan --rolling maybe | auto, require",
                "resolve V_400_A__install.sql | --done",
                "resolve --done V_999_A.sql | There is no migration V_999_A.sql",
                "baseline four | four",
                "releases | cut, from-git or forget"
            })
    void wrongUseEndsWithTwo(String command, String told) {
        ToolProcess.Ending ending = bench.run(command.split(" ", -1));

        assertThat(ending.err()).contains(told);
        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.out()).isEmpty();
    }

    @Test
    void withoutACommandItListsThem() {
        ToolProcess.Ending ending = bench.tool().run();

        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.err())
                .contains("Missing command.", "  upgrade ", "  status ", "  restore ", "help <command>");
    }

    @Test
    void helpForACommandIsWhatTheCommandSaysOfItself() {
        ToolProcess.Ending help = bench.tool().run("help", "plan");

        assertThat(help.code()).isEqualTo(ExitCode.DONE);
        assertThat(help.out()).contains("Usage: dbupgrade plan", "Exit codes:", "  5   the operator has to decide");
        assertThat(bench.tool().run("plan", "--help").out()).isEqualTo(help.out());
    }

    @Test
    void withoutAServerItAsksForOne() {
        ToolProcess.Ending ending = bench.tool().with("DBUPGRADE_URL", "").run("status");

        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.err()).contains("Which database server?", "--url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --password=s3cret",
                "status --password s3cret",
                "status --url jdbc:mysql://127.0.0.1/?user=a&password=s3cret",
                "status --url jdbc:mysql://root:s3cret@127.0.0.1/"
            })
    void aPasswordOnTheCommandLineIsRefusedAndNotRepeated(String command) {
        ToolProcess.Ending ending = bench.run(command.split(" ", -1));

        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.err()).contains("--password-file").doesNotContain("s3cret");
        assertThat(ending.out()).doesNotContain("s3cret");
    }

    @Test
    void aServerThatDoesNotAnswerIsARefusal() {
        ToolProcess.Ending ending = bench.run("upgrade", "--url", "jdbc:mysql://127.0.0.1:1/");

        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.err()).contains(FindingCode.SERVER_UNREACHABLE.name(), "127.0.0.1:1");
    }

    @Test
    void aWrongPasswordIsARefusalForPeopleAndMachines() throws IOException {
        bench.database().run("DROP USER IF EXISTS guarded; CREATE USER guarded IDENTIFIED BY 'r1ght'");
        Path wrong = Files.writeString(folder.resolve("wrong"), "wr0ng\n");
        try {
            ToolProcess.Ending ending =
                    bench.run("upgrade", "--user", "guarded", "--password-file", wrong.toString(), "--json");

            assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(ending.json().get("problems").get(0).get("code").asString())
                    .isEqualTo(FindingCode.ACCESS_DENIED.name());
            assertThat(ending.out() + ending.err()).doesNotContain("wr0ng");
        } finally {
            bench.database().run("DROP USER guarded");
        }
    }

    @Test
    void lintNeedsNoDatabase() {
        assertThat(bench.tool()
                        .with("DBUPGRADE_URL", "")
                        .run("lint", "--locations", "filesystem:" + bench.migrations())
                        .code())
                .isEqualTo(ExitCode.DONE);

        bench.with("V_411_A__drop.sql", "DROP TABLE a;");
        ToolProcess.Ending ending = bench.run("lint");
        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.out()).contains("V_411_A__drop.sql:1: [contract-in-patch]");
    }

    @Test
    void aReleaseIsCut() {
        bench.with("V_next_A__states.sql", "CREATE TABLE s (id INT);");

        ToolProcess.Ending ending =
                bench.tool().run("releases", "cut", "4.2.0", bench.migrations().toString());

        assertThat(ending.out()).contains("V_next_A__states.sql -> V_4.2.0_A__states.sql", "Release 4.2.0 is cut.");
        assertThat(bench.migrations().resolve("V_4.2.0_A__states.sql")).exists();
    }

    @Test
    void aShellLearnsTheCommands() {
        assertThat(bench.tool().run("generate-completion").out()).contains("dbupgrade", "--password-file");
        assertThat(bench.tool().run("help").out()).contains("Usage: dbupgrade", "  upgrade ");
        assertThat(bench.tool().run("upgrade", "--help").out()).contains("--dry-run", "Example:");
    }
}
