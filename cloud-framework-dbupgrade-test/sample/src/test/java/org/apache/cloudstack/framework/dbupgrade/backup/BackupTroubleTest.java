package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A backup that cannot be taken says why and leaves nothing; one that is taken shows its password to nobody. */
class BackupTroubleTest {

    private static final String HARD_PASSWORD = " p#a ss\\w'ö\"rd;=\\\\n# ";

    private final BackupBench bench;
    private final Path scratch;

    BackupTroubleTest(@TempDir Path folder, @TempDir Path scratch) {
        this.bench = new BackupBench(folder).withSmallDatabases();
        this.scratch = scratch;
    }

    @AfterEach
    void dropDatabases() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISABLED", "PREFERRED"})
    void aPasswordMayHaveAnyCharactersWithAndWithoutEncryption(TlsMode tls) {
        asUserWithHardPassword(tls, target -> {
            Backup backup = bench.backups(target, bench.tools)
                    .take(BackupBench.SCHEMAS, BackupBench.LABEL, bench.folder, BackupListener.NONE);
            bench.restore(target, CrossProductPolicy.REFUSE)
                    .restore(backup.folder(), BackupBench.SCHEMAS, BackupListener.NONE);
        });
    }

    @Test
    void whileADumpRunsNoProcessShowsThePassword() {
        asUserWithHardPassword(
                bench.target.tls(),
                target -> whileBlocked(target, (running, dump) -> {
                    assertThat(RunningDump.anyProcessShows(HARD_PASSWORD.strip()))
                            .isFalse();
                    Path options = dump.options();
                    assertThat(permissions(options)).isEqualTo("rw-------");
                    assertThat(permissions(parent(options))).isEqualTo("rwx------");
                    assertThat(bench.left()).singleElement().satisfies(half -> assertThat(half.toString())
                            .endsWith(".unfinished"));
                }));
        assertThat(bench.left()).hasSize(1).allSatisfy(Backup::open);
    }

    @Test
    void anInterruptedBackupLeavesNothing() {
        whileBlocked(bench.target, (running, dump) -> {
            running.interrupt();
            running.join();

            assertThat(dump.process().isAlive()).isFalse();
            assertThat(dump.options()).doesNotExist();
            assertThat(parent(dump.options())).doesNotExist();
            assertThat(bench.left()).isEmpty();
        });
    }

    @Test
    void aProgramThatIsToldToExitLeavesNothing() {
        bench.whileLocked(() -> {
            try (ChildJvm child = BackupProgram.start(bench)) {
                RunningDump dump = RunningDump.awaitIn(bench);
                assertThat(bench.left()).hasSize(1);

                dump.parent().destroy();

                assertThat(child.awaitExit(Duration.ofSeconds(30))).isEqualTo(BackupProgram.TERMINATED);
                assertThat(dump.process().isAlive()).isFalse();
                assertThat(parent(dump.options())).doesNotExist();
                assertThat(bench.left()).isEmpty();
            }
        });
    }

    @Test
    void whatCouldNotBeRestoredIsRefused() {
        // MySQL keeps the semicolon of a trigger that is created with other statements
        bench.database.run(
                "CREATE TRIGGER cloud.vm_bu BEFORE UPDATE ON cloud.vm FOR EACH ROW SET NEW.name = 'x'; SELECT 1");
        List<String> before = bench.picture();

        if (bench.product() == ServerProduct.MYSQL) {
            assertThat(refusedBackup(FindingCode.BACKUP_NOT_EXACT, bench.target, bench.tools)
                            .problem())
                    .contains("trigger cloud.vm_bu: its text ends with a semicolon");
        } else {
            bench.restore(bench.take());
            assertThat(bench.picture()).isEqualTo(before);
        }
    }

