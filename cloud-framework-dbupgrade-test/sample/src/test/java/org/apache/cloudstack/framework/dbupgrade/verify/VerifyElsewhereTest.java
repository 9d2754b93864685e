package org.apache.cloudstack.framework.dbupgrade.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Test;

/** A snapshot holds on servers of other settings: what a setting adds or renames is no difference. */
@UpgradeDatabase
class VerifyElsewhereTest {

    private static final String DATABASE = "DROP DATABASE IF EXISTS cloud; CREATE DATABASE cloud COLLATE utf8mb4_bin; ";
    private static final String SCHEMA = """
            CREATE TABLE cloud.VM_Instance (Id INT PRIMARY KEY, Name VARCHAR(20));
            CREATE TABLE cloud.Nic (Id INT PRIMARY KEY, Vm INT, FOREIGN KEY (Vm) REFERENCES cloud.VM_Instance (Id));
            CREATE INDEX I_Name ON cloud.VM_Instance (name);
            CREATE VIEW cloud.Vm_View AS SELECT v.Id, v.Name FROM cloud.VM_Instance v;
            CREATE TRIGGER cloud.Vm_Trigger BEFORE INSERT ON cloud.VM_Instance FOR EACH ROW SET NEW.Name = 'x'
            """;

    @Test
    void namesInLowerCaseAreNoDifference(MigratedDatabase database) throws Exception {
        database.server().run(DATABASE + SCHEMA);
        SnapshotFile here = file(database.dataSource());
        try (KillableServer folding = KillableServer.start("--lower-case-table-names=1");
                TestDatabase there = TestDatabase.fresh(folding)) {
            there.run(DATABASE + SCHEMA);
            SnapshotFile folded = file(folding.dataSource());

            assertThat(differences(folding.dataSource(), here)).isEmpty();
            assertThat(differences(database.dataSource(), SnapshotFile.parse(folded.text())))
                    .isEmpty();
            assertThat(differences(folding.dataSource(), SnapshotFile.parse(folded.text())))
                    .isEmpty();
            assertThat(folded.text()).contains("with lower_case_table_names");

            there.run("ALTER TABLE cloud.vm_instance ADD extra INT");
            assertThat(differences(folding.dataSource(), here))
                    .extracting(SchemaDifference::object)
                    .containsExactly("cloud.vm_instance.extra");
        }
    }

    @Test
    void theKeyThatMySqlGeneratesIsNoDifference(MigratedDatabase database) throws Exception {
        assumeThat(database.jdbc().sql("SELECT VERSION()").query(String.class).single())
                .doesNotContain("MariaDB");
        database.server().run("CREATE DATABASE IF NOT EXISTS cloud; CREATE TABLE cloud.t (a INT)");
        SnapshotFile without = file(database.dataSource());
        database.server()
                .run("DROP TABLE cloud.t; SET SESSION sql_generate_invisible_primary_key = ON;"
                        + " CREATE TABLE cloud.t (a INT)");

        assertThat(database.jdbc()
                        .sql("SELECT column_name FROM information_schema.columns WHERE table_schema = 'cloud'")
                        .query(String.class)
                        .list())
                .contains("my_row_id");
        assertThat(differences(database.dataSource(), without)).isEmpty();
    }

    private static SnapshotFile file(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new SnapshotFile(
                    ReleaseVersion.of("1.0.0"),
                    new ReleaseId("0".repeat(64)),
                    SchemaSnapshot.readLogical(connection, List.of("cloud")));
        }
    }

    private static List<SchemaDifference> differences(DataSource dataSource, SnapshotFile expected)
            throws SQLException {
        return file(dataSource)
                .schema()
                .named(List.of("cloud"))
                .differencesFrom(expected.schema().named(List.of("cloud")));
    }
}
