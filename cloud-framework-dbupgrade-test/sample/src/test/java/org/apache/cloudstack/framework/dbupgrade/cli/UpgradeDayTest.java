package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.apache.cloudstack.framework.dbupgrade.docs.Handbook;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

/**
 * The page "Upgrade day" of the handbook, word for word: a shell runs its lines, in which only what differs from one
 * reader to the next is replaced, such as the directory of the backups.
 */
class UpgradeDayTest {

    private static final Pattern BACKUP = Pattern.compile(" is in (\\S+) \\(\\d+ bytes\\)");

    private final Map<String, String> ofThisReader = new LinkedHashMap<>();

    @TempDir
    Path folder;

    ToolBench bench;
    KillableServer scratch;

    @BeforeEach
    void open() throws IOException {
        bench = new ToolBench(folder, TestServers.mariaDb11_4());
        scratch = KillableServer.start();
        bench.with("V_410_B__unique.sql", "INSERT INTO a VALUES (9, 9);\nALTER TABLE a ADD UNIQUE KEY u_a (id);");
        assertThat(bench.run("upgrade", "--target", "4.0.0").code()).isEqualTo(ExitCode.DONE);
        bench.database()
                .run("INSERT INTO cloud.a VALUES (5); CREATE DATABASE IF NOT EXISTS cloud_usage;"
                        + " CREATE TABLE cloud_usage.`größe` (b BLOB, t TEXT CHARACTER SET utf8mb4);"
                        + " INSERT INTO cloud_usage.`größe` VALUES (x'00FF27', 'Grüße 😀')");
        replaceWhatDiffers();
    }

    private void replaceWhatDiffers() throws IOException {
        Path configuration = Files.writeString(folder.resolve("db.properties"), properties());
        Files.writeString(folder.resolve("scratch.password"), scratch.password() + "\n");
        ofThisReader.put(
                "java -jar cloud-framework-dbupgrade-tool-1.0.0-SNAPSHOT-cli.jar",
                String.join(" ", ToolProcess.commandLine()));
        ofThisReader.put("/etc/cloudstack/management/db.properties", configuration.toString());
        ofThisReader.put(
                "/usr/share/cloudstack-management/db/upgrade",
                bench.migrations().toString());
        ofThisReader.put(
                "jdbc:mysql://scratch:3306/",
                "jdbc:mysql://127.0.0.1:" + scratch.address().getPort() + "/");
        ofThisReader.put("/var/backups/cloud", folder.resolve("backups").toString());
    }

    private String properties() {
        DatabaseServer server = bench.database().server();
        return """
                db.cloud.host=%s
                db.cloud.port=%d
                db.cloud.username=%s
                db.cloud.password=%s
                db.cloud.name=cloud
                db.usage.name=cloud_usage
                """.formatted(
                        server.address().getHostString(), server.address().getPort(), server.user(), server.password());
    }

    @AfterEach
    void close() {
        scratch.close();
        bench.close();
    }

    @Test
    void afterAFailureTheWayBackLeadsToTheDatabasesOfBefore() throws SQLException {
        assertThat(run("status").out()).contains("database: 4.0.0");
        assertThat(run("plan").out()).contains("V_410_B__unique.sql");
        assertDone(run("preflight"));
        for (String rehearse : List.of("rehearse", "rehearse --scratch-url")) {
            ToolProcess.Ending rehearsal = run(rehearse);
            assertDone(rehearsal);
            assertThat(rehearsal.out()).contains("On the copy", "from 4.0.0 to 4.1.0");
        }
        // a row that nobody thought of comes in after the rehearsal
        bench.database().run("INSERT INTO cloud.a VALUES (1)");
        List<String> before = picture();
        String backup = backup();
        assertThat(run("preflight --backups").out()).contains("ok    backup");

        ToolProcess.Ending upgrade = run("upgrade");
        assertThat(upgrade.code()).isEqualTo(ExitCode.FAILED);
        assertThat(upgrade.err()).contains("V_410_B__unique.sql", "error 1062", "To go back, restore the backup");
        assertThat(picture()).isNotEqualTo(before);

        ofThisReader.put("/var/backups/cloud/cloud-4.6.1-20151221T221500.000Z", backup);
        assertDone(run("restore"));
        assertThat(picture()).isEqualTo(before);
        assertThat(run("status").out()).contains("database: 4.0.0");
    }

    @Test
    void afterAFailureTheSameCommandGoesOn() {
        bench.database().run("INSERT INTO cloud.a VALUES (1)");
        assertThat(run("upgrade").code()).isEqualTo(ExitCode.FAILED);
        bench.database().run("DELETE FROM cloud.a WHERE id = 1 LIMIT 1");

        assertDone(run("upgrade"));

        assertDone(bench.run("snapshot", bench.migrations().toString()));
        assertDone(run("verify"));
        assertThat(bench.database().count("cloud.a")).isEqualTo(4);
    }

    @Test
    void everyCommandOfTheChapterExists() {
        CommandLine tool = DatabaseUpgradeTool.commandLine();

        assertThat(lines().filter(line -> line.startsWith("dbupgrade ")))
                .hasSizeGreaterThan(8)
                .allSatisfy(line -> {
                    String[] words = line.substring("dbupgrade ".length()).split(" ");
                    assertThat(tool.parseArgs(words).subcommands()).hasSize(1);
                });
    }

    /** Runs the one line of the chapter that starts so, or is just that. */
    private ToolProcess.Ending run(String command) {
        List<String> found = lines().filter(line -> line.equals("dbupgrade " + command)
                        || line.startsWith("dbupgrade " + command + " ") && isAlone(command))
                .toList();
        assertThat(found).as("lines of the chapter for " + command).hasSize(1);
        String script = "shopt -s expand_aliases\n" + alias() + "\n" + ofThisReader(found.get(0));
        return withProgramsOnPath().launch(List.of("bash", "-c", script)).ending();
    }

    private static boolean isAlone(String command) {
        return lines().noneMatch(line -> line.equals("dbupgrade " + command));
    }

    private static Stream<String> lines() {
        return Handbook.page("operations/upgrade-day.md").snippets("sh").stream()
                .flatMap(snippet -> snippet.text().lines());
    }

    private String alias() {
        return ofThisReader(lines().filter(line -> line.startsWith("alias dbupgrade="))
                .findFirst()
                .orElseThrow());
    }

    /** The longest first, since one may be the beginning of another. */
    private String ofThisReader(String line) {
        String replaced = line;
        for (String each : ofThisReader.keySet().stream()
                .sorted((one, other) -> other.length() - one.length())
                .toList()) {
            replaced = replaced.replace(each, ofThisReader.get(each));
        }
        return replaced;
    }

    /** As on a machine where the executables of the server's product are installed. */
    private ToolProcess withProgramsOnPath() {
        String base = JdbcClient.create(bench.database().dataSource())
                .sql("SELECT @@basedir")
                .query(String.class)
                .single();
        return new ToolProcess(folder, Map.of("PATH", base + "/bin:" + System.getenv("PATH")));
    }

    private String backup() {
        ToolProcess.Ending ending = run("backup");
        assertDone(ending);
        Matcher told = BACKUP.matcher(ending.out());
        assertThat(told.find()).as(ending.out()).isTrue();
        return told.group(1);
    }

    private static void assertDone(ToolProcess.Ending ending) {
        assertThat(ending.code()).as(ending.out() + ending.err()).isEqualTo(ExitCode.DONE);
    }

    private List<String> picture() throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return DatabasePicture.of(connection, List.of("cloud", "cloud_usage"));
        }
    }
}
