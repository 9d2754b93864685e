package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class DatabaseAssertTest {

    private static final String INSTALL = """
            CREATE TABLE vpc (
              id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
              name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
              redundant TINYINT(1) NOT NULL DEFAULT 0,
              ports INT(11) DEFAULT 80,
              state ENUM('Up','Down') NOT NULL DEFAULT 'Up',
              price DECIMAL(10, 2) NOT NULL DEFAULT 1.50,
              created DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
              UNIQUE KEY u_vpc__name (name), KEY i_vpc__state (state, ports)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
            CREATE TABLE vpc_router (
              id INT NOT NULL PRIMARY KEY, vpc_id BIGINT UNSIGNED,
              CONSTRAINT fk_router__vpc FOREIGN KEY (vpc_id) REFERENCES vpc (id) ON DELETE CASCADE
            );
            CREATE TABLE gone (id INT);
            CREATE VIEW vpc_view AS SELECT id, name FROM vpc;
            CREATE VIEW broken_view AS SELECT id FROM gone;
            INSERT INTO vpc (name, price) VALUES ('one', 2.5), ('two', 3);
            """;

    private MigratedDatabase database;

    @BeforeAll
    void upgrade(@UpgradeDatabase MigratedDatabase empty, @TempDir Path folder) {
        database = empty.withMigrations(new MigrationFolder(folder)
                .with("V_400_A__install.sql", INSTALL)
                .with("V_410_A__drop.sql", "DROP TABLE gone;")
                .with("V_420_A__later.sql", "CREATE TABLE later (id INT);"));
        database.upgrade("4.1.0");
    }

    @Test
    void aDatabaseSaysWhichReleaseItIsAtAndWhatItRan() {
        assertThat(database).isAt("4.1.0").isWhole().ran("4.0.0_A", "4.1.0_1", "V_410_A__drop.sql");
        assertThat(database).doesNotKnow("4.2.0_A");

        said(() -> assertThat(database).isAt("4.2.0"))
                .isEqualTo("The database is at another release: expected 4.2.0, found 4.1.0.");
        said(() -> assertThat(database).ran("4.2.0_A"))
                .startsWith("4.2.0_A was not run.\n")
                .contains("4.1.0    V_410_A__drop.sql     DONE");
        said(() -> assertThat(database).foundAlreadyApplied("4.1.0_A"))
                .contains("4.1.0_A was not found already applied");
        said(() -> assertThat(database).doesNotKnow("4.1.0_A")).contains("4.1.0_A is in the journal");
    }

    @Test
    void aTableThatIsMissingIsToldWithWhatWasPerhapsMeant() {
        assertThat(database)
                .hasTable("vpc")
                .and()
                .hasTable("cloud.vpc_router")
                .and()
                .hasNoTable("gone");

        said(() -> assertThat(database).hasTable("vpcs")).isEqualTo("""
                There is no table cloud.vpcs. Did you mean cloud.vpc?
                There are:
                  cloud.vpc
                  cloud.vpc_router""");
        said(() -> assertThat(database).hasNoTable("vpc"))
                .contains("There is a table cloud.vpc, and none is expected.");
    }

    @Test
    void aColumnIsComparedPartByPart() {
        assertThat(database)
                .hasTable("vpc")
                .withColumn("redundant")
                .ofType("tinyint(1)")
                .ofType("BOOLEAN")
                .notNull()
                .withDefault("0")
                .withColumn("id")
                .ofType("BIGINT(20) UNSIGNED")
                .autoIncrement()
                .withoutDefault()
                .withColumn("name")
                .ofType("varchar(255)")
                .nullable()
                .withCharset("utf8mb4")
                .withCollation("utf8mb4_bin")
                .withColumn("ports")
                .ofType("INTEGER")
                .ofType("int(11)")
                .withDefault("80")
                .withColumn("state")
                .ofType("enum('Up', 'Down')")
                .withDefault("Up")
                .withColumn("price")
                .ofType("DECIMAL(10, 2)")
                .withDefault("1.5")
                .withColumn("created")
                .ofType("datetime")
                .withDefault("CURRENT_TIMESTAMP()")
                .withDefault("now()");
    }

    @Test
    void aColumnThatIsNotAsExpectedIsShownBesideWhatIsExpected() {
        said(() -> assertThat(database).hasTable("vpc").withColumn("redundant").ofType("int(11)"))
                .isEqualTo("""
                The column cloud.vpc.redundant is not as expected:
                   part     expected  found
                -  -------  --------  ----------
                !  type     int       tinyint(1)
                   null     no        no
                   default  0         0""");
        said(() -> column("redundant").nullable()).contains("!  null     yes         no");
        said(() -> column("name").notNull()).contains("!  null           no            yes");
        said(() -> column("redundant").withDefault("1")).contains("!  default  1           0");
        said(() -> column("redundant").withoutDefault()).contains("!  default  none        0");
        said(() -> column("state").withDefault("up")).contains("!  default        up                 'Up'");
        said(() -> column("name").withCharset("utf8")).contains("!  character set  utf8mb3       utf8mb4");
        said(() -> column("name").withCollation("utf8_bin")).contains("!  collation      utf8mb3_bin   utf8mb4_bin");
        said(() -> column("ports").autoIncrement()).contains("!  extra    auto_increment  -");
    }

    @Test
    void theColumnsOfATableAreShownWhenOneIsMissing() {
        assertThat(database)
                .hasTable("vpc_router")
                .withColumnsExactly("id", "vpc_id")
                .withoutColumn("host_id");

        said(() -> assertThat(database).hasTable("vpc_router").withColumn("vpcid"))
                .isEqualTo("""
                The table cloud.vpc_router has no column vpcid. Did you mean vpc_id?
                It has:
                column  found
                ------  ---------------
                id      int NOT NULL
                vpc_id  bigint unsigned""");
        said(() -> assertThat(database).hasTable("vpc_router").withoutColumn("id"))
                .contains("has a column id, and none is expected: int NOT NULL.");
        said(() -> assertThat(database).hasTable("vpc_router").withColumnsExactly("vpc_id", "id", "host_id"))
                .contains("!  1      vpc_id bigint unsigned  id int NOT NULL", "!  3      host_id                 -");
    }

    @Test
    void keysAndIndexesAreCompared() {
        assertThat(database)
                .hasTable("vpc")
                .withPrimaryKey("id")
                .withIndex("u_vpc__name")
                .on("name")
                .unique()
                .withIndex("i_vpc__state")
                .on("state", "ports")
                .notUnique()
                .withoutIndex("i_vpc__created")
                .withoutForeignKey("fk_vpc")
                .and()
                .hasTable("vpc_router")
                .withForeignKey("fk_router__vpc")
                .from("vpc_id")
                .to("vpc", "id")
                .onDelete("cascade")
                .onUpdate("restrict");

        said(() -> table("vpc").withPrimaryKey("name"))
                .contains("cloud.vpc.PRIMARY is on other columns: expected (name), found (id).");
        said(() -> table("vpc").withIndex("i_vpc_state"))
                .contains("has no index i_vpc_state. Did you mean i_vpc__state?");
        said(() -> table("vpc").withIndex("i_vpc__state").on("state"))
                .contains("expected (state), found (state, ports)");
        said(() -> table("vpc").withIndex("i_vpc__state").unique())
                .contains("expected UNIQUE (state, ports), found (state, ports)");
        said(() -> table("vpc").withIndex("u_vpc__name").notUnique()).contains("expected (name), found UNIQUE (name)");
        said(() -> table("vpc").withoutIndex("u_vpc__name")).contains("has an index u_vpc__name, and none is expected");
        said(() -> table("vpc_router").withoutForeignKey("fk_router__vpc")).contains("and none is expected: (vpc_id)");
        said(() -> table("vpc_router").withForeignKey("fk")).contains("has no foreign key fk.");
        said(() -> foreignKey().from("id"))
                .contains("expected (id) REFERENCES, found (vpc_id) REFERENCES cloud.vpc (id)");
        said(() -> foreignKey().to("host", "id")).contains("expected REFERENCES cloud.host (id), found (vpc_id)");
        said(() -> foreignKey().onDelete("set null")).contains("expected ON DELETE SET NULL, found (vpc_id)");
        said(() -> foreignKey().onUpdate("cascade")).contains("expected ON UPDATE CASCADE, found (vpc_id)");
    }

    @Test
    void theOptionsOfATableAreCompared() {
        table("vpc").withEngine("innodb").withCharset("utf8mb4").withCollation("utf8mb4_bin");

        said(() -> table("vpc").withEngine("MyISAM")).contains("another engine: expected MyISAM, found InnoDB");
        said(() -> table("vpc").withCharset("utf8")).contains("another character set: expected utf8mb3, found utf8mb4");
        said(() -> table("vpc").withCollation("utf8mb4_general_ci"))
                .contains("another collation: expected utf8mb4_general_ci, found utf8mb4_bin");
    }

    @Test
    void aRowThatIsMissingIsShownBesideTheNearest() {
        table("vpc")
                .hasRows(2)
                .containsRow(Map.of("name", "one", "price", 2.5, "redundant", false))
                .doesNotContainRow(Map.of("name", "ONE"));

        said(() -> table("vpc").hasRows(3)).contains("another number of rows: expected 3, found 2");
        said(() -> table("vpc").containsRow(Map.of("name", "one", "price", 3)))
                .contains("The table cloud.vpc has no such row. The nearest is:", "!");
        said(() -> table("vpc").containsRow(Map.of("nam", "one"))).contains("no column nam. Did you mean name?");
        said(() -> table("vpc").doesNotContainRow(Map.of("name", "one"))).contains("has a row with {name=one}");
        said(() -> table("vpc_router").containsRow(Map.of("id", 1))).contains("has no such row. It is empty.");
        said(() -> table("vpc").containsRow(Map.of("name", "oNE"))).contains("!  name    oNE       one");
    }

    @Test
    void valuesThatAQueryFindsAreCompared() {
        assertThat(database)
                .finds("SELECT COUNT(*) FROM cloud.vpc", 2)
                .finds("SELECT MAX(id) FROM cloud.vpc_router", null);
        assertThat(database)
                .rowsOf("SELECT name FROM cloud.vpc ORDER BY id")
                .containsExactly(Map.of("name", "one"), Map.of("name", "two"));

        said(() -> assertThat(database).finds("SELECT COUNT(*) FROM cloud.vpc", 3))
                .contains("expected 3, found 2.");
        said(() -> assertThat(database).finds("SELECT id FROM cloud.vpc", 1)).contains("there are 2 rows of");
        said(() -> assertThat(database).rowsOf("SELECT name FROM cloud.vpc").isEmpty())
                .contains("[the rows of SELECT name");
    }

    @Test
    void aViewThatIsBrokenDoesNotPass() {
        assertThat(database)
                .hasView("vpc_view")
                .withColumnsExactly("id", "name")
                .withColumn("id")
                .withoutColumn("state")
                .hasRows(2)
                .and()
                .hasNoView("vpc");

        said(() -> assertThat(database).hasView("broken_view"))
                .contains("The view cloud.broken_view is there, but cannot be selected from:");
        said(() -> assertThat(database).hasView("vpc_vieww"))
                .contains("There is no view cloud.vpc_vieww. Did you mean cloud.vpc_view?");
        said(() -> assertThat(database).hasNoView("vpc_view"))
                .contains("There is a view cloud.vpc_view, and none is expected");
        said(() -> assertThat(database).hasView("vpc_view").withColumnsExactly("name"))
                .contains("!  1      name      id");
        said(() -> assertThat(database).hasView("vpc_view").withColumn("nam"))
                .contains("no column nam. Did you mean name?");
        said(() -> assertThat(database).hasView("vpc_view").withoutColumn("id")).contains("has a column id");
        said(() -> assertThat(database).hasView("vpc_view").hasRows(1)).contains("expected 1, found 2");
    }

    @Test
    void theSchemaIsComparedWithAPicture() {
        assertThat(database).hasSchemaOf(database.schema());
    }

    private TableAssert table(String name) {
        return assertThat(database).hasTable(name);
    }

    private ColumnAssert column(String name) {
        return table("vpc").withColumn(name);
    }

    private ForeignKeyAssert foreignKey() {
        return table("vpc_router").withForeignKey("fk_router__vpc");
    }

    /** What a failing assertion says. */
    private static AbstractStringAssert<?> said(ThrowingCallable assertion) {
        AssertionError error = catchThrowableOfType(AssertionError.class, assertion);
        assertThat(error).as("the assertion fails").isNotNull();
        return assertThat(error.getMessage());
    }
}
