package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.apache.cloudstack.framework.dbupgrade.schema.Check.check;
import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.bigint;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.bool;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.datetime;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.decimal;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.enumOf;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.integer;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.json;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.text;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.varchar;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.fulltext;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.index;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.primaryKey;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.unique;
import static org.apache.cloudstack.framework.dbupgrade.schema.Reference.foreignKey;
import static org.apache.cloudstack.framework.dbupgrade.schema.TableOptions.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.schema.Reference;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change that is stated in Java is the change that a script would make, on every server. */
@UpgradeDatabase
class SchemaMigrationTest {

    private static final String WRITTEN = """
            CREATE TABLE account (
              id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
              uuid VARCHAR(40) CHARACTER SET latin1 COMMENT 'it''s known to the \\\\ "API"',
              state ENUM('enabled','locked') NOT NULL DEFAULT 'enabled',
              created DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
              quota DECIMAL(10,2) NOT NULL DEFAULT 1.5,
              doubled DECIMAL(10,2) GENERATED ALWAYS AS (quota * 2) STORED,
              removed TINYINT(1) NOT NULL DEFAULT 0,
              details JSON,
              note TEXT DEFAULT ('none'),
              PRIMARY KEY (id),
              UNIQUE KEY uc_account__uuid (uuid),
              KEY i_account__state (state, created DESC),
              FULLTEXT KEY f_account__note (note),
              CONSTRAINT c_account__quota CHECK (quota > 0)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='accounts';
            CREATE TABLE vm (
              id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
              account_id BIGINT UNSIGNED,
              name VARCHAR(100) NOT NULL,
              cpu INT NOT NULL,
              old INT,
              PRIMARY KEY (id),
              KEY i_old (old),
              CONSTRAINT fk_vm__account_id FOREIGN KEY (account_id) REFERENCES account (id)
                ON DELETE SET NULL ON UPDATE CASCADE
            );
            ALTER TABLE vm ADD power_state VARCHAR(32) AFTER name;
            ALTER TABLE vm MODIFY COLUMN name VARCHAR(255) NOT NULL;
            ALTER TABLE vm ALTER cpu SET DEFAULT 1;
            ALTER TABLE vm ADD KEY i_vm__name (name(20));
            ALTER TABLE vm DROP KEY i_old;
            ALTER TABLE vm RENAME COLUMN cpu TO cores;
            ALTER TABLE vm ADD COLUMN a INT, ADD COLUMN b INT, DROP COLUMN old;
            ALTER TABLE vm ALGORITHM=DEFAULT, ADD CONSTRAINT c_vm__cores CHECK (cores > 0);
            ALTER TABLE vm DROP CONSTRAINT c_vm__cores;
            ALTER TABLE vm DROP FOREIGN KEY fk_vm__account_id;
            ALTER TABLE vm COMMENT='machines';
            RENAME TABLE vm TO vm_instance;
            CREATE OR REPLACE VIEW running AS SELECT id, name FROM vm_instance WHERE power_state = 'PowerOn';
            CREATE TABLE cloud_usage.event (id BIGINT NOT NULL, PRIMARY KEY (id));
            INSERT INTO cloud_usage.event (id) VALUES (1), (2);
            """;

    @TempDir
    Path folder;

