package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A backup whose rows mydumper reads keeps what every backup keeps. */
@EnabledIf(value = "isThere", disabledReason = "There is no mydumper on the PATH")
class MyDumperTest {

    private static final String HARD_PASSWORD = " p#a ss\\w'ö\"rd;=\\\\n# ";

    private final BackupBench bench;
    private final Path scratch;

    MyDumperTest(@TempDir Path folder, @TempDir Path scratch) {
        this.bench = new BackupBench(folder);
        this.scratch = scratch;
    }

    @AfterEach
    void dropDatabases() {
        bench.close();
    }

    static boolean isThere() throws InterruptedException {
        for (Path folder : DumpTools.onPath().folders()) {
            if (MyDumper.at(folder.resolve(MyDumper.NAME)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void everythingComesBackAndNothingElseStays() {
        createAll();
        List<String> before = bench.picture();

        Backup backup = take();
        bench.database.run("""
                SET SESSION foreign_key_checks = 0;
                ALTER DATABASE cloud CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
                DROP TABLE cloud.octets;
                DROP VIEW cloud.z_base;
                DROP PROCEDURE cloud.fill;
                DROP EVENT cloud.`nightly job`;
                DROP TRIGGER cloud.word_bu;
                UPDATE cloud.number SET price = 0;
                INSERT INTO cloud.egg VALUES (2, 1, 1);
                CREATE TABLE cloud.made_since (id INT PRIMARY KEY);
                DROP TABLE cloud_usage.hours""");
        assertThat(bench.picture()).isNotEqualTo(before);
        bench.restore(backup);

        assertThat(bench.picture()).isEqualTo(before);
        assertThat(Backup.open(backup.folder()).manifest().tool().name()).isEqualTo("mydumper");
        assertThat(backup.manifest().label()).isEqualTo(BackupBench.LABEL);
    }

    @Test
    void aLargeTableIsReadIntoSeveralFilesAndComesBack() {
        bench.withSmallDatabases();
        bench.database.run("CREATE TABLE cloud.large (id INT AUTO_INCREMENT PRIMARY KEY, text LONGTEXT);"
                + " INSERT INTO cloud.large (text) VALUES (REPEAT('0123456789', 90000))"
                + "; INSERT INTO cloud.large (text) SELECT text FROM cloud.large".repeat(7));
        List<String> before = bench.picture();

        Backup backup = take();
        bench.restore(backup);

        assertThat(backup.manifest().files().stream()
                        .filter(file -> file.database().isPresent()))
                .hasSizeGreaterThan(
                        bench.database.rows("SHOW TABLES FROM cloud").size() + 1);
        assertThat(bench.picture()).isEqualTo(before);
    }

    @Test
    void onlyTheOwnerCanReadItAndOneOtherOctetIsSeen() throws IOException {
        bench.withSmallDatabases();
        Backup backup = take();

        try (var files = Files.list(backup.folder())) {
            assertThat(files).hasSize(6).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
        assertThat(bench.left()).containsExactly(backup.folder());
        Path rows = backup.folder().resolve("rows-00001.sql.gz");
        byte[] content = Files.readAllBytes(rows);
        content[content.length / 2] ^= 1;
        Files.write(rows, content);
        assertThat(BackupBench.refusal(FindingCode.BACKUP_DAMAGED, () -> bench.restore(backup))
                        .problem())
                .contains("rows-00001.sql.gz");
    }

    @Test
    void whatItWouldLoseIsRefusedBeforeAnythingIsWritten() {
        bench.withSmallDatabases();
        bench.database.run("CREATE TABLE cloud.`a.b` (id INT PRIMARY KEY);"
                + " CREATE TABLE cloud.hidden (id INT PRIMARY KEY, secret INT INVISIBLE)");
        if (bench.product() == ServerProduct.MARIADB) {
            bench.database.run("CREATE SEQUENCE cloud.numbers; CREATE TABLE cloud.addresses (a INET6)");
        }

        Finding finding = BackupBench.refusal(FindingCode.BACKUP_NOT_EXACT, this::take);

        assertThat(finding.problem()).contains("the name cloud.a.b", "cloud.hidden has a column that is invisible");
        if (bench.product() == ServerProduct.MARIADB) {
            assertThat(finding.problem()).contains("cloud.numbers is a SEQUENCE", "cloud.addresses", "inet6");
        }
        assertThat(bench.left()).isEmpty();
    }

    @Test
    void aConnectionThatHasToBeEncryptedIsRefused() {
        bench.withSmallDatabases();
        DumpTarget root = bench.target;
        DumpTarget encrypted = new DumpTarget(
                root.host(), root.port(), root.user(), root.password(), TlsMode.REQUIRED, Optional.empty(), false);

        assertThat(BackupBench.refusal(FindingCode.BACKUP_NOT_EXACT, () -> take(encrypted, tools()))
                        .problem())
                .contains("encrypt");
    }

    @Test
    void whileItRunsNoProcessShowsThePasswordAndAnInterruptionLeavesNothing() {
        bench.withSmallDatabases();
        asUserWithHardPassword(target -> {
            Thread taking = new Thread(new FutureTask<>(() -> take(target, tools())));
            bench.whileLocked(() -> {
                taking.start();
                await().until(() -> dumper().isPresent());
                ProcessHandle dumper = dumper().orElseThrow();
                assertThat(RunningDump.anyProcessShows(HARD_PASSWORD.strip())).isFalse();
                assertThat(bench.left()).singleElement().satisfies(half -> assertThat(half.toString())
                        .endsWith(".unfinished"));

                taking.interrupt();
                taking.join();

                assertThat(dumper.isAlive()).isFalse();
                assertThat(bench.left()).isEmpty();
            });
            assertThat(take(target, tools()).manifest().names()).isEqualTo(BackupBench.SCHEMAS);
        });
    }

    @Test
    void anAccountThatCannotHoldAllTablesAtOneMomentIsToldSo() {
        bench.withSmallDatabases();
        bench.database.run("CREATE USER 'limited'@'%' IDENTIFIED BY 'limited';"
                + " GRANT SELECT, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT ON *.* TO 'limited'@'%'");
        try {
            DumpTarget limited = new DumpTarget(
                    bench.target.host(),
                    bench.target.port(),
                    "limited",
                    "limited",
                    TlsMode.DISABLED,
                    Optional.empty(),
                    true);

            Finding finding = BackupBench.refusal(FindingCode.BACKUP_FAILED, () -> take(limited, tools()));

            assertThat(finding.problem()).contains("RELOAD");
            assertThat(bench.left()).isEmpty();
        } finally {
            bench.database.run("DROP USER 'limited'@'%'");
        }
    }

    @Test
    void aProgramThatLeavesATableOutIsNoticed() throws IOException {
        bench.withSmallDatabases();
        Path folder = script(MyDumper.NAME, """
                for word; do
                  case $word in
                    --version) echo 'mydumper v0.21.3-1, built against MySQL 8.4.5'; exit;;
                    --help) echo '  --trx-tables  Only transactional tables'; exit;;
                    --outputdir=*) mkdir "${word#*=}" && touch "${word#*=}/metadata";;
                  esac
                done""");

        Finding finding =
                BackupBench.refusal(FindingCode.BACKUP_FAILED, () -> take(bench.target, tools().withFolder(folder)));

        assertThat(finding.problem()).contains("without the rows of cloud.vm");
        assertThat(bench.left()).isEmpty();
    }

    @Test
    void newerVersionsAreAskedInTheirOwnWords() throws Exception {
        Path newer = script(MyDumper.NAME, "echo 'mydumper v0.21.3-1, built against MySQL; --trx-tables'");
        assertThat(MyDumper.at(newer.resolve(MyDumper.NAME)))
                .hasValueSatisfying(found -> assertThat(found.oneMoment()).isEqualTo("--trx-tables"));

        script(MyDumper.NAME, "echo 'mydumper 0.10.0, built against MySQL 10.11.14; --trx-consistency-only'");
        assertThat(MyDumper.at(newer.resolve(MyDumper.NAME)))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("0.10.0"));

        script(MyDumper.NAME, "echo 'mydumper 9.9.9, without any such option'");
        assertThat(MyDumper.at(newer.resolve(MyDumper.NAME))).isEmpty();
    }

    private void createAll() {
        OneOfEverything.createIn(bench.database);
        // its own name is one that mydumper cannot read
        bench.database.run("RENAME TABLE cloud.`a``b 'c' \"d\" Größe$-select` TO cloud.`Größe $-select`");
    }

    private DumpTools tools() {
        return bench.tools.using(BackupTool.MYDUMPER);
    }

    private Backup take() {
        return take(bench.target, tools());
    }

    private Backup take(DumpTarget target, DumpTools tools) {
        return bench.backups(target, tools)
                .take(BackupBench.SCHEMAS, BackupBench.LABEL, bench.folder, BackupListener.NONE);
    }

    private static Optional<ProcessHandle> dumper() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/" + MyDumper.NAME))
                .filter(process -> process.info().arguments().map(List::of).orElseGet(List::of).stream()
                        .anyMatch(argument -> argument.startsWith("--outputdir=")))
                .findFirst();
    }

    private Path script(String name, String content) throws IOException {
        Path script = Files.writeString(scratch.resolve(name), "#!/bin/sh\n" + content + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return scratch;
    }

    private void asUserWithHardPassword(Consumer<DumpTarget> work) {
        String literal = HARD_PASSWORD.replace("\\", "\\\\").replace("'", "\\'");
        bench.database.run(
                "CREATE USER 'backup user'@'%' IDENTIFIED BY '" + literal + "'; GRANT ALL ON *.* TO 'backup user'@'%'");
        try {
            DumpTarget root = bench.target;
            work.accept(new DumpTarget(
                    root.host(), root.port(), "backup user", HARD_PASSWORD, TlsMode.PREFERRED, Optional.empty(), true));
        } finally {
            bench.database.run("DROP USER 'backup user'@'%'");
        }
    }
}
