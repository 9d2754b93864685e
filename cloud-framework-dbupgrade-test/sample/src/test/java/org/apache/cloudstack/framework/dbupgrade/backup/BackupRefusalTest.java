package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.RestoreInProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not a sound backup of these databases is refused before one of them is touched. */
class BackupRefusalTest {

    private final BackupBench bench;
    private final Backup backup;
    private final Path dump;
    private final Path manifest;
    private List<String> before = List.of();

    BackupRefusalTest(@TempDir Path folder) {
        this.bench = new BackupBench(folder).withSmallDatabases();
        this.backup = bench.take();
        this.dump = backup.folder().resolve(Dump.FILE);
        this.manifest = backup.folder().resolve(BackupFolder.MANIFEST);
    }

    @BeforeEach
    void changeDatabases() {
        bench.database.run("CREATE TABLE cloud.made_since (id INT PRIMARY KEY)");
        before = bench.picture();
    }

    @AfterEach
    void dropDatabases() {
        bench.close();
    }

    @Test
    void oneOtherOctetIsSeen() throws IOException {
        byte[] content = Files.readAllBytes(dump);
        content[content.length / 2] ^= 1;
        Files.write(dump, content);

        assertThat(refused(FindingCode.BACKUP_DAMAGED).problem()).contains(Dump.FILE, "another content");
    }

    @Test
    void aFileThatWasCutOffIsSeen() throws IOException {
        byte[] content = Files.readAllBytes(dump);
        Files.write(dump, Arrays.copyOf(content, content.length - 1));

        assertThat(refused(FindingCode.BACKUP_DAMAGED).problem())
                .contains(content.length - 1 + " bytes instead of " + content.length);
    }

    @Test
    void aMissingFileIsSeen() throws IOException {
        for (String name : List.of(Dump.FILE, BackupFolder.SUMS, BackupFolder.MANIFEST)) {
            Files.delete(backup.folder().resolve(name));

            assertThat(refused(FindingCode.BACKUP_DAMAGED).problem()).contains(name + " is missing");
        }
    }

    @Test
    void anEditedManifestIsSeen() throws IOException {
        Files.writeString(manifest, Files.readString(manifest).replace("4.7.0", "4.8.0"));

        assertThat(refused(FindingCode.BACKUP_DAMAGED).problem()).contains("manifest.json is not the one");
    }

