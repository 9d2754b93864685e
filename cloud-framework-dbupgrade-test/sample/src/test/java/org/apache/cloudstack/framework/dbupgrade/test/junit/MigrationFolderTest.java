package org.apache.cloudstack.framework.dbupgrade.test.junit;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertStopped;
import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerLease;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that write their migrations themselves, on databases that are given without any. */
@UpgradeDatabase
class MigrationFolderTest {

    private static final String SERVER = "mariadb:10.11";

    private MigrationFolder folder;
    private MigratedDatabase database;

    @BeforeEach
    void start(@TempDir Path path, MigratedDatabase empty) {
        folder = new MigrationFolder(path.resolve("migrations")).with("V_400_A.sql", "CREATE TABLE vm (id INT);");
        database = empty.withMigrations(folder);
    }

    @Test
    void aRepairedScriptGoesOn() {
        folder.with("V_410_A.sql", "ALTER TABLE vms ADD COLUMN state INT;");
        assertStopped(database::upgrade);

        folder.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN state INT;");
        database.upgrade();

        assertThat(database).isAt("4.1.0").hasTable("vm").withColumn("state");
    }

    @Test
    void aFileIsReplacedOrRemovedAndMayHaveAnyOctets() {
        folder.with("V_410_A.sql", "CREATE TABLE gone (id INT);")
                .without("V_410_A.sql")
                .with("V_400_A.sql", "CREATE TABLE vm (note VARCHAR(9) DEFAULT 'ä');".getBytes(StandardCharsets.UTF_8))
                .with("schema/README.md", "Snapshots come here.");

        database.upgrade();

        assertThat(database).isAt("4.0.0").hasTable("vm").withColumn("note").withDefault("ä");
        assertThat(folder.path().resolve("schema")).isDirectoryContaining("glob:**/README.md");
        assertThatThrownBy(() -> folder.without("V_410_A.sql")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void settingsOfOneTestAreChangedWithoutWhatElseItsUpgradesNeed() {
        MigratedDatabase refused = new MigratedDatabase(database.server(), database.settings(), upgrade -> {
            throw new IllegalStateException("asked");
        });

        MigratedDatabase changed = refused.withSettings(settings -> settings.withCreateSchemas(false));

        assertThat(changed.settings()).isEqualTo(database.settings().withCreateSchemas(false));
        assertThatThrownBy(changed::toNewest).hasMessage("asked");
        assertThatThrownBy(() -> changed.withSettings(settings -> settings.withSchemas("other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The databases are cloud, cloud_usage; name others as schemas");
    }

    @Test
    void databasesOfOneTestAreGoneForTheNextAndAfterwards() {
        EngineRun.of(Empty.class).assertPassed(2);

        try (ServerLease lease = TestServers.take(SERVER, Duration.ofMinutes(2))) {
            assertThat(schemas(JdbcClient.create(lease.server().dataSource()))).isEmpty();
        }
    }

    private static List<String> schemas(JdbcClient jdbc) {
        return jdbc.sql("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'cloud%'")
                .query(String.class)
                .list();
    }

    @UpgradeDatabase(server = SERVER)
    static class Empty {
        @RepeatedTest(2)
        void hasNoDatabases(MigratedDatabase empty) {
            assertThat(schemas(empty.jdbc())).isEmpty();
            empty.run("CREATE DATABASE cloud; CREATE DATABASE cloud_usage; CREATE TABLE cloud.t (id INT)");
        }
    }
}
