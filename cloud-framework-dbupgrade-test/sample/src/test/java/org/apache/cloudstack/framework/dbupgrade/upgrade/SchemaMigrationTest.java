package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.bigint;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.varchar;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.index;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.primaryKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes that are stated in Java are run, resumed, planned and checked as scripts are. */
@UpgradeDatabase
class SchemaMigrationTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void afterAFailureInTheMiddleItGoesOnAtTheStatement(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            UpgradeFailedException failure = catchThrowableOfType(UpgradeFailedException.class, () -> Stated.upgrade(
                            bench, "V_400_A", schema -> threeTables(schema, "no_such_table"))
                    .upgrade());
            assertThat(failure.findings())
                    .extracting(Finding::problem)
                    .singleElement()
                    .asString()
                    .startsWith("V_400_A failed in statement 3 of 4 (line ")
                    .contains("2 statements are done");

            Stated.upgrade(bench, "V_400_A", schema -> threeTables(schema, "vm"))
                    .upgrade();

            assertThat(bench.tables()).contains("cloud.account", "cloud.vm", "cloud.host");
            assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.vm WHERE state IS NULL"))
                    .isZero();
        }
    }

    private static void threeTables(Schema schema, String altered) {
        schema.table("account").create(column("id", bigint()), primaryKey("id"));
        schema.table("vm").create(column("id", bigint()), primaryKey("id"));
        schema.table(altered).add(column("state", varchar(20)).nullable());
        schema.table("host").create(column("id", bigint()), primaryKey("id"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsThereAlreadyIsLeftAsItIsWhereThatIsSaid(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            bench.with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY, state VARCHAR(9), KEY i_state (state));");

            Stated.upgrade(bench, "V_410_A", schema -> {
                        schema.table("vm")
                                .ifMissing()
                                .create(column("id", bigint()))
                                .add(column("state", varchar(20)).nullable())
                                .add(column("name", varchar(20)).nullable())
                                .add(index("i_state", "id"));
                        schema.table("vm")
                                .ifThere()
                                .dropColumn("nothing")
                                .dropIndex("i_nothing")
                                .dropColumn("name");
                        schema.table("nothing").ifThere().drop();
                        schema.view("nothing").ifThere().drop();
                    })
                    .upgrade();

            assertThat(bench.value(
                            String.class,
                            "SELECT GROUP_CONCAT(column_type ORDER BY 1) FROM information_schema.columns"
                                    + " WHERE table_schema = 'cloud' AND table_name = 'vm' AND column_name <> 'id'"))
                    .isEqualTo("varchar(9)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableIsCopiedOnlyWhereThatIsSaid(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            bench.with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY, cpu INT); INSERT INTO vm VALUES (1, 2);");
            UpgradeFailedException failure = catchThrowableOfType(UpgradeFailedException.class, () -> Stated.upgrade(
                            bench, "V_410_A", schema -> schema.table("vm").modify(column("cpu", varchar(20))))
                    .upgrade());
            assertThat(failure.findings().get(0).toString()).contains("copying()");

            Stated.upgrade(bench, "V_410_A", schema -> schema.table("vm")
                            .copying()
                            .modify(column("cpu", varchar(20))))
                    .upgrade();

            assertThat(bench.value(String.class, "SELECT cpu FROM cloud.vm")).isEqualTo("2");
        }
    }

    @Test
    void aClassInALocationIsFoundUnderItsName(MigratedDatabase database) {
        Workbench bench = new Workbench(folder, database);
        bench.with("V_400_A.sql", "CREATE TABLE vm_instance (id INT PRIMARY KEY, state VARCHAR(20));")
                .with("V_410_A.sql", "INSERT INTO vm_instance VALUES (1, 'Running'), (2, 'Stopped');")
                .settings(settings -> settings.withLocations(
                        "filesystem:" + folder, "classpath:org/apache/cloudstack/framework/dbupgrade/upgrade/stated"));

        assertThat(bench.upgrade().lint()).isEmpty();
        assertThat(bench.scriptsRun()).containsExactly("V_400_A.sql", "V_410_A.sql", "V_410_B__power_state");

        assertThat(bench.database().rows("SELECT id FROM cloud.vm_instance WHERE power_state = 'PowerOn'"))
                .hasSize(1);
        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
    }

    @Test
    void thePlanShowsItsStatements(MigratedDatabase database) {
        Workbench bench = new Workbench(folder, database);
        bench.with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY);");

        assertThat(Stated.upgrade(bench, "V_410_A", schema -> schema.table("vm").dropColumn("id"))
                        .preview()
                        .steps())
                .last()
                .satisfies(step -> assertThat(step.step().migration().statements())
                        .extracting(SqlStatement::text)
                        .containsExactly("ALTER TABLE `vm` DROP COLUMN `id`"));
    }

    @Test
    void theRulesGoForItToo(MigratedDatabase database) {
        Workbench bench = new Workbench(folder, database);
        bench.with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY);");

        assertThat(Stated.upgrade(
                                bench, "V_4_1_1_A", schema -> schema.table("vm").dropColumn("id"))
                        .lint())
                .extracting(finding -> finding.rule().id())
                .contains("contract-in-patch", "patch-without-reason");
    }

    @Test
    void theHalvesOfARenameKnowTheirPhaseAndBreakNoRule(MigratedDatabase database) {
        Consumer<Schema> expand = schema -> schema.table("vm")
                .renameColumn("size")
                .to(column("ram", bigint()))
                .expand();
        Consumer<Schema> contract = schema -> schema.table("vm")
                .renameColumn("size")
                .to(column("ram", bigint()))
                .contract();

        assertThat(phaseAndFindings(database, "V_410_A", expand)).containsExactly("EXPAND");
        assertThat(phaseAndFindings(database, "V_420_A", contract)).containsExactly("CONTRACT");
    }

    private List<String> phaseAndFindings(MigratedDatabase database, String name, Consumer<Schema> change) {
        Workbench bench = new Workbench(folder, database);
        bench.with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY, size BIGINT NOT NULL);");
        DatabaseUpgrade upgrade = Stated.upgrade(bench, name, change);
        List<String> told = new ArrayList<>();
        told.add(upgrade.preview().steps().get(1).phase().name());
        upgrade.lint().forEach(finding -> told.add(finding.toString()));
        return told;
    }

    @Test
    void whatCannotBeIsToldWithClassTableAndColumn(MigratedDatabase database) {
        Workbench bench = new Workbench(folder, database);
        UpgradeRefusedException refusal = catchThrowableOfType(UpgradeRefusedException.class, () -> Stated.upgrade(
                        bench, "V_400_A", schema -> schema.table("vm").add(column("x", varchar(70_000))))
                .upgrade());

        assertThat(refusal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.IMPOSSIBLE_CHANGE);
            assertThat(finding.problem())
                    .contains(Stated.class.getName(), "table vm, column x: varchar takes 0 to 65535, not 70000");
        });
        assertThat(bench.databases()).isEmpty();
    }

    @Test
    void aClassThatStatesNothingIsRefused(MigratedDatabase database) {
        Workbench bench = new Workbench(folder, database);
        UpgradeRefusedException refusal =
                catchThrowableOfType(UpgradeRefusedException.class, () -> Stated.upgrade(bench, "V_400_A", schema -> {})
                        .upgrade());

        assertThat(refusal.findings()).extracting(Finding::code).containsExactly(FindingCode.IMPOSSIBLE_CHANGE);
    }
}