    @Test
    void aManifestThatNamesFilesElsewhereIsRefused() throws IOException {
        Files.writeString(manifest, Files.readString(manifest).replace(Dump.FILE, "../" + Dump.FILE));

        assertThat(refused(FindingCode.BACKUP_DAMAGED).problem()).contains("outside");
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"format\" : 1", "\"format\" : 2"));

        assertThat(refused(FindingCode.BACKUP_FOREIGN).problem()).contains("it has format 2");
    }

    @Test
    void aManifestOfSomethingElseIsRefused() throws IOException {
        for (String foreign : List.of("{\"kind\": \"other\", \"format\": 1}", "[]", "no JSON", "")) {
            Files.writeString(manifest, foreign);

            assertThat(refused(FindingCode.BACKUP_FOREIGN).problem()).contains("its manifest is not");
        }
        Files.writeString(manifest, "{\"kind\": \"" + BackupManifest.KIND + "\", \"format\": 1}");
        assertThat(refused(FindingCode.BACKUP_FOREIGN).problem()).contains("its manifest is not");
    }

    @Test
    void aHalfDoneBackupIsNone() throws IOException {
        Path halfDone = Files.createDirectory(bench.folder.resolve("x.unfinished"));
        Files.move(dump, halfDone.resolve(Dump.FILE));

        Finding finding = BackupBench.refusal(FindingCode.BACKUP_DAMAGED, () -> Backup.open(halfDone));

        assertThat(finding.problem()).contains("manifest.json is missing");
        assertThat(BackupBench.refusal(FindingCode.BACKUP_DAMAGED, () -> Backup.open(bench.folder.resolve("none")))
                        .problem())
                .contains("there is no such directory");
    }

    @Test
    void aBackupOfOtherDatabasesIsRefused() {
        for (List<String> others : List.of(List.of("cloud"), List.of("cloud", "cloud_usage", "third"))) {
            Finding finding = BackupBench.refusal(FindingCode.BACKUP_FOREIGN, () -> bench.restore()
                    .restore(backup.folder(), others, BackupListener.NONE));

            assertThat(finding.problem()).contains("[cloud, cloud_usage]", others.toString());
        }
        assertThat(bench.picture()).isEqualTo(before);
    }

    @Test
    void aBackupOfTheOtherProductIsRefusedUnlessItIsToBeTried() throws IOException {
        String own = bench.product().toString();
        String other = own.equals("MySQL") ? "MariaDB" : "MySQL";
        rewrite(content(), Files.readString(manifest).replace("\"name\" : \"" + own, "\"name\" : \"" + other));

        assertThat(refused(FindingCode.BACKUP_FOREIGN).remedy()).contains("Restore it on a server of " + other);

        bench.restore(bench.target, CrossProductPolicy.TRY)
                .restore(backup.folder(), BackupBench.SCHEMAS, BackupListener.NONE);
        assertThat(bench.picture()).isNotEqualTo(before);
    }

    @Test
    void aWrongPasswordIsNoticedBeforeADatabaseIsDropped() {
        DumpTarget wrong =
                new DumpTarget(bench.target.host(), bench.target.port(), bench.target.user(), "wrong-secret");

        Finding finding = BackupBench.refusal(
                FindingCode.BACKUP_TOOL_UNUSABLE, () -> bench.restore(wrong, CrossProductPolicy.REFUSE)
                        .restore(backup.folder(), BackupBench.SCHEMAS, BackupListener.NONE));

        assertThat(finding.toString()).contains("error 1045").doesNotContain("wrong-secret");
        assertThat(bench.picture()).isEqualTo(before);
    }

    @Test
    void aRestoreThatStopsInTheMiddleSaysSoAndCanBeBegunAnew() throws IOException {
        byte[] sound = content();
        String soundManifest = Files.readString(manifest);
        String text = new String(sound, StandardCharsets.UTF_8);
        rewrite(
                text.replace("-- Current Database: `cloud_usage`", "\nINSERT INTO cloud.vm VALUES (1, 'secret');\n")
                        .getBytes(StandardCharsets.UTF_8),
                soundManifest);

        Finding finding = refusal(FindingCode.RESTORE_FAILED);

        assertThat(finding.toString())
                .contains("error 1062", "run the same dbupgrade restore again", "cloud, cloud_usage")
                .doesNotContain("secret");
        assertThat(isUnfinished()).isTrue();
        rewrite(sound, soundManifest);
        bench.restore(backup);
        bench.database.run("CREATE TABLE cloud.made_since (id INT PRIMARY KEY)");
        assertThat(bench.picture()).isEqualTo(before);
    }

    @Test
    void anInterruptedRestoreSaysSoAndCanBeBegunAnew() {
        Thread restoring = Thread.currentThread();
        AtomicBoolean first = new AtomicBoolean(true);
        BackupListener interrupting = (database, done, total) -> {
            if (database.equals("cloud_usage") && first.getAndSet(false)) {
                restoring.interrupt();
                await().until(() -> !restoring.isInterrupted());
            }
        };

        Finding finding = BackupBench.refusal(FindingCode.RESTORE_FAILED, () -> bench.restore()
                .restore(backup.folder(), BackupBench.SCHEMAS, interrupting));

        assertThat(Thread.interrupted())
                .as("the mark of the interruption stays")
                .isTrue();
        assertThat(finding.problem()).contains("it was interrupted");
        assertThat(isUnfinished()).isTrue();
        bench.restore(backup);
        assertThat(isUnfinished()).isFalse();
        bench.database.run("CREATE TABLE cloud.made_since (id INT PRIMARY KEY)");
        assertThat(bench.picture()).isEqualTo(before);
    }

    private boolean isUnfinished() {
        try (Connection connection = bench.database.dataSource().getConnection()) {
            return RestoreInProgress.isThere(connection, "cloud");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Finding refused(FindingCode code) {
        Finding finding = refusal(code);
        assertThat(bench.picture()).isEqualTo(before);
        return finding;
    }

    private Finding refusal(FindingCode code) {
        return BackupBench.refusal(code, () -> bench.restore(backup));
    }

    private byte[] content() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(dump)))) {
            return in.readAllBytes();
        }
    }

    private void rewrite(byte[] content, String manifestText) throws IOException {
        ForgedBackup.write(backup.folder(), content, manifestText);
    }
}
