package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.importer.BaseScripts;
import org.apache.cloudstack.framework.dbupgrade.importer.ImportPlan;
import org.apache.cloudstack.framework.dbupgrade.importer.LegacyImport;
import org.apache.cloudstack.framework.dbupgrade.importer.LegacySettings;
import org.apache.cloudstack.framework.dbupgrade.importer.UnterminatedTail;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A legacy tree with two lines, imported and run, comes to what its scripts came to under the runner they were made for. */
@UpgradeDatabase
class LegacyTreeTest {

    private static final String BASE = "create-schema.sql";
    private static final String PROCEDURE = "procedures/cloud.add_column.sql";
    private static final String VIEW = "views/cloud.host_view.sql";
    private static final Map<String, String> TREE = Map.of(
            BASE,
            """
            --;
            -- It's the schema of 4.0.0; nothing else
            --;
            CREATE TABLE cloud.host (
              id INT PRIMARY KEY, --the key
              name VARCHAR(40) NOT NULL DEFAULT 'a;b', -- it's a name
            // not any more: tag CHAR(9),
            --state CHAR(9),
            # and no more
              size INT
            ) ENGINE=InnoDB;
            CREATE TABLE cloud.note (id INT PRIMARY KEY, text VARCHAR(90)); -- sent with the next line
            INSERT INTO cloud.note VALUES (1, 'one; and');
            """,
            "schema-40to452.sql",
            """
            CALL cloud.ADD_COLUMN('cloud.host', 'cores INT');
            INSERT INTO cloud.note VALUES (2, 'two
              lines'), (3, 'it''s');
            UPDATE cloud.note SET text = CONCAT(text, ';') WHERE id = 1; DELETE FROM cloud.note WHERE id = 3;
            """,
            "schema-452to453.sql",
            """
            ALTER TABLE cloud.host ADD INDEX i_name (name);
            DROP TABLE cloud.note
            """,
            "schema-452to460.sql",
            """
            ALTER TABLE cloud.host ADD COLUMN six INT DEFAULT 6 -- added;
            """,
            "schema-460to461.sql",
            """
            INSERT INTO cloud.host (id, size) VALUES (7, 7--1);
            UPDATE cloud.host SET size = size + 5--1
            , name = 'seven' WHERE id = 7;
            """,
            "schema-460to461-cleanup.sql",
            """
            --;
            -- Nothing to clean up;
            --;
            """,
            PROCEDURE,
            """
            DROP PROCEDURE IF EXISTS cloud.ADD_COLUMN;

            CREATE PROCEDURE cloud.ADD_COLUMN (
              IN in_table VARCHAR(200) -- which; table
              , IN in_column VARCHAR(200)
            )
            BEGIN

              DECLARE CONTINUE HANDLER FOR 1060 BEGIN END; SET @ddl = CONCAT('ALTER TABLE ', in_table, ' ADD COLUMN ', in_column); PREPARE stmt FROM @ddl; EXECUTE stmt; DEALLOCATE PREPARE stmt; END;
            """,
            VIEW,
            """
            CREATE OR REPLACE VIEW cloud.host_view AS
            SELECT id, -- the key
              cores FROM cloud.host # the end;
            """);

    @TempDir
    Path folder;

    @Test
    void itEndsAsUnderItsOldRunner(MigratedDatabase database) throws Exception {
        ImportPlan plan = importTree();
        Path target = folder.resolve("migrations");
        plan.write(target);
        Workbench bench = new Workbench(target, database);
        assertThat(bench.scriptsRun())
                .containsExactly(
                        "R_cloud.add_column.sql",
                        "V_4.0.0_A__create-schema.sql",
                        "V_4.5.2_A__from_40.sql",
                        "V_4.5.3_A__from_452.sql",
                        "V_4.6.0_A__from_452.sql",
                        "V_4.6.1_A__from_460.sql",
                        "V_4.6.1_C__from_460_cleanup.sql",
                        "R_cloud.host_view.sql");
        Ending imported = ending(bench.database());
        String collation = bench.value(
                String.class,
                "SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = 'cloud'");
        bench.database().run("DROP DATABASE cloud; CREATE DATABASE cloud COLLATE " + collation);

        List.of(PROCEDURE, BASE, "schema-40to452.sql", "schema-452to453.sql", "schema-452to460.sql")
                .forEach(file -> runAsOnce(bench.database(), file));
        assertThat(ending(bench.database())).isNotEqualTo(imported);
        List.of("schema-460to461.sql", VIEW).forEach(file -> runAsOnce(bench.database(), file));

        Ending once = ending(bench.database());
        assertThat(imported.schema().differencesFrom(once.schema())).isEmpty();
        assertThat(imported).isEqualTo(once);
    }

    private ImportPlan importTree() throws IOException {
        Path tree = folder.resolve("db");
        for (Map.Entry<String, String> file : TREE.entrySet()) {
            Files.createDirectories(tree.resolve(file.getKey()).getParent());
            Files.writeString(tree.resolve(file.getKey()), file.getValue());
        }
        LegacySettings settings = LegacySettings.none()
                .withBase(BaseScripts.of(BASE + "=4.0.0"))
                .withFollows(ReleaseVersion.of("4.6.1"), List.of(ReleaseVersion.of("4.5.3")));
        ImportPlan plan = new LegacyImport(settings).read(tree);
        assertThat(plan.doubts()).isEmpty();
        assertThat(plan.dropped()).extracting(UnterminatedTail::text).containsExactly("DROP TABLE cloud.note");
        return plan;
    }

    private static Ending ending(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return new Ending(
                    SchemaSnapshot.read(connection, List.of("cloud")),
                    database.rows("SELECT * FROM cloud.host ORDER BY id"),
                    database.rows("SELECT * FROM cloud.note ORDER BY id"));
        }
    }

    /** As CloudStack's runner did: a statement ends where a line does, and comments are known by the start of a line. */
    private static void runAsOnce(TestDatabase database, String file) {
        StringBuilder command = new StringBuilder();
        for (String line : TREE.getOrDefault(file, "").split("\n")) {
            String trimmed = line.trim();
            if (trimmed.isEmpty() || trimmed.matches("(--|//|#).*")) {
                continue;
            }
            if (trimmed.endsWith(";")) {
                database.run(command.append(line, 0, line.lastIndexOf(';')).toString());
                command.setLength(0);
            } else {
                int dashes = line.indexOf("--");
                command.append(dashes < 0 ? line : line.substring(0, dashes)).append(' ');
            }
        }
    }

    private record Ending(SchemaSnapshot schema, List<Map<String, Object>> hosts, List<Map<String, Object>> notes) {}
}
