package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Wherever a password is written, nothing that the tool reports, logs, reports or records repeats it. */
@UpgradeDatabase
@ExtendWith(OutputCaptureExtension.class)
class NoSecretToldTest {

    private static final String SECRET = "s3cretW0rd";
    private static final List<String> UNREACHABLE = List.of(
            "jdbc:mysql://root:%s@127.0.0.1:1/cloud",
            "jdbc:mysql://127.0.0.1:1/?user=root&password=%s",
            "jdbc:mysql://address=(host=127.0.0.1)(port=1)(user=root)(password=%s)/",
            "jdbc:mysql://(host=127.0.0.1,port=1,user=root,password=%s)/cloud",
            "jdbc:mysql:loadbalance://root:%s@127.0.0.1:1,root:%s@127.0.0.1:2/?retriesAllDown=1",
            "jdbc:mysql://127.0.0.1:1/?trustCertificateKeyStorePassword=%s",
            "jdbc:mysql://root:%s@127.0.0.1:port/cloud",
            "jdbc:mysql://root:%s@@@/cloud?a",
            "jdbc:mysql://address=(host=127.0.0.1)(password=%s",
            "jdbc:mysql://127.0.0.1:1/?sslMode=%s",
            "jdbc:mysql://127.0.0.1:1/?connectTimeout=%s",
            "jdbc:nobody://root:%s@127.0.0.1/",
            "jdbc:nobody:password=%s");

    @TempDir
    Path folder;

    ToolBench bench;

    @BeforeEach
    void open(MigratedDatabase empty) {
        bench = new ToolBench(folder, empty);
    }

    @AfterEach
    void dropAccount() {
        bench.database().run("DROP USER IF EXISTS guarded");
    }

    static Stream<String> unreachable() {
        return UNREACHABLE.stream().map(form -> form.replace("%s", SECRET));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void noCommandRepeatsAPasswordOfAUrlThatCannotBeUsed(String url, CapturedOutput output) throws IOException {
        Path config = Files.writeString(folder.resolve("application.yml"), """
                spring.datasource.url: "%s"
                spring.datasource.hikari.data-source-properties.keyStorePassword: %s
                cloud.dbupgrade.throttle.replicas: ["%s"]
                """.formatted(url, SECRET, url));
        Map<String, String> unset = Map.of("DBUPGRADE_URL", "", "DBUPGRADE_PASSWORD", SECRET);
        for (List<String> command : List.of(
                List.of("status"),
                List.of("upgrade", "--json"),
                List.of("backup", folder.resolve("backups").toString()),
                List.of("restore", folder.toString(), "--yes"),
                List.of("rehearse", "--scratch-url", "jdbc:mysql://127.0.0.1:1/"),
                List.of("upgrade", "--dry-run"))) {
            String[] words = Stream.concat(command.stream(), Stream.of("--config", config.toString()))
                    .toArray(String[]::new);

            ToolProcess.Ending ending = bench.run(unset, words);

            assertThat(ending.status()).as("%s: %s", command, ending.err()).isNotZero();
            assertThat(ending.out() + ending.err() + output).as("%s", command).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://guarded:%s@HOST:PORT/?allowPublicKeyRetrieval=true",
                "jdbc:mysql://HOST:PORT/?allowPublicKeyRetrieval=true&user=guarded&password=%s",
                "jdbc:mysql://address=(host=HOST)(port=PORT)(user=guarded)(password=%s)/?allowPublicKeyRetrieval=true"
            })
    void aPasswordOfAUrlLetsInAndIsNeitherToldNorRecorded(String form, CapturedOutput output) throws IOException {
        bench.database().run("CREATE USER guarded IDENTIFIED BY '" + SECRET + "'; GRANT ALL ON *.* TO guarded");
        bench.with("V_420_A.sql", "INSERT INTO nowhere VALUES (1);");
        Map<String, String> unset =
                Map.of("DBUPGRADE_URL", onServer(form), "DBUPGRADE_USER", "", "DBUPGRADE_PASSWORD", "");
        Path report = folder.resolve("report.html");

        ToolProcess.Ending failed = bench.run(unset, "upgrade");
        ToolProcess.Ending status = bench.run(unset, "status", "--json");
        bench.run(unset, "report", report.toString());

        assertThat(failed.err()).contains("V_420_A.sql", "nowhere").doesNotContain(SECRET);
        assertThat(failed.out() + status.out() + status.err() + output).doesNotContain(SECRET);
        assertThat(Files.readString(report)).doesNotContain(SECRET);
        assertThat(recorded()).contains("V_420_A").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ulr", "--scratch-url", "--url"})
    void aUrlOnTheCommandLineIsNotRepeated(String option) {
        ToolProcess.Ending ending = bench.run("rehearse", option, "jdbc:mysql://root:" + SECRET + "@127.0.0.1:1/");

        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.out() + ending.err()).doesNotContain(SECRET);
    }

    @Test
    void theLoginOfAPromptNamesTheServerAlone() {
        String url = "jdbc:mysql://address=(host=db1)(port=3306)(password=" + SECRET + ")/cloud?password=" + SECRET;

        assertThat(new Login(url, "cloud", SECRET, Map.of("trustStorePassword", SECRET)))
                .hasToString("cloud at jdbc:mysql://db1:3306/cloud");
    }

    private String onServer(String form) {
        DatabaseServer server = bench.database().server();
        String address = bench.database().jdbcUrl().replaceFirst(".*//([^/]*)/.*", "$1");
        assertThat(server.user()).isNotEmpty();
        return form.replace("HOST:PORT", address)
                .replace("(host=HOST)(port=PORT)", "(host=" + address.replace(":", ")(port=") + ")")
                .replace("%s", SECRET);
    }

    private String recorded() {
        return List.of("flyway_schema_history", "dbupgrade_journal").stream()
                .map(table ->
                        bench.database().rows("SELECT * FROM cloud." + table).toString())
                .reduce("", String::concat);
    }
}
