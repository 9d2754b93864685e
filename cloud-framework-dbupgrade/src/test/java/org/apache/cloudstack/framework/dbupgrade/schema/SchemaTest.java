package org.apache.cloudstack.framework.dbupgrade.schema;

import static org.apache.cloudstack.framework.dbupgrade.schema.Check.check;
import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.bigint;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.bool;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.datetime;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.decimal;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.enumOf;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.integer;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.json;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.setOf;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.smallint;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.text;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.timestamp;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.varchar;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.fulltext;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.index;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.primaryKey;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.unique;
import static org.apache.cloudstack.framework.dbupgrade.schema.Reference.foreignKey;
import static org.apache.cloudstack.framework.dbupgrade.schema.TableOptions.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stated in Java is one statement each, and what no server could do is refused when it is stated. */
class SchemaTest {

    private static Arguments wrong(String message, Consumer<Table> change) {
        return Arguments.of(message, change);
    }

    @Test
    void aTableIsCreatedAsItIsWritten() {
        Schema schema = new Schema();

        schema.table("vm")
                .create(
                        column("id", bigint().unsigned()).autoIncrement(),
                        column("uuid", varchar(40).charset("ascii")).nullable().comment("known to the API"),
                        column("state", enumOf("Running", "Stopped")).defaultsTo("Stopped"),
                        column("created", datetime(3)).defaultsToNow().followsTime(),
                        column("host_id", bigint().unsigned()).nullable(),
                        column("weight", decimal(10, 2)).defaultsTo(1),
                        column("double_weight", decimal(10, 2)).storedAs("weight * 2"),
                        primaryKey("id"),
                        unique("uc_vm__uuid", "uuid"),
                        index("i_vm__state", "state").andDescending("created"),
                        foreignKey("fk_vm__host_id", "host_id")
                                .references("host", "id")
                                .onDelete(Reference.Action.SET_NULL),
                        check("c_vm__weight", "weight > 0"),
                        options().engine("InnoDB").charset("utf8mb4").comment("it's a VM"));

        assertThat(schema.sql()).isEqualTo("""
                CREATE TABLE `vm` (
                  `id` bigint UNSIGNED NOT NULL AUTO_INCREMENT,
                  `uuid` varchar(40) CHARACTER SET ascii NULL COMMENT 'known to the API',
                  `state` enum('Running', 'Stopped') NOT NULL DEFAULT 'Stopped',
                  `created` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
                  `host_id` bigint UNSIGNED NULL,
                  `weight` decimal(10, 2) NOT NULL DEFAULT 1,
                  `double_weight` decimal(10, 2) GENERATED ALWAYS AS (weight * 2) STORED,
                  PRIMARY KEY (`id`),
                  UNIQUE INDEX `uc_vm__uuid` (`uuid`),
                  INDEX `i_vm__state` (`state`, `created` DESC),
                  CONSTRAINT `fk_vm__host_id` FOREIGN KEY (`host_id`) REFERENCES `host` (`id`) ON DELETE SET NULL,
                  CONSTRAINT `c_vm__weight` CHECK (weight > 0)
                ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT='it''s a VM';""");
    }

    @Test
    void askingForAProgramThatCopiesChangesNoText() {
        Schema asked = new Schema();
        asked.table("vm").copying(CopyTool.PT_ONLINE_SCHEMA_CHANGE).modify(column("name", varchar(255)));
        Schema plain = new Schema();
        plain.table("vm").copying().modify(column("name", varchar(255)));

        assertThat(asked.sql()).isEqualTo(plain.sql());
        assertThat(asked.copyWith()).contains(CopyTool.PT_ONLINE_SCHEMA_CHANGE);
        assertThat(plain.copyWith()).isEmpty();
    }

