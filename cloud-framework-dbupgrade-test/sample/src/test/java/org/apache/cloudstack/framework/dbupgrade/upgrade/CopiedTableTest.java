package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.bigint;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.osc.PtOnlineSchemaChangeFactory;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A table that the server would copy is changed by an executable that was asked for, or by the server where that cannot do it. */
@EnabledIf(
        value = "org.apache.cloudstack.framework.dbupgrade.upgrade.CopiedTable#canBeCopied",
        disabledReason = "There is no pt-online-schema-change on the PATH")
@UpgradeDatabase
class CopiedTableTest {

    private static final Logger LOG = LoggerFactory.getLogger(CopiedTableTest.class);
    private static final long SEED = Long.getLong("dbupgrade.batch.seed", System.nanoTime());

    @TempDir
    Path folder;

    private CopiedTable large;
    private Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        large = CopiedTable.in(database, folder);
        bench = large.bench();
    }

    @Test
    void isCopiedWhileOthersWriteAndBecomesWhatTheServerWouldMake() {
        large.fill(50_000);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + CopiedTable.CHANGE + ";");
        String plain = large.plainDefinition();

        long changes;
        long begin = System.nanoTime();
        try (TableLoad load = new TableLoad(bench.database().dataSource(), 50_000, SEED, true)) {
            large.upgrade();
            LOG.info(
                    "Copied in {} ms; {} requests meanwhile, of which the slowest took {} ms, and {} met a deadlock",
                    (System.nanoTime() - begin) / 1_000_000,
                    load.requests(),
                    load.slowest().toMillis(),
                    load.deadlocks());
            load.close();
            changes = load.changes();
        }

        assertThat(large.notes()).isEmpty();
        assertThat(bench.value(Long.class, "SELECT SUM(hits) FROM cloud.large"))
                .as("changes of others, seed %d", SEED)
                .isEqualTo(changes);
        assertThat(bench.database().count("cloud.large")).isGreaterThanOrEqualTo(50_000);
        assertThat(large.definition("cloud.large")).isEqualTo(plain);
        large.nothingIsLeft();
        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
    }

    @Test
    void theServerChangesItWhereThereIsNoProgram() {
        large.fill(2_000);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + CopiedTable.CHANGE + ";");
        DatabaseServer server = bench.database().server();

        large.upgrade(DatabaseUpgrade.of(bench.database().dataSource())
                .copying(new PtOnlineSchemaChangeFactory(
                        DumpTarget.of(server.jdbcUrl(), server.user(), server.password()), List.of(folder))));

        assertThat(large.notes()).hasSize(1).first().asString().contains("not on the PATH");
        assertThat(large.definition("cloud.large")).contains("city");
    }

    @Test
    void theServerChangesItWhereTheProgramCannotConnect() {
        large.fill(2_000);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + CopiedTable.CHANGE + ";");
        String url = bench.database().server().jdbcUrl();

        large.upgrade(DatabaseUpgrade.of(bench.database().dataSource())
                .copying(new PtOnlineSchemaChangeFactory(
                        DumpTarget.of(url, "nobody", "not the password"),
                        DumpTools.onPath().folders())));

        assertThat(large.notes())
                .hasSize(1)
                .first()
                .asString()
                .contains(CopiedTable.PROGRAM + " ended")
                .doesNotContain("not the password");
        assertThat(large.definition("cloud.large")).contains("city");
        large.nothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            MODIFY n BIGINT NOT NULL                        | SELECT 1                                                | fewer than 1000 rows | 900
            MODIFY n BIGINT NOT NULL                        | CREATE TRIGGER t BEFORE INSERT ON large FOR EACH ROW SET NEW.hits = 0 | triggers | 1100
            MODIFY n BIGINT NOT NULL                        | CREATE TABLE child (l BIGINT, FOREIGN KEY (l) REFERENCES large (id)) | foreign keys | 1100
            MODIFY n BIGINT NOT NULL, ADD CHECK (n < 9)     | SELECT 1                                                | checks               | 1100
            MODIFY n BIGINT NOT NULL, ADD UNIQUE u (id, n)  | SELECT 1                                                | unique key           | 1100
            MODIFY n SMALLINT NOT NULL                      | SELECT 1                                                | column n             | 1100
            MODIFY name CHAR(30) NOT NULL                   | SELECT 1                                                | column name          | 1100
            MODIFY n BIGINT NOT NULL, ADD a INT NOT NULL    | SELECT 1                                                | column a             | 1100
            MODIFY n BIGINT NOT NULL, DROP PRIMARY KEY, ADD PRIMARY KEY (id, hits) | SELECT 1                         | primary key          | 1100
            """)
    void theServerChangesWhatTheProgramWouldNotDoAsItDoes(String change, String before, String reason, int rows) {
        large.fill(rows);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + change + ";");
        bench.database().run("USE cloud; " + before);

        large.upgrade();

        assertThat(large.notes()).hasSize(1).first().asString().contains(reason);
        large.nothingIsLeft();
    }

    @Test
    void aSchemaMigrationAsksForItToo() {
        large.fill(2_000);
        SchemaMigration wider = schema -> schema.table("large")
                .copying(CopyTool.PT_ONLINE_SCHEMA_CHANGE)
                .modify(column("n", bigint()).defaultsTo(0));

        large.upgrade(DatabaseUpgrade.of(bench.database().dataSource()).javaMigrations(Map.of("V_4_1_0_A", wider)));

        assertThat(large.notes()).isEmpty();
        assertThat(large.definition("cloud.large")).contains("`n` bigint");
        large.nothingIsLeft();
    }

    @Test
    void theServerDoesAtOnceWhatItCan() {
        large.fill(2_000);
        bench.with(
                "V_410_A.sql",
                CopiedTable.HEAD + "ALTER TABLE large ADD city VARCHAR(20); CREATE TABLE small (id INT PRIMARY KEY);");

        large.upgrade();

        assertThat(large.notes()).isEmpty();
        assertThat(large.progress()).isEmpty();
        assertThat(large.definition("cloud.large")).contains("city");
    }

    @Test
    void anAccountWithAPasswordIsUsedOrTheServerChangesIt() {
        large.fill(2_000);
        bench.with("V_410_A.sql", CopiedTable.HEAD + "ALTER TABLE large " + CopiedTable.CHANGE + ";");
        bench.database()
                .run("CREATE USER upgrader@'%' IDENTIFIED BY ' p#a ss\\\\w''rd;='; GRANT ALL ON *.* TO upgrader@'%'");
        try {
            large.upgrade(DatabaseUpgrade.of(
                    new DriverManagerDataSource(bench.database().server().jdbcUrl(), "upgrader", " p#a ss\\w'rd;=")));

            boolean mariaDb = bench.database().server().version().startsWith("MariaDB");
            // whether the executable's driver can do without TLS what MySQL asks of such an account is its own affair
            assertThat(large.notes()).hasSizeLessThanOrEqualTo(mariaDb ? 0 : 1);
            assertThat(large.notes().toString()).doesNotContain("p#a ss");
            assertThat(large.definition("cloud.large")).contains("city");
            large.nothingIsLeft();
        } finally {
            bench.database().run("DROP USER upgrader@'%'");
        }
    }
}
