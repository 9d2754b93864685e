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

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.schema.Reference;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change that is stated in Java is the change that a script would make, on every server. */
@UpgradeDatabase
class StatedAndWrittenTest {

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
            Stated.upgrade(bench, "V_400_A", StatedAndWrittenTest::stated).upgrade();

            assertThat(snapshot(bench).differencesFrom(written)).isEmpty();
            assertThat(written.lines()).hasSizeGreaterThan(30);
            assertThat(bench.database().count("cloud_usage.event")).isEqualTo(2);
        }
    }

    @Test
    void whatIsStatedAndWhatIsWrittenAreTheSameOperations() {
        Schema schema = new Schema();
        stated(schema);
        List<Analysis> read = read(schema.sql());
        List<Analysis> written = read(WRITTEN);

        assertThat(inOneCase(operations(read))).isEqualTo(inOneCase(operations(written)));
        assertThat(footprint(read)).isEqualTo(footprint(written));
    }

    private static List<Analysis> read(String script) {
        return new StatementAnalyzer().analyze(ClientSplitter.split("V_400_A", script), "");
    }

    private static List<Operation> operations(List<Analysis> script) {
        return script.stream().flatMap(each -> each.operations().stream()).toList();
    }

    private static Footprint footprint(List<Analysis> script) {
        return script.stream().map(Analysis::footprint).reduce(Footprint.NONE, Footprint::plus);
    }

    @Test
    void aScriptWithTheSameTextIsTheSameChange(MigratedDatabase database) {
        Schema schema = new Schema();
        stated(schema);
        Workbench bench = new Workbench(folder, database);
        Stated.upgrade(bench, "V_400_A", StatedAndWrittenTest::stated).upgrade();

        bench.with("V_400_A__by_hand.sql", schema.sql());

        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
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
}
