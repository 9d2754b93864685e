package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.integer;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.varchar;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.schema.Change;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Between the halves of a rename, code that knows the old name and code that knows the new one both read and write right. */
class RenameInStepsTest {

    private static final String INSTALL = """
            CREATE TABLE vm (
              id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
              title VARCHAR(20) NOT NULL,
              size INT DEFAULT 7,
              host INT
            );
            INSERT INTO vm (title, size, host) VALUES ('one', 1, NULL), ('two', NULL, 2);
            """;

    @TempDir
    Path folder;

    private static void expand(Schema schema) {
        schema.table("vm")
                .renameColumn("title")
                .to(column("name", varchar(20)).after("title"))
                .expand();
        schema.table("vm")
                .renameColumn("size")
                .to(column("ram", integer()).nullable())
                .expand();
    }

    private static void contract(Schema schema) {
        schema.table("vm")
                .renameColumn("title")
                .to(column("name", varchar(20)).after("title"))
                .contract();
        schema.table("vm")
                .renameColumn("size")
                .to(column("ram", integer()).nullable())
                .contract();
    }

    @ParameterizedTest
    @EnumSource
    void bothNamesOfAColumnAreKeptInStep(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            bench.with("V_400_A.sql", INSTALL);
            upgrade(bench, Map.of("V_410_A", new Stated(RenameInStepsTest::expand)));
            assertThat(rows(bench)).as("the rows of before").containsExactly("1 one one 1 1", "2 two two null null");

            strict(bench, "INSERT INTO vm (title, size) VALUES ('old writes', 3), ('and again', NULL)");
            strict(bench, "INSERT INTO vm (title) VALUES ('no size')");
            strict(bench, "INSERT INTO vm (name, ram) VALUES ('new writes', 4)");
            strict(bench, "UPDATE vm SET title = 'OLD CHANGES', size = 5 WHERE id = 1");
            strict(bench, "UPDATE vm SET name = 'TWO', ram = 6 WHERE id = 2");
            strict(bench, "UPDATE vm SET host = 9 WHERE id IN (1, 2)");
            strict(bench, "UPDATE vm SET ram = NULL WHERE id = 6");
            strict(bench, "INSERT INTO vm (id, title) VALUES (3, 'x') ON DUPLICATE KEY UPDATE title = 'merged'");
            strict(bench, "REPLACE INTO vm (id, name, ram) VALUES (4, 'replaced', 8)");

            assertThat(rows(bench))
                    .containsExactly(
                            "1 OLD CHANGES OLD CHANGES 5 5",
                            "2 TWO TWO 6 6",
                            "3 merged merged 3 3",
                            "4 replaced replaced 8 8",
                            "5 no size no size 7 7",
                            "6 new writes new writes null null");
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheEndTheColumnHasTheNewNameAndItsRules(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            bench.with("V_400_A.sql", INSTALL);
            upgrade(
                    bench,
                    Map.of(
                            "V_410_A", new Stated(RenameInStepsTest::expand),
                            "V_420_A", new Stated(RenameInStepsTest::contract)));

            strict(bench, "INSERT INTO vm (name, ram) VALUES ('three', 3)");
            assertThat(bench.database()
                            .rows("SELECT column_name AS c, is_nullable AS n FROM information_schema.columns"
                                    + " WHERE table_schema = 'cloud' AND table_name = 'vm' ORDER BY ordinal_position"))
                    .extracting(row -> row.get("c") + " " + row.get("n"))
                    .containsExactly("id NO", "name NO", "host YES", "ram YES");
            assertThat(bench.database().rows("SELECT name, ram FROM cloud.vm ORDER BY id"))
                    .extracting(row -> row.get("name") + " " + row.get("ram"))
                    .containsExactly("one 1", "two null", "three 3");
            assertThat(bench.value(
                            Integer.class,
                            "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'cloud'"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void betweenAnyTwoStatementsServersOfTheirTimeCanWrite(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            bench.with("V_400_A.sql", INSTALL);
            upgrade(bench, Map.of());
            Schema expand = new Schema();
            expand(expand);
            Schema contract = new Schema();
            contract(contract);

            for (Change change : expand.changes()) {
                strict(bench, change.sql());
                strict(bench, "INSERT INTO vm (title) VALUES ('old')");
                strict(bench, "UPDATE vm SET title = CONCAT(title, '!') ORDER BY id DESC LIMIT 1");
            }
            for (Change change : contract.changes()) {
                strict(bench, change.sql());
                strict(bench, "INSERT INTO vm (name) VALUES ('new')");
                strict(bench, "UPDATE vm SET name = CONCAT(name, '!') ORDER BY id DESC LIMIT 1");
            }

            assertThat(bench.database().rows("SELECT name, COUNT(*) AS n FROM cloud.vm GROUP BY name ORDER BY name"))
                    .extracting(row -> row.get("name") + " " + row.get("n"))
                    .containsExactlyInAnyOrder(
                            "one 1",
                            "two 1",
                            "old! " + expand.changes().size(),
                            "new! " + contract.changes().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothNamesOfATableCanBeUsedUntilTheOldOneGoes(SchemaServer server) {
        try (Workbench bench = new Workbench(folder, server.get())) {
            bench.with("V_400_A.sql", INSTALL);
            Stated expand = new Stated(
                    schema -> schema.table("vm").renameTable("instance").expand());
            upgrade(bench, Map.of("V_410_A", expand));

            strict(bench, "INSERT INTO vm (title) VALUES ('by the old name')");
            strict(bench, "INSERT INTO instance (title) VALUES ('by the new name')");
            strict(bench, "UPDATE instance SET size = 100 WHERE id = 1");
            strict(bench, "DELETE FROM instance WHERE id = 2");
            assertThat(titles(bench, "vm"))
                    .containsExactly("1 one 100", "3 by the old name 7", "4 by the new name 7")
                    .isEqualTo(titles(bench, "instance"));

            Stated contract = new Stated(
                    schema -> schema.table("vm").renameTable("instance").contract());
            upgrade(bench, Map.of("V_410_A", expand, "V_420_A", contract));

            assertThat(titles(bench, "instance")).hasSize(3);
            assertThat(bench.tables())
                    .contains("cloud.instance")
                    .noneMatch(table -> table.equals("cloud.vm") || table.startsWith("cloud.dbupgrade_v"));
            strict(bench, "INSERT INTO instance (title) VALUES ('a table again')");
        }
    }

    private record Stated(Consumer<Schema> content) implements SchemaMigration {

        @Override
        public void change(Schema schema) {
            content.accept(schema);
        }
    }

    private static void upgrade(Workbench bench, Map<String, Stated> migrations) {
        DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(migrations)
                .build()
                .upgrade();
    }

    /** As a management server does it. */
    private static void strict(Workbench bench, String statement) {
        bench.database().run("SET SESSION sql_mode = 'STRICT_TRANS_TABLES'; USE cloud; " + statement);
    }

    private static List<String> rows(Workbench bench) {
        return bench.database().rows("SELECT id, title, name, size, ram FROM cloud.vm ORDER BY id").stream()
                .map(row -> row.get("id") + " " + row.get("title") + " " + row.get("name") + " " + row.get("size") + " "
                        + row.get("ram"))
                .toList();
    }

    private static List<String> titles(Workbench bench, String table) {
        return bench.database().rows("SELECT id, title, size FROM cloud." + table + " ORDER BY id").stream()
                .map(row -> row.get("id") + " " + row.get("title") + " " + row.get("size"))
                .toList();
    }
}
