package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.RestoreInProgress;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C in the middle of commands that take long: they say what is left, and the next start makes it good. That of an
 * upgrade and of a backup is with the other tests of these.
 */
class ControlCTest {

    private static final int INTERRUPTED = 130;
    private static final List<String> SCHEMAS = List.of("cloud", "cloud_usage");

    /** Enough that nobody writes or reads it in the moment between two looks. */
    private static final String MUCH = """
            CREATE TABLE cloud.much (id INT AUTO_INCREMENT PRIMARY KEY, text LONGTEXT);
            INSERT INTO cloud.much (text) SELECT REPEAT(MD5(seq), 2000) FROM cloud.seq_1_to_1000;
            CREATE TABLE cloud_usage.last (id INT)""";

    @TempDir
    Path folder;

    ToolBench bench;
    String programs;

    @BeforeEach
    void open() {
        bench = new ToolBench(folder, TestServers.mariaDb11_4());
        programs = bench.database()
                        .jdbc()
                        .sql("SELECT @@basedir")
                        .query(String.class)
                        .single() + "/bin";
        assertThat(bench.run("upgrade", "--target", "4.0.0").code()).isEqualTo(ExitCode.DONE);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aRestoreInTheMiddleIsSeenByEveryoneAndBegunAnew() throws Exception {
        bench.database().run(MUCH);
        List<String> before = picture();
        String backup = bench.run("backup", folder.resolve("backups").toString(), "--tools", programs, "--json")
                .json()
                .get("folder")
                .asString();
        String[] restore = {"restore", backup, "--yes", "--tools", programs};

        ToolProcess.Running running = bench.start(restore);
        ToolProcess.Ending stopped = stopWhileNothingIsWritten(
                bench.database().server(),
                running,
                () -> isMarked(bench.database().server()));

        assertThat(stopped.status()).isEqualTo(INTERRUPTED);
        assertThat(stopped.err())
                .contains("Stopped in the middle", "started again")
                .doesNotContain("RESTORE_FAILED");
        assertThat(isMarked(bench.database().server())).isTrue();
        ToolProcess.Ending upgrade = bench.run("upgrade");
        assertThat(upgrade.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(upgrade.err()).contains(FindingCode.RESTORE_UNFINISHED.name());
        assertThat(bench.run("status").out()).contains(FindingCode.RESTORE_UNFINISHED.name());
        assertThat(bench.run(restore).code()).isEqualTo(ExitCode.DONE);
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void aRestoreThatDropsIsMarkedAlready() throws Exception {
        bench.database().run("CREATE TABLE cloud_usage.last (id INT)");
        List<String> before = picture();
        String backup = bench.run("backup", folder.resolve("backups").toString(), "--tools", programs, "--json")
                .json()
                .get("folder")
                .asString();
        String[] restore = {"restore", backup, "--yes", "--tools", programs};

        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLES cloud_usage.last READ");
            ToolProcess.Running running = bench.start(restore);
            await(() -> isRunning(bench.database().server(), "DROP DATABASE"));
            ToolProcess.Ending stopped = stop(running);
            assertThat(stopped.status()).isEqualTo(INTERRUPTED);
            assertThat(stopped.err()).contains("Stopped in the middle");
        }

        assertThat(isMarked(bench.database().server())).isTrue();
        assertThat(bench.run(restore).code()).isEqualTo(ExitCode.DONE);
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void aRehearsalSaysWhatIsOnTheScratchServer() throws Exception {
        bench.database().run(MUCH);
        List<String> before = picture();
        try (KillableServer scratch = KillableServer.start()) {
            ToolProcess tool = bench.tool().with("DBUPGRADE_SCRATCH_PASSWORD", scratch.password());

            ToolProcess.Running running = tool.start(rehearse(scratch));
            ToolProcess.Ending stopped = stopWhileNothingIsWritten(scratch, running, () -> isMarked(scratch));

            assertThat(stopped.status()).isEqualTo(INTERRUPTED);
            assertThat(stopped.err())
                    .contains("a part of the copy is left", "--replace")
                    .doesNotContain("RESTORE_FAILED");
            assertThat(isMarked(scratch)).isTrue();
            assertThat(picture()).isEqualTo(before);
            assertThat(tool.run(rehearse(scratch, "--replace")).code()).isEqualTo(ExitCode.DONE);
            assertThat(picture()).isEqualTo(before);
        }
    }

    @Test
    void aRehearsalThatStillReadsLeavesNothing() throws Exception {
        bench.database().run("CREATE DATABASE IF NOT EXISTS cloud_usage; CREATE TABLE cloud_usage.last (id INT)");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (KillableServer scratch = KillableServer.start()) {
            ToolProcess tool = bench.tool()
                    .with("DBUPGRADE_SCRATCH_PASSWORD", scratch.password())
                    .with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
            try (Connection connection = bench.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLES cloud_usage.last WRITE");
                ToolProcess.Running running = tool.start(rehearse(scratch));
                await(() -> bench.database().rows("SHOW PROCESSLIST").toString().contains("metadata lock"));
                assertThat(filesIn(temporary)).isNotEmpty();

                ToolProcess.Ending stopped = stop(running);

                assertThat(stopped.status()).isEqualTo(INTERRUPTED);
                assertThat(stopped.err())
                        .contains("there is no copy yet")
                        .doesNotContain(FindingCode.BACKUP_FAILED.name());
            }
            assertThat(filesIn(temporary)).isEmpty();
            assertThat(databasesOf(scratch)).doesNotContain("cloud");
            assertThat(tool.run(rehearse(scratch)).code()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aBaselineIsTakenAgain() throws Exception {
        bench.database().run("DROP DATABASE cloud; CREATE DATABASE cloud; CREATE TABLE cloud.a (id INT)");
        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("FLUSH TABLES WITH READ LOCK");
            ToolProcess.Running running = bench.start("baseline", "4.0.0");
            await(() -> isRunning(bench.database().server(), "CREATE TABLE"));

            assertThat(stop(running).status()).isEqualTo(INTERRUPTED);
            statement.execute("UNLOCK TABLES");
        }

        ToolProcess.Ending again = bench.run("baseline", "4.0.0");
        assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("upgrade").out()).contains("from 4.0.0 to 4.1.0");
    }

    @Test
    void aDecisionIsTakenAgain() throws Exception {
        bench.with(
                "V_420_A__call.sql",
                "CREATE PROCEDURE p() BEGIN INSERT INTO a VALUES (7, 7); COMMIT; DO SLEEP(60); END;\nCALL p();");
        ToolProcess.Running upgrade = bench.start("upgrade");
        await(() -> isRunning(bench.database().server(), "SLEEP(60)"));
        upgrade.process().destroyForcibly();
        assertThat(upgrade.ending().status()).isNotZero();
        bench.database().rows("SHOW FULL PROCESSLIST").stream()
                .filter(row -> String.valueOf(row.get("Info")).contains("SLEEP(60)"))
                .forEach(row -> bench.database().run("KILL " + row.get("Id")));
        await(() -> !isRunning(bench.database().server(), "SLEEP(60)"));
        assertThat(bench.run("status").code()).isEqualTo(ExitCode.DECISION_NEEDED);
        String[] resolve = {"resolve", "--done", "V_420_A__call.sql"};

        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("FLUSH TABLES WITH READ LOCK");
            ToolProcess.Running running = bench.start(resolve);
            await(() -> bench.database().rows("SHOW PROCESSLIST").toString().contains("Waiting for backup lock"));
            assertThat(stop(running).status()).isEqualTo(INTERRUPTED);
        }

        assertThat(bench.run("status").code()).isEqualTo(ExitCode.DECISION_NEEDED);
        assertThat(bench.run(resolve).code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
    }

    private String[] rehearse(KillableServer scratch, String... more) {
        String[] command = {
            "rehearse",
            "--scratch-url",
            scratch.jdbcUrl(),
            "--scratch-user",
            scratch.user(),
            "--tools",
            programs,
            "--schemas",
            "cloud,cloud_usage",
            "--locations",
            "filesystem:" + bench.migrations()
        };
        return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** As soon as a condition holds, nothing is written any more until the command has ended. */
    private static ToolProcess.Ending stopWhileNothingIsWritten(
            DatabaseServer server, ToolProcess.Running running, Callable<Boolean> condition) throws Exception {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            await(condition);
            statement.execute("FLUSH TABLES WITH READ LOCK");
            return stop(running);
        }
    }

    private static ToolProcess.Ending stop(ToolProcess.Running running) throws IOException, InterruptedException {
        running.controlC();
        return running.ending();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    private static boolean isMarked(DatabaseServer server) throws SQLException {
        try (Connection connection = server.dataSource().getConnection()) {
            return RestoreInProgress.isThere(connection, "cloud");
        }
    }

    private static boolean isRunning(DatabaseServer server, String statement) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement list = connection.createStatement();
                var row = list.executeQuery("SHOW FULL PROCESSLIST")) {
            while (row.next()) {
                String text = String.valueOf(row.getString("Info")).strip();
                if (text.contains(statement) && !text.startsWith("CREATE PROCEDURE")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String databasesOf(DatabaseServer server) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT GROUP_CONCAT(schema_name) FROM information_schema.schemata")) {
            row.next();
            return row.getString(1);
        }
    }

    private List<String> picture() throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return DatabasePicture.of(connection, SCHEMAS);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains("dbupgrade")).toList();
        }
    }
}
