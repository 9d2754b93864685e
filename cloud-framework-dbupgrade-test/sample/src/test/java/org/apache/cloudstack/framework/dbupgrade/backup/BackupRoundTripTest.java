package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRoundTripTest {

    private final BackupBench bench;

    BackupRoundTripTest(@TempDir Path folder) {
        this.bench = new BackupBench(folder);
    }

    @AfterEach
    void dropDatabases() {
        bench.close();
    }

    @Test
    void everythingComesBackAndNothingElseStays() throws SQLException {
        OneOfEverything.createIn(bench.database);
        List<String> before = bench.picture();
        SchemaSnapshot schemaBefore = snapshot();

        Backup backup = bench.take();
        bench.database.run("""
                SET SESSION foreign_key_checks = 0;
                ALTER DATABASE cloud CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
                DROP TABLE cloud.octets;
                DROP VIEW cloud.z_base;
                DROP PROCEDURE cloud.fill;
                DROP EVENT cloud.`nightly job`;
                UPDATE cloud.number SET price = 0;
                INSERT INTO cloud.egg VALUES (2, 1, 1);
                CREATE TABLE cloud.made_since (id INT PRIMARY KEY);
                CREATE PROCEDURE cloud_usage.made_since() SELECT 1;
                DROP TABLE cloud_usage.hours""");
        assertThat(bench.picture()).isNotEqualTo(before);
        bench.restore(backup);

        assertThat(bench.picture()).isEqualTo(before);
        assertThat(snapshot().differencesFrom(schemaBefore)).isEmpty();
    }

    @Test
    void aRestoreCanBeRepeatedAndBringsDroppedDatabasesBack() {
        bench.withSmallDatabases();
        List<String> before = bench.picture();
        Backup backup = bench.take();
        bench.database.run("DROP DATABASE cloud; DROP DATABASE cloud_usage");

        bench.restore(backup);
        bench.restore(backup);

        assertThat(bench.picture()).isEqualTo(before);
    }

    @Test
    void aDatabaseMayHaveAnyName() throws SQLException {
        String odd = "--a`b 'c' \"d\" größe$ SELECT";
        List<String> schemas = List.of(odd, "cloud");
        bench.withSmallDatabases();
        try (Connection connection = bench.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + Identifier.quote(odd) + " CHARACTER SET utf8mb4");
            try {
                statement.execute("CREATE TABLE " + Identifier.quote(odd, "x") + " AS SELECT 1 AS id");
                List<String> before = bench.picture(schemas);
                Backup backup = bench.backups().take(schemas, BackupBench.LABEL, bench.folder, BackupListener.NONE);
                statement.execute("DROP TABLE " + Identifier.quote(odd, "x"));

                bench.restore().restore(backup.folder(), schemas, BackupListener.NONE);

                assertThat(bench.picture(schemas)).isEqualTo(before);
            } finally {
                statement.execute("DROP DATABASE IF EXISTS " + Identifier.quote(odd));
            }
        }
    }

    @Test
    void theManifestSaysWhatTheBackupIsOf() {
        bench.withSmallDatabases();
        bench.database.run("ALTER DATABASE cloud CHARACTER SET latin1 COLLATE latin1_german1_ci");

        BackupManifest manifest = Backup.open(bench.take().folder()).manifest();

        assertThat(manifest.label()).isEqualTo(BackupBench.LABEL);
        assertThat(manifest.server().name()).isEqualTo(bench.product().toString());
        assertThat(manifest.tool().version()).isNotEmpty();
        assertThat(manifest.names()).isEqualTo(BackupBench.SCHEMAS);
        assertThat(manifest.databases().get(0).collation()).isEqualTo("latin1_german1_ci");
        assertThat(manifest.files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("databases.sql.gz");
            assertThat(file.sha256()).hasSize(64);
        });
    }

    @Test
    void onlyTheOwnerCanReadABackup() throws Exception {
        bench.withSmallDatabases();

        Path folder = bench.take().folder();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
        assertThat(bench.left()).containsExactly(folder);
    }

    @Test
    void progressIsToldOfEveryDatabaseUpToTheLastByte() {
        bench.withSmallDatabases();
        List<String> databases = new ArrayList<>();
        List<Long> done = new ArrayList<>();
        BackupListener listener = (database, bytes, total) -> {
            databases.add(database);
            done.add(bytes);
        };

        Backup backup = bench.backups().take(BackupBench.SCHEMAS, BackupBench.LABEL, bench.folder, listener);

        assertThat(databases).contains("cloud", "cloud_usage");
        assertThat(done).isSorted().endsWith(backup.manifest().bytes());
        done.clear();
        bench.restore().restore(backup.folder(), BackupBench.SCHEMAS, (database, bytes, total) -> {
            assertThat(total).isEqualTo(backup.manifest().bytes());
            done.add(bytes);
        });
        assertThat(done).endsWith(backup.manifest().bytes());
    }

    private SchemaSnapshot snapshot() throws SQLException {
        try (Connection connection = bench.database.dataSource().getConnection()) {
            return SchemaSnapshot.read(connection, BackupBench.SCHEMAS);
        }
    }
}
