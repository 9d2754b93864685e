package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.backup.DatabasePicture;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backup before, restore after, on an embedded MariaDB, which brings the executables that both need. */
class WayBackTest {

    private static final List<String> SCHEMAS = List.of("cloud", "cloud_usage");

    @TempDir
    Path folder;

    ToolBench bench;
    Path backups;
    String programs;

    @BeforeEach
    void open() {
        bench = new ToolBench(folder, TestServers.mariaDb11_4());
        backups = folder.resolve("backups");
        programs = bench.database()
                        .jdbc()
                        .sql("SELECT @@basedir")
                        .query(String.class)
                        .single() + "/bin";
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void afterAFailedUpgradeARestorePutsEverythingBack() throws SQLException {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        bench.database()
                .run("INSERT INTO cloud.a VALUES (3, 3); CREATE TABLE cloud_usage.`größe` (b BLOB);"
                        + " INSERT INTO cloud_usage.`größe` VALUES (x'00FF27')");
        List<String> before = picture();
        String backup = takeBackup();
        bench.with("V_420_A__broken.sql", "DELETE FROM a;\nCREATE TABLE b (id INT);\nALTER TABLE a ADD COLUMN b INT;");
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.FAILED);
        assertThat(picture()).isNotEqualTo(before);

        ToolProcess.Ending restore = bench.run("restore", backup, "--yes", "--tools", programs);

        assertThat(restore.err().lines()).allMatch(line -> line.equals("Restoring the backup …"));
        assertThat(restore.code()).isEqualTo(ExitCode.DONE);
        assertThat(restore.out()).contains("cloud, cloud_usage are as they were on ");
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    @EnabledIf(value = "hasMyDumper", disabledReason = "There is no mydumper on the PATH")
    void theRowsCanBeReadByMyDumper() throws SQLException {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        List<String> before = picture();
        ToolProcess.Ending backup =
                bench.run("backup", backups.toString(), "--tools", programs, "--tool", "mydumper", "--json");
        assertThat(backup.code()).as(backup.err()).isEqualTo(ExitCode.DONE);
        bench.database().run("DROP TABLE cloud.a");

        String folderOfBackup = backup.json().get("folder").asString();
        ToolProcess.Ending restore = bench.run("restore", folderOfBackup, "--yes", "--tools", programs);

        assertThat(restore.code()).as(restore.err()).isEqualTo(ExitCode.DONE);
        assertThat(picture()).isEqualTo(before);
        assertThat(bench.run("status").out()).contains("database: 4.1.0", "pending:  nothing");
    }

    static boolean hasMyDumper() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "mydumper")));
    }

    @Test
    void anUpgradeTakesABackupFirstWhereSomethingIsPending() {
        JsonNode first = bench.run(
                        "upgrade", "--backup", backups.toString(), "--tools", programs, "--json", "--target", "4.0.0")
                .json();
        // of databases that do not exist yet there is nothing to keep
        assertThat(first.get("problems")).isNull();

        JsonNode second = bench.run("upgrade", "--backup", backups.toString(), "--tools", programs, "--json")
                .json();
        assertThat(Path.of(second.get("backup").asString())).isDirectory();
        assertThat(second.get("backup").asString()).contains("-4.0.0-");

        JsonNode third = bench.run("upgrade", "--backup", backups.toString(), "--tools", programs, "--json")
                .json();
        assertThat(third.get("backup").isNull()).isTrue();
    }

    @Test
    void theChecksLookForABackupOfToday() throws IOException {
        String[] preflight = {"preflight", "--backups", backups.toString(), "--target", "4.1.0"};
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        bench.with("V_420_A__next.sql", "CREATE TABLE c (id INT);");
        assertThat(bench.run(preflight).out()).contains("warn  backup: There is no backup of cloud, cloud_usage in");
        Path backup = Path.of(takeBackup());
        assertThat(bench.run(preflight).out()).contains("ok    backup");

        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        assertThat(bench.run("preflight", "--backups", backups.toString()).out())
                .contains("is of release '4.1.0', and the databases are at 4.2.0");

        Path manifest = backup.resolve("manifest.json");
        String old = Files.readString(manifest).replaceFirst("(\"taken\" *: *\")\\d{4}", "$12001");
        Files.writeString(manifest, old);
        assertThat(bench.run("preflight", "--backups", backups.toString()).out())
                .contains("hours old");
    }

    @Test
    void aDamagedBackupIsRefusedBeforeAnythingIsTouched() throws IOException, SQLException {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        String backup = takeBackup();
        Path dump = files(Path.of(backup)).stream()
                .filter(file -> file.toString().endsWith(".gz"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(dump);
        bytes[bytes.length / 2] ^= 1;
        Files.write(dump, bytes);
        List<String> before = picture();

        ToolProcess.Ending ending = bench.run("restore", backup, "--yes", "--tools", programs);

        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.err()).contains(FindingCode.BACKUP_DAMAGED.name());
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void aRestoreIsNothingThatHappensUnasked() {
        ToolProcess.Ending ending = bench.run("restore", folder.toString(), "--tools", programs);

        assertThat(ending.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(ending.err()).contains("--yes");
        assertThat(bench.run("restore", folder.toString(), "--yes", "--tools", programs)
                        .code())
                .as("of a directory that is no backup")
                .isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void withoutItsProgramsThereIsNoBackup() {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);

        ToolProcess.Ending ending = bench.run("backup", backups.toString(), "--tools", folder.toString());

        assertThat(ending.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ending.err()).contains(FindingCode.BACKUP_TOOL_UNUSABLE.name());
    }

    @Test
    void aBackupThatControlCEndsLeavesNothing() throws Exception {
        assertThat(bench.run("upgrade").code()).isEqualTo(ExitCode.DONE);
        bench.database().run("CREATE TABLE cloud_usage.last (id INT)");
        try (Connection connection = bench.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLES cloud_usage.last WRITE");
            ToolProcess.Running backup = bench.start("backup", backups.toString(), "--tools", programs);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Files.isDirectory(backups) && !files(backups).isEmpty());
            backup.controlC();
            ToolProcess.Ending stopped = backup.ending();
            assertThat(stopped.status()).isEqualTo(130);
            assertThat(stopped.err()).contains("nothing of it is left").doesNotContain("BACKUP_FAILED");
        }

        assertThat(files(backups)).isEmpty();
    }

    @Test
    void whileSomebodyUpgradesThereIsNeitherBackupNorRestore() {
        bench.with("V_420_A__slow.sql", "SELECT SLEEP(60);");
        ToolProcess.Running upgrade = bench.start("upgrade");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> bench.database().rows("SHOW FULL PROCESSLIST").stream()
                        .anyMatch(row -> String.valueOf(row.get("Info")).contains("SLEEP(60)")));

        ToolProcess.Ending backup = bench.run("backup", backups.toString(), "--tools", programs);
        assertThat(backup.code()).isEqualTo(ExitCode.BUSY);
        assertThat(backup.err()).contains("Another node upgrades", "4.2.0 A  slow");
        assertThat(bench.run("restore", folder.toString(), "--yes", "--tools", programs)
                        .code())
                .isEqualTo(ExitCode.BUSY);

        upgrade.process().destroyForcibly();
        assertThat(upgrade.ending().status()).isNotZero();
        bench.database().rows("SHOW FULL PROCESSLIST").stream()
                .filter(row -> String.valueOf(row.get("Info")).contains("SLEEP(60)"))
                .forEach(row -> bench.database().run("KILL " + row.get("Id")));
    }

    private String takeBackup() {
        ToolProcess.Ending ending = bench.run("backup", backups.toString(), "--tools", programs, "--json");
        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.DONE);
        JsonNode answer = ending.json();
        assertThat(answer.get("release").asString()).isEqualTo("4.1.0");
        return answer.get("folder").asString();
    }

    private List<String> picture() throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return DatabasePicture.of(connection, SCHEMAS);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