    private static void stated(Schema schema) {
        schema.table("account")
                .create(
                        column("id", bigint().unsigned()).autoIncrement(),
                        column("uuid", varchar(40).charset("latin1"))
                                .nullable()
                                .comment("it's known to the \\ \"API\""),
                        column("state", enumOf("enabled", "locked")).defaultsTo("enabled"),
                        column("created", datetime(3)).defaultsToNow().followsTime(),
                        column("quota", decimal(10, 2)).defaultsTo(new java.math.BigDecimal("1.5")),
                        column("doubled", decimal(10, 2)).storedAs("quota * 2"),
                        column("removed", bool()).defaultsTo(false),
                        column("details", json()).nullable(),
                        column("note", text()).nullable().defaultsToExpression("'none'"),
                        primaryKey("id"),
                        unique("uc_account__uuid", "uuid"),
                        index("i_account__state", "state").andDescending("created"),
                        fulltext("f_account__note", "note"),
                        check("c_account__quota", "quota > 0"),
                        options()
                                .engine("InnoDB")
                                .charset("utf8mb4")
                                .collation("utf8mb4_unicode_ci")
                                .comment("accounts"));
        schema.table("vm")
                .create(
                        column("id", bigint().unsigned()).autoIncrement(),
                        column("account_id", bigint().unsigned()).nullable(),
                        column("name", varchar(100)),
                        column("cpu", integer()),
                        column("old", integer()).nullable(),
                        primaryKey("id"),
                        index("i_old", "old"),
                        foreignKey("fk_vm__account_id", "account_id")
                                .references("account", "id")
                                .onDelete(Reference.Action.SET_NULL)
                                .onUpdate(Reference.Action.CASCADE));
        schema.table("vm")
                .add(column("power_state", varchar(32)).nullable().after("name"))
                .modify(column("name", varchar(255)))
                .setDefault("cpu", 1)
                .add(index("i_vm__name").andPrefix("name", 20))
                .dropIndex("i_old")
                .rename("cpu", "cores")
                .together(vm -> vm.add(column("a", integer()).nullable())
                        .add(column("b", integer()).nullable())
                        .dropColumn("old"))
                .copying()
                .add(check("c_vm__cores", "cores > 0"));
        schema.table("vm")
                .dropCheck("c_vm__cores")
                .dropForeignKey("fk_vm__account_id")
                .change(options().comment("machines"))
                .renameTo("vm_instance");
        schema.view("running").as("SELECT id, name FROM vm_instance WHERE power_state = 'PowerOn'");
        schema.in("cloud_usage").table("event").create(column("id", bigint()), primaryKey("id"));
        schema.rows("INSERT INTO cloud_usage.event (id) VALUES (1), (2)");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStatedAndWhatIsWrittenMakeTheSameSchema(SchemaServer server) throws SQLException {
        SchemaSnapshot written;
        try (Workbench bench = new Workbench(folder, server.get())) {
            bench.with("V_400_A.sql", "-- dbupgrade: online=true\n" + WRITTEN);
            bench.upgrade().upgrade();
            written = snapshot(bench);
            bench.without("V_400_A.sql");
        }
        try (Workbench bench = new Workbench(folder, server.get())) {
            upgrade(bench, "V_400_A", SchemaMigrationTest::stated).upgrade();

            assertThat(snapshot(bench).differencesFrom(written)).isEmpty();
            assertThat(written.lines()).hasSizeGreaterThan(30);
            assertThat(bench.database().count("cloud_usage.event")).isEqualTo(2);
        }
    }

    @Test
    void whatIsStatedAndWhatIsWrittenAreTheSameOperations() {
        Schema schema = new Schema();
        stated(schema);
        List<SqlStatement> script = new FlywayScriptSplitter().split("V_400_A", WRITTEN);

        List<Analysis> written = new StatementAnalyzer().analyze(script, "");

        assertThat(inOneCase(schema.operations()))
                .isEqualTo(inOneCase(written.stream()
                        .flatMap(analysis -> analysis.operations().stream())
                        .toList()));
        assertThat(footprint(schema.operations()))
                .isEqualTo(written.stream().map(Analysis::footprint).reduce(Footprint.NONE, Footprint::plus));
    }

    @Test
    void aScriptWithTheSameTextIsTheSameChange(MigratedDatabase database) {
        Schema schema = new Schema();
        stated(schema);
        Workbench bench = new Workbench(folder, database);
        upgrade(bench, "V_400_A", SchemaMigrationTest::stated).upgrade();

        bench.with("V_400_A__by_hand.sql", schema.sql());

        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailureInTheMiddleItGoesOnAtTheStatement(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            UpgradeFailedException failure = catchThrowableOfType(UpgradeFailedException.class, () -> upgrade(
                            bench, "V_400_A", schema -> threeTables(schema, "no_such_table"))
                    .upgrade());
            assertThat(failure.findings())
                    .extracting(Finding::problem)
                    .singleElement()
                    .asString()
                    .startsWith("V_400_A failed in statement 3 of 4 (line ")
                    .contains("2 statements are done");

            upgrade(bench, "V_400_A", schema -> threeTables(schema, "vm")).upgrade();

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

            upgrade(bench, "V_410_A", schema -> {
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
            UpgradeFailedException failure = catchThrowableOfType(UpgradeFailedException.class, () -> upgrade(
                            bench, "V_410_A", schema -> schema.table("vm").modify(column("cpu", varchar(20))))
                    .upgrade());
            assertThat(failure.findings().get(0).toString()).contains("copying()");

            upgrade(bench, "V_410_A", schema -> schema.table("vm").copying().modify(column("cpu", varchar(20))))
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

        assertThat(upgrade(bench, "V_410_A", schema -> schema.table("vm").dropColumn("id"))
                        .preview()
                        .steps())
                .last()
                .satisfies(step -> assertThat(step.statements())
                        .extracting(SqlStatement::text)
                        .containsExactly("ALTER TABLE `vm` DROP COLUMN `id`"));
    }

    @Test
    void theRulesGoForItToo(MigratedDatabase database) {
        Workbench bench = new Workbench(folder, database);
        bench.with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY);");

        assertThat(upgrade(bench, "V_4_1_1_A", schema -> schema.table("vm").dropColumn("id"))
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
        DatabaseUpgrade upgrade = upgrade(bench, name, change);
        List<String> told = new ArrayList<>();
        told.add(upgrade.preview().steps().get(1).phase().name());
        upgrade.lint().forEach(finding -> told.add(finding.toString()));
        return told;
    }

    @Test
    void whatCannotBeIsToldWithClassTableAndColumn(MigratedDatabase database) {
        Workbench bench = new Workbench(folder, database);
        UpgradeRefusedException refusal = catchThrowableOfType(UpgradeRefusedException.class, () -> upgrade(
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
                catchThrowableOfType(UpgradeRefusedException.class, () -> upgrade(bench, "V_400_A", schema -> {})
                        .upgrade());

        assertThat(refusal.findings()).extracting(Finding::code).containsExactly(FindingCode.IMPOSSIBLE_CHANGE);
    }

    private record Stated(Consumer<Schema> content) implements SchemaMigration {

        @Override
        public void change(Schema schema) {
            content.accept(schema);
        }
    }

    private static DatabaseUpgrade upgrade(Workbench bench, String name, Consumer<Schema> change) {
        return DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(Map.of(name, new Stated(change)))
                .build();
    }

    private static SchemaSnapshot snapshot(Workbench bench) throws SQLException {
        try (Connection connection = bench.database().dataSource().getConnection()) {
            return SchemaSnapshot.read(connection, List.of("cloud", "cloud_usage"));
        }
    }

    /** Types and expressions are kept as they are written, quotes of names among them. */
    private static List<String> inOneCase(List<Operation> operations) {
        return operations.stream()
                .map(operation -> operation.toString().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    private static Footprint footprint(List<Operation> operations) {
        return operations.stream().map(Footprint::of).reduce(Footprint.NONE, Footprint::plus);
    }
}