    @Test
    void aFullDiskIsToldAndLeavesNothing() {
        Backups full = new Backups(bench.database.dataSource(), bench.target, bench.tools, Clock.systemUTC(), file -> {
            PrivateFiles.create(file).close();
            return new FileOutputStream("/dev/full");
        });

        Finding finding = BackupBench.refusal(
                FindingCode.BACKUP_FAILED,
                () -> full.take(BackupBench.SCHEMAS, BackupBench.LABEL, bench.folder, BackupListener.NONE));

        assertThat(finding.toString()).contains("No space left on device", "has space", bench.folder.toString());
        assertThat(bench.left()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsTold() {
        Finding finding = BackupBench.refusal(FindingCode.BACKUP_FAILED, () -> bench.backups()
                .take(BackupBench.SCHEMAS, BackupBench.LABEL, Path.of("/proc/backups"), BackupListener.NONE));

        assertThat(finding.toString()).contains("/proc/backups", "Name a directory that can be written");
    }

    @Test
    void whatTheServerSaysToTheProgramIsTold() {
        DumpTarget wrong =
                new DumpTarget(bench.target.host(), bench.target.port(), bench.target.user(), "wrong-secret");

        Finding finding = refusedBackup(FindingCode.BACKUP_FAILED, wrong, bench.tools);

        assertThat(finding.toString())
                .contains("error 1045", "Access denied", "Nothing of the backup was left behind")
                .doesNotContain("wrong-secret");
    }

    @Test
    void aServerThatDoesNotAnswerIsTold() {
        Backups nobody = new Backups(
                new DriverManagerDataSource("jdbc:mysql://127.0.0.1:1/", "root", "some-secret"),
                new DumpTarget("127.0.0.1", 1, "root", "some-secret"),
                bench.tools,
                Clock.systemUTC());

        Finding finding = BackupBench.refusal(
                FindingCode.SERVER_UNREACHABLE,
                () -> nobody.take(BackupBench.SCHEMAS, BackupBench.LABEL, bench.folder, BackupListener.NONE));

        assertThat(finding.toString()).contains("127.0.0.1:1").doesNotContain("some-secret");
    }

    @Test
    void aDatabaseThatDoesNotExistIsTold() {
        Finding finding = BackupBench.refusal(FindingCode.DATABASE_MISSING, () -> bench.backups()
                .take(List.of("cloud", "cloud_none"), BackupBench.LABEL, bench.folder, BackupListener.NONE));

        assertThat(finding.subject()).isEqualTo("cloud_none");
        assertThat(bench.left()).isEmpty();
    }

    @Test
    void whatIsNoProgramOfTheServersIsRefused() throws IOException {
        Path echo = script("mysqldump", "echo some other executable 1.2.3");
        Path missing = scratch.resolve("missing");
        for (Path wrong : List.of(echo, missing)) {
            Finding finding =
                    refusedBackup(FindingCode.BACKUP_TOOL_UNUSABLE, bench.target, bench.tools.withDumpProgram(wrong));

            assertThat(finding.problem()).contains(wrong.toString(), "no such executable of " + bench.product());
        }
    }

    @Test
    void theProgramOfTheOtherProductIsRefused() throws IOException {
        String version = bench.product().toString().equals("MySQL")
                ? "mariadb-dump from 11.4.5-MariaDB, client 10.19 for Linux (x86_64)"
                : "mysqldump  Ver 9.7.4 for Linux on x86_64 (MySQL Community Server - GPL)";
        Path other = script("mysqldump", "echo '" + version + "'");

        Finding finding = refusedBackup(FindingCode.BACKUP_TOOL_UNUSABLE, bench.target, bench.tools.onlyIn(scratch));

        assertThat(finding.problem()).contains(other.toString(), "would leave things out");
    }

    @Test
    void aProgramThatEndsWellWithoutAWholeDumpIsNoticed() throws IOException {
        String version = bench.product().toString().equals("MySQL") ? "Ver 9.7.4" : "from 11.4.5-MariaDB";
        Path lying = script("mysqldump", "echo 'mysqldump " + version + "'");

        Finding finding = refusedBackup(FindingCode.BACKUP_FAILED, bench.target, bench.tools.withDumpProgram(lying));

        assertThat(finding.problem()).contains("without the last line of a dump");
    }

    private Finding refusedBackup(FindingCode code, DumpTarget target, DumpTools tools) {
        Finding finding = BackupBench.refusal(code, () -> bench.backups(target, tools)
                .take(BackupBench.SCHEMAS, BackupBench.LABEL, bench.folder, BackupListener.NONE));
        assertThat(bench.left()).isEmpty();
        return finding;
    }

    private Path script(String name, String content) throws IOException {
        Path script = Files.writeString(scratch.resolve(name), "#!/bin/sh\n" + content + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private void asUserWithHardPassword(TlsMode tls, Consumer<DumpTarget> work) {
        String literal = HARD_PASSWORD.replace("\\", "\\\\").replace("'", "\\'");
        bench.database.run(
                "CREATE USER 'backup user'@'%' IDENTIFIED BY '" + literal + "'; GRANT ALL ON *.* TO 'backup user'@'%'");
        try {
            DumpTarget root = bench.target;
            work.accept(new DumpTarget(
                    root.host(), root.port(), "backup user", HARD_PASSWORD, tls, Optional.empty(), true));
        } finally {
            bench.database.run("DROP USER 'backup user'@'%'");
        }
    }

    /** Work while a backup waits for a table that is locked. */
    private void whileBlocked(DumpTarget target, Meanwhile work) {
        Thread thread = new Thread(new FutureTask<>(() -> bench.backups(target, bench.tools)
                .take(BackupBench.SCHEMAS, BackupBench.LABEL, bench.folder, BackupListener.NONE)));
        bench.whileLocked(() -> {
            thread.start();
            work.with(thread, RunningDump.awaitIn(bench));
        });
        await().until(() -> !thread.isAlive());
    }

    private interface Meanwhile {
        void with(Thread running, RunningDump dump) throws InterruptedException;
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }
}