    @Test
    void aTableIsChangedByOneStatementForEachChange() {
        Schema schema = new Schema();

        schema.table("vm_instance")
                .add(column("power_state", varchar(32)).nullable().after("state"))
                .modify(column("name", varchar(255)))
                .add(index("i_vm_instance__name").andPrefix("name", 20))
                .setDefault("power_state", "PowerOff")
                .dropIndex("i_old")
                .copying()
                .add(fulltext("f_vm_instance__name", "name"))
                .together(vm -> vm.dropColumn("a").dropColumn("b"));
        schema.in("cloud_usage")
                .table("usage_event")
                .ifMissing()
                .add(column("zone_id", bigint()).defaultsTo(0));
        schema.rows("UPDATE vm_instance SET power_state = 'PowerOn' WHERE state = 'Running'");
        schema.view("running_vm").as("SELECT id FROM vm_instance WHERE state = 'Running'");

        assertThat(schema.sql()).isEqualTo("""
                ALTER TABLE `vm_instance` ADD COLUMN `power_state` varchar(32) NULL AFTER `state`;
                ALTER TABLE `vm_instance` MODIFY COLUMN `name` varchar(255) NOT NULL;
                ALTER TABLE `vm_instance` ADD INDEX `i_vm_instance__name` (`name`(20));
                ALTER TABLE `vm_instance` ALTER COLUMN `power_state` SET DEFAULT 'PowerOff';
                ALTER TABLE `vm_instance` DROP INDEX `i_old`;
                ALTER TABLE `vm_instance` ALGORITHM=DEFAULT, ADD FULLTEXT INDEX `f_vm_instance__name` (`name`);
                ALTER TABLE `vm_instance` ALGORITHM=DEFAULT, DROP COLUMN `a`, DROP COLUMN `b`;
                ALTER TABLE `cloud_usage`.`usage_event` ADD COLUMN IF NOT EXISTS `zone_id` bigint NOT NULL DEFAULT 0;
                UPDATE vm_instance SET power_state = 'PowerOn' WHERE state = 'Running';
                CREATE OR REPLACE VIEW `running_vm` AS SELECT id FROM vm_instance WHERE state = 'Running';""");
    }

    @Test
    void theTwoHalvesOfARenamedColumnKeepBothNamesUsable() {
        Schema expand = new Schema();
        Schema contract = new Schema();

        expand.table("vm").renameColumn("size").to(column("ram", bigint())).expand();
        contract.table("vm").renameColumn("size").to(column("ram", bigint())).contract();

        assertThat(expand.sql()).isEqualTo("""
                ALTER TABLE `vm` ADD COLUMN `ram` bigint NULL;
                CREATE TRIGGER `dbupgrade_i_vm_size_ram` BEFORE INSERT ON `vm` FOR EACH ROW SET NEW.`ram` = IF(NEW.`ram` IS NULL, NEW.`size`, NEW.`ram`), NEW.`size` = NEW.`ram`;
                CREATE TRIGGER `dbupgrade_u_vm_size_ram` BEFORE UPDATE ON `vm` FOR EACH ROW SET NEW.`ram` = IF(NEW.`ram` <=> OLD.`ram`, NEW.`size`, NEW.`ram`), NEW.`size` = NEW.`ram`;
                UPDATE `vm` SET `ram` = `size` WHERE `ram` IS NULL AND `size` IS NOT NULL;""");
        assertThat(contract.sql()).isEqualTo("""
                ALTER TABLE `vm` MODIFY COLUMN `size` bigint NULL, MODIFY COLUMN `ram` bigint NOT NULL;
                DROP TRIGGER `dbupgrade_i_vm_size_ram`;
                DROP TRIGGER `dbupgrade_u_vm_size_ram`;
                ALTER TABLE `vm` DROP COLUMN `size`;""");
    }

    @Test
    void theTwoHalvesOfARenamedTableKeepBothNamesUsable() {
        Schema schema = new Schema();

        schema.table("vm").renameTable("instance").expand();
        schema.table("vm").renameTable("instance").contract();

        assertThat(schema.sql()).isEqualTo("""
                CREATE OR REPLACE VIEW `instance` AS SELECT * FROM `vm`;
                RENAME TABLE `instance` TO `dbupgrade_v_instance`, `vm` TO `instance`;
                DROP VIEW `dbupgrade_v_instance`;""");
    }

    @Test
    void namesThatTheLibraryMakesFitAndDiffer() {
        String longName = "a".repeat(60);
        Schema schema = new Schema();

        schema.table(longName).renameTable(longName + "b").contract();
        schema.table(longName).renameTable(longName + "c").contract();

        assertThat(schema.changes())
                .extracting(change -> change.sql().replaceAll(".* TO `(dbupgrade_[^`]*)`.*|DROP.*", "$1"))
                .filteredOn(name -> !name.isEmpty())
                .doesNotHaveDuplicates()
                .hasSize(2)
                .allMatch(name -> name.length() <= 64);
    }

