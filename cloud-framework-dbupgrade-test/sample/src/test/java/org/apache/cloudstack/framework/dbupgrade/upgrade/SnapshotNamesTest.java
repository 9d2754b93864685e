package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot belongs to the migrations, and is compared with databases of any name. */
class SnapshotNamesTest {

    private static final String[] HERE = {"cloud", "cloud_usage"};
    private static final String[] THERE = {"cs", "Cs-usage.2"};

    @TempDir
    Path path;

    private TestDatabase server;
    private MigrationFolder folder;

    @BeforeEach
    void migrations() {
        server = TestDatabase.fresh(TestServers.shared(), THERE);
        folder = new MigrationFolder(path).with("V_100_A.sql", """
                CREATE TABLE vm (id INT PRIMARY KEY, name VARCHAR(20) DEFAULT '#1.x', mark VARCHAR(9) AS (CONCAT(name, 'cs.')));
                CREATE TABLE nic (id INT PRIMARY KEY, vm INT,
                    CONSTRAINT fk_vm FOREIGN KEY (vm) REFERENCES vm (id), CONSTRAINT c_id CHECK (id > 0));
                CREATE FUNCTION twice(number INT) RETURNS INT DETERMINISTIC RETURN number * 2;
                CREATE PROCEDURE sweep() DELETE FROM nic WHERE vm IN (SELECT id FROM vm);
                CREATE TRIGGER vm_gone BEFORE DELETE ON vm FOR EACH ROW DELETE FROM nic WHERE vm = OLD.id;
                CREATE VIEW names AS SELECT cs.name, twice(cs.id), 'from `cs`.`vm` #1.' AS text FROM vm cs;
                CREATE VIEW cloud AS SELECT cloud.id FROM nic cloud LEFT JOIN (vm, vm more) ON vm.id = cloud.vm;
                CREATE VIEW plain AS SELECT vm.id, (SELECT MAX(nic.id) FROM nic WHERE nic.vm = vm.id) FROM vm;
                SELECT MAX(schema_name) INTO @second FROM information_schema.schemata WHERE schema_name LIKE '%usage%';
                SET @text = CONCAT('CREATE TABLE `', @second, '`.job (vm INT, FOREIGN KEY fk_job (vm) REFERENCES `', DATABASE(), '`.vm (id))');
                PREPARE made FROM @text;
                EXECUTE made;
                SET @text = CONCAT('CREATE VIEW jobs AS SELECT job.vm FROM `', @second, '`.job');
                PREPARE made FROM @text;
                EXECUTE made;
                """);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aSnapshotServesDatabasesOfOtherNames() {
        SnapshotFile taken = installed(HERE).snapshot();
        folder.with(taken.path(), taken.text());
        server.run("DROP DATABASE cloud_usage; DROP DATABASE cloud");

        DatabaseUpgrade there = installed(THERE);

        assertThat(there.snapshot().text()).isEqualTo(taken.text());
        assertThat(there.verify().lines())
                .containsExactly("The database is at release 1.0.0 and is what that release makes.");
    }

    @Test
    void whatDiffersHasTheNameThatItHasHere() {
        DatabaseUpgrade there = installed(THERE);
        folder.with("schema/1.0.0.json", there.snapshot().text());
        server.run("ALTER TABLE cs.nic DROP FOREIGN KEY fk_vm; ALTER TABLE cs.vm ADD state INT");

        assertThat(there.verify().differences())
                .extracting(SchemaDifference::toString)
                .containsExactly(
                        "index cs.nic.fk_vm: expected none, found (vm)",
                        "foreign key cs.nic.fk_vm: expected (vm) REFERENCES cs.vm (id) ON DELETE NO ACTION ON UPDATE NO ACTION, found missing",
                        "column cs.vm.state: expected none, found int");
    }

    @Test
    void aViewOnAnotherDatabaseOfTheSameTableDiffers() {
        DatabaseUpgrade here = installed(HERE);
        folder.with("schema/1.0.0.json", here.snapshot().text());
        server.run("CREATE DATABASE cs; CREATE TABLE cs.job (vm INT); "
                + "CREATE OR REPLACE VIEW cloud.jobs AS SELECT job.vm FROM cs.job");

        assertThat(here.verify().differences())
                .extracting(SchemaDifference::object)
                .containsExactly("cloud.jobs");
    }

    @Test
    void aSnapshotOfNamedDatabasesServesThoseAlone() {
        DatabaseUpgrade here = installed(HERE);
        String named = here.snapshot()
                .text()
                .replace("\"#1", "\"cloud")
                .replace("\"#2", "\"cloud_usage")
                .replaceAll("#1(?=\\.(vm|nic|twice|job))", "cloud")
                .replace("#2.", "cloud_usage.");
        folder.with("schema/1.0.0.json", named);
        assertThat(here.verify().differences()).isEmpty();

        folder.with("schema/1.0.0.json", named.replace("\"cloud_usage", "\"other"));

        assertThat(here.verify().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.SNAPSHOT_UNREADABLE);
            assertThat(finding.problem()).contains("cloud, other", "cloud, cloud_usage");
        });
    }

    private DatabaseUpgrade installed(String... schemas) {
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(server.dataSource())
                .settings(UpgradeSettings.defaults().withSchemas(schemas).withLocations(folder.location()))
                .build();
        upgrade.upgrade();
        return upgrade;
    }
}
