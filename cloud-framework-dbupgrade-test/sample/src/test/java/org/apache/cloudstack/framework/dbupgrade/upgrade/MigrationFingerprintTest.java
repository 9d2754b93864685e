package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start with nothing to do compares one value, which comes from the directory of the jar, and reads no migration. */
@UpgradeDatabase
class MigrationFingerprintTest {

    private static final String LOCATION = "packed/upgrade";
    private static final String BROKEN = "this is no SQL 'and has an open quote";

    @TempDir
    Path folder;

    @TempDir
    Path jars;

    private MigrationFolder migrations;

    @SuppressWarnings("NullAway.Init")
    private MigratedDatabase database;

    @BeforeEach
    void write() {
        migrations = new MigrationFolder(folder.resolve(LOCATION)).with("V_400_A.sql", "CREATE TABLE a (id INT);");
    }

    @Test
    void theSecondStartReadsNoMigration() throws IOException {
        Path jar = jar();
        assertThat(upgrade(jar).runs()).hasSize(1);
        damageBehindItsDirectory(jar, "V_400_A.sql");

        UpgradeReport second = upgrade(jar);

        assertThat(second.isUpToDate()).isTrue();
        assertThat(second.to()).map(Object::toString).contains("4.0.0");
    }

    @Test
    void newMigrationsHaveAnotherFingerprintAndAreRun() throws IOException {
        upgrade(jar());
        migrations.with("V_410_A.sql", "CREATE TABLE b (id INT);");

        assertThat(upgrade(jar()).runs()).hasSize(1);
        assertThat(upgrade(jar()).isUpToDate()).isTrue();
    }

    @Test
    void codeWhoseFingerprintIsNoLongerThatOfTheDatabaseReadsItsMigrations() throws IOException {
        Path old = jar();
        upgrade(old);
        migrations.with("V_410_A.sql", "DROP TABLE a;");
        upgrade(jar());

        assertRefusedFor(old, FindingCode.DATABASE_NEWER);
    }

    @Test
    void ofAHalfRestoredDatabaseNothingIsBelieved() throws IOException {
        upgrade(jar());
        assertThat(upgrade(jar()).isUpToDate()).isTrue();
        database.run("CREATE TABLE cloud.dbupgrade_restore (begun INT)");

        assertRefusedFor(jar(), FindingCode.RESTORE_UNFINISHED);

        database.run("DROP TABLE cloud.dbupgrade_restore");
        assertThat(upgrade(jar()).isUpToDate()).isTrue();
    }

    @Test
    void inADirectoryOfClassesAllMigrationsAreRead() throws IOException {
        upgrade(folder);
        migrations.with("not a migration.sql", BROKEN);

        assertRefusedFor(folder, FindingCode.MALFORMED_NAME);
    }

    private void assertRefusedFor(Path code, FindingCode reason) {
        assertThatThrownBy(() -> upgrade(code))
                .asInstanceOf(InstanceOfAssertFactories.type(UpgradeRefusedException.class))
                .extracting(UpgradeRefusedException::findings, InstanceOfAssertFactories.list(Finding.class))
                .extracting(Finding::code)
                .containsExactly(reason);
    }

    private UpgradeReport upgrade(Path code) throws IOException {
        URL url = code.toUri().toURL();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {url}, getClass().getClassLoader())) {
            return database.upgradeOn(database.dataSource(), database.settings().withLocations("classpath:" + LOCATION))
                    .classLoader(loader)
                    .build()
                    .upgrade();
        }
    }

    /** The directory of the jar still says what it said, and the file can no longer be read. */
    private static void damageBehindItsDirectory(Path jar, String file) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        int content = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(file) + file.length();
        Arrays.fill(bytes, content, content + 10, (byte) 0xFF);
        Files.write(jar, bytes);
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            assertThatThrownBy(() -> Files.readAllBytes(files.getPath(LOCATION, file)))
                    .isInstanceOf(IOException.class);
        }
    }

    /** A new jar of what is in the directory now. */
    private Path jar() throws IOException {
        Path jar = Files.createTempFile(jars, "code", ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> content = Files.walk(folder)) {
            for (Path each : content.filter(path -> !path.equals(folder)).toList()) {
                boolean isFolder = Files.isDirectory(each);
                zip.putNextEntry(new ZipEntry(folder.relativize(each) + (isFolder ? "/" : "")));
                zip.write(isFolder ? new byte[0] : Files.readAllBytes(each));
            }
        }
        return jar;
    }
}