    static Stream<Arguments> impossible() {
        String longName = "n".repeat(65);
        return Stream.of(
                wrong(
                        "table vm, column x: varchar takes 0 to 65535, not 70000",
                        vm -> vm.add(column("x", varchar(70_000)))),
                wrong(
                        "table vm, column x: varchar(20000) does not fit into a row: of utf8mb4 it takes up to 16383"
                                + " characters",
                        vm -> vm.add(column("x", varchar(20_000).charset("utf8mb4")))),
                wrong(
                        "table vm, column x: decimal takes 1 to 65 digits, up to 30 of them after the point, not (5, 6)",
                        vm -> vm.modify(column("x", decimal(5, 6)))),
                wrong("table vm, column x: text cannot be unsigned", vm -> vm.add(column("x", text().unsigned()))),
                wrong(
                        "table vm, column x: bigint has no collation",
                        vm -> vm.add(column("x", bigint().collation("a")))),
                wrong(
                        "table vm, column x: 'a b' is not made of letters, digits and _",
                        vm -> vm.add(column("x", text().charset("a b")))),
                wrong(
                        "table vm, column x: enum takes one word at least, and none of them twice",
                        vm -> vm.add(column("x", enumOf("a", "a")))),
                wrong(
                        "table vm, column x: set takes up to 64 words without commas",
                        vm -> vm.add(column("x", setOf("a,b")))),
                wrong("table vm, column : a name is empty", vm -> vm.add(column("", text()))),
                wrong("table vm: the name 'x ' ends with a blank", vm -> vm.dropColumn("x ")),
                wrong("table vm: the name 'a?b' holds a control character", vm -> vm.dropIndex("a\0b")),
                wrong(
                        "table vm: the name '" + longName + "' has 65 characters, and 64 are the most",
                        vm -> vm.rename("x", longName)),
                wrong(
                        "table vm, column x: MySQL takes no literal as the default of text: state an expression",
                        vm -> vm.add(column("x", text()).defaultsTo("a"))),
                wrong(
                        "table vm, column x: a text is no default of int",
                        vm -> vm.add(column("x", integer()).defaultsTo("a"))),
                wrong(
                        "table vm, column x: its default is no smallint UNSIGNED",
                        vm -> vm.add(column("x", smallint().unsigned()).defaultsTo(-1))),
                wrong(
                        "table vm, column x: its default is no tinyint(1)",
                        vm -> vm.add(column("x", bool()).defaultsTo(128))),
                wrong(
                        "table vm, column x: its default is longer than varchar(2) takes",
                        vm -> vm.add(column("x", varchar(2)).defaultsTo("abc"))),
                wrong(
                        "table vm, column x: its default is none of enum('a')",
                        vm -> vm.add(column("x", enumOf("a")).defaultsTo("b"))),
                wrong(
                        "table vm, column x: its default is NULL, and it is not nullable",
                        vm -> vm.add(column("x", integer()).defaultsToNull())),
                wrong(
                        "table vm, column x: only a whole number is counted up, not text",
                        vm -> vm.add(column("x", text()).autoIncrement())),
                wrong(
                        "table vm, column x: servers differ about a timestamp that is neither nullable nor has a default",
                        vm -> vm.add(column("x", timestamp()))),
                wrong(
                        "table vm, column x: 'a +' cannot be read as one expression",
                        vm -> vm.add(column("x", integer()).computedAs("a +"))),
                wrong(
                        "table vm, column x: '1), DROP COLUMN (y' cannot be read as one expression",
                        vm -> vm.add(column("x", integer()).defaultsToExpression("1), DROP COLUMN (y"))),
                wrong("table vm, foreign key f: it is not said which table it references", vm -> vm.copying()
                        .add(foreignKey("f", "a"))),
                wrong("table vm, foreign key f: it has 1 columns and references 2", vm -> vm.copying()
                        .add(foreignKey("f", "a").references("t", "b", "c"))),
                wrong(
                        "table vm, check c: no server adds it while others write to the table; say copying() when the table"
                                + " is small, or may be closed for so long",
                        vm -> vm.add(check("c", "a > 0"))),
                wrong("table vm, index i: column A is in it twice", vm -> vm.add(index("i", "a", "A"))),
                wrong(
                        "table vm: ifMissing() goes with what is added by name, ifThere() with what is dropped by name",
                        vm -> vm.ifMissing().dropColumn("a")),
                wrong(
                        "table vm, column a: only a column with values of its own can be renamed in two steps, and to another"
                                + " name",
                        vm -> vm.renameColumn("a").to(column("A", integer()))));
    }

