package org.apache.cloudstack.framework.dbupgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A disk that has space enough by all estimates, and fills in the middle of a backup. */
class FullDiskTest {

    /** Prints what is left before the small disk is gone with the shell. */
    private static final String ON_SMALL_DISK =
            "mount -t tmpfs -o size=12m tmpfs %1$s || exit 99; %2$s; status=$?; echo \"left: $(find %1$s/backups -mindepth 1 | wc -l)\";"
                    + " exit $status";

    private static final String WITH_SMALL_FILES = "ulimit -f 2048; %s";

    @TempDir
    Path folder;

    ToolBench bench;
    Path disk;

    @BeforeEach
    void fill() throws IOException {
        bench = new ToolBench(folder, TestServers.mariaDb11_4());
        disk = Files.createDirectory(folder.resolve("disk"));
        assertThat(bench.run("upgrade", "--target", "4.0.0").code()).isEqualTo(ExitCode.DONE);
        // nothing makes these rows smaller, which no estimate knows
        bench.database()
                .run("CREATE TABLE cloud.much (octets VARBINARY(1024));"
                        + " INSERT INTO cloud.much SELECT RANDOM_BYTES(1024) FROM cloud.seq_1_to_24000;"
                        + " ANALYZE TABLE cloud.much");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = "This account may not mount a small disk of its own")
    void aBackupThatFillsTheDiskIsToldAndLeavesNothing() {
        ToolProcess.Ending ending =
                onSmallDisk("backup", disk.resolve("backups").toString());

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.FAILED);
        assertThat(ending.err())
                .contains(
                        "how far the data can be compressed",
                        FindingCode.BACKUP_FAILED.name(),
                        "No space left on device")
                .contains("has space", disk.toString());
        assertThat(ending.out()).contains("left: 0");
    }

    @Test
    @EnabledIf(value = "canMountAndHasMyDumper", disabledReason = "A small disk of its own, or mydumper, is missing")
    void aDiskThatMyDumperFillsIsToldToo() {
        ToolProcess.Ending ending =
                onSmallDisk("backup", disk.resolve("backups").toString(), "--tool", "mydumper");

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.FAILED);
        assertThat(ending.err()).contains(FindingCode.BACKUP_FAILED.name(), "No space left on device");
        assertThat(ending.out()).contains("left: 0");
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = "This account may not mount a small disk of its own")
    void withoutTheBackupThatWasAskedForThereIsNoUpgrade() {
        ToolProcess.Ending ending =
                onSmallDisk("upgrade", "--backup", disk.resolve("backups").toString());

        assertThat(ending.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ending.err()).contains("No space left on device");
        assertThat(bench.run("status").out()).contains("database: 4.0.0");
    }

    @Test
    void aFileThatMayNotGrowIsToldAndLeavesNothing() throws IOException {
        Path backups = disk.resolve("backups");

        ToolProcess.Ending ending = shell(List.of(), WITH_SMALL_FILES.formatted(line("backup", backups.toString())));

        assertThat(ending.code()).as(ending.err()).isEqualTo(ExitCode.FAILED);
        assertThat(ending.err()).contains(FindingCode.BACKUP_FAILED.name(), "File too large");
        try (Stream<Path> left = Files.list(backups)) {
            assertThat(left).isEmpty();
        }
    }

    private ToolProcess.Ending onSmallDisk(String... command) {
        return shell(List.of("unshare", "-rm"), ON_SMALL_DISK.formatted(quoted(disk.toString()), line(command)));
    }

    private ToolProcess.Ending shell(List<String> around, String script) {
        List<String> command = new ArrayList<>(around);
        command.addAll(List.of("bash", "-c", script));
        return bench.tool().launch(command).ending();
    }

    private String line(String... command) {
        String programs = bench.database()
                        .jdbc()
                        .sql("SELECT @@basedir")
                        .query(String.class)
                        .single() + "/bin";
        List<String> words = new ArrayList<>(ToolProcess.commandLine());
        words.addAll(List.of(command));
        words.addAll(List.of(
                "--schemas",
                "cloud,cloud_usage",
                "--tools",
                programs,
                "--locations",
                "filesystem:" + bench.migrations()));
        return words.stream().map(FullDiskTest::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    static boolean canMountAndHasMyDumper() throws IOException, InterruptedException {
        return WayBackTest.hasMyDumper() && canMount();
    }

    static boolean canMount() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "unshare -rm mount -t tmpfs -o size=1m tmpfs /mnt")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