    static Stream<Arguments> impossibleTables() {
        Column id = column("id", bigint());
        return Stream.of(
                wrong("table vm: it has no column", vm -> vm.create(primaryKey("id"))),
                wrong(
                        "table vm, column ID: it has two columns of this name",
                        vm -> vm.create(id, column("ID", bigint()))),
                wrong("table vm, primary key: there is no column uuid", vm -> vm.create(id, primaryKey("uuid"))),
                wrong("table vm, primary key: column id is nullable", vm -> vm.create(id.nullable(), primaryKey("id"))),
                wrong(
                        "table vm, index I: it has two of this name",
                        vm -> vm.create(id, index("i", "id"), index("I", "id"))),
                wrong(
                        "table vm, index i: say how much of column t is in it",
                        vm -> vm.create(column("t", text()), index("i", "t"))),
                wrong(
                        "table vm, index i: json of column j cannot be in it",
                        vm -> vm.create(column("j", json()), index("i").andPrefix("j", 10))),
                wrong(
                        "table vm, index i: column id is in it as a whole or not at all",
                        vm -> vm.create(id, index("i").andPrefix("id", 10))),
                wrong(
                        "table vm, column id: it is counted up, and no key starts with it",
                        vm -> vm.create(id.autoIncrement())),
                wrong(
                        "table vm, column no: the server counts up one column of a table only",
                        vm -> vm.create(
                                id.autoIncrement(), column("no", bigint()).autoIncrement(), primaryKey("id"))),
                wrong(
                        "table vm, foreign key f: column id would be set to NULL, and is not nullable",
                        vm -> vm.create(
                                id, foreignKey("f", "id").references("t", "id").onDelete(Reference.Action.SET_NULL))),
                wrong(
                        "table vm, foreign key f: it may not change column h, which a check reads",
                        vm -> vm.create(
                                column("h", bigint()),
                                foreignKey("f", "h").references("t", "id").onUpdate(Reference.Action.CASCADE),
                                check("c", "h > 0"))),
                wrong(
                        "table vm, foreign key f: it may not act on column h, which a stored column is made from",
                        vm -> vm.create(
                                column("h", bigint()),
                                column("s", bigint()).storedAs("h + 1"),
                                foreignKey("f", "h").references("t", "id").onDelete(Reference.Action.CASCADE))),
                wrong("table vm, check c: there is no column cpu", vm -> vm.create(id, check("c", "cpu > 0"))),
                wrong(
                        "table vm, column x: there is no column cpu",
                        vm -> vm.create(id, column("x", bigint()).computedAs("cpu * 2"))),
                wrong(
                        "table vm, column id: in a new table columns stand where they are written",
                        vm -> vm.create(id.first())));
    }

    @ParameterizedTest
    @MethodSource({"impossible", "impossibleTables"})
    void whatIsImpossibleIsRefusedWithItsPlace(String message, Consumer<Table> change) {
        Schema schema = new Schema();

        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(() -> change.accept(schema.table("vm")))
                .withMessage(message);
        assertThat(schema.changes()).isEmpty();
    }

    @Test
    void textOfADeveloperIsOneStatementOfTheKindThatIsMeant() {
        Schema schema = new Schema();

        assertThatExceptionOfType(SchemaException.class).isThrownBy(() -> schema.rows("DROP TABLE vm"));
        assertThatExceptionOfType(SchemaException.class).isThrownBy(() -> schema.rows("SELECT 1"));
        assertThatExceptionOfType(SchemaException.class).isThrownBy(() -> schema.rows("UPDATE vm SET a = 1;"));
        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(() -> schema.rows("UPDATE vm SET a = 1; DROP TABLE vm"));
        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(() -> schema.view("v").as("SELECT 1; DROP TABLE vm"));
        assertThatExceptionOfType(SchemaException.class).isThrownBy(() -> schema.table(" "));
        assertThat(schema.changes()).isEmpty();
    }
}
