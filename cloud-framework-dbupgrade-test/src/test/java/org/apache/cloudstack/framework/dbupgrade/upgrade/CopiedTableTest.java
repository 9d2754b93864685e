package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.bigint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A table that the server would copy is changed by a program that was asked for, or by the server where that cannot do it. */
@EnabledIf(value = "isThere", disabledReason = "There is no pt-online-schema-change on the PATH")
@UpgradeDatabase
class CopiedTableTest {

    private static final Logger LOG = LoggerFactory.getLogger(CopiedTableTest.class);
    private static final String PROGRAM = "pt-online-schema-change";
    private static final String HEAD = "-- dbupgrade: copy-with=" + PROGRAM + "\n";
    private static final String CHANGE =
            "MODIFY n BIGINT NOT NULL DEFAULT 0, MODIFY name VARCHAR(300) NULL COMMENT 'größer;\"it''s\"',"
                    + " ADD city VARCHAR(20) NOT NULL DEFAULT 'nowhere', ADD KEY i_city (city)";
    private static final long SEED = Long.getLong("dbupgrade.batch.seed", System.nanoTime());
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final Collection<UpgradeEvent> events = new ConcurrentLinkedQueue<>();
    private Workbench bench;

    static boolean isThere() {
        return DumpTools.onPath().folders().stream().anyMatch(each -> Files.isExecutable(each.resolve(PROGRAM)));
    }

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .settings(settings -> settings.withProgressInterval(Duration.ZERO)
                        .withWaits(settings.waits().withLocks(Duration.ofSeconds(1), Duration.ofSeconds(60))))
                .with(
                        "V_400_A.sql",
                        "CREATE TABLE large (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT NOT NULL DEFAULT 0,"
                                + " hits INT NOT NULL DEFAULT 0, name VARCHAR(40) NOT NULL DEFAULT 'a row of a large table');");
        bench.upgrade().upgrade();
    }

    @Test
    void isCopiedWhileOthersWriteAndBecomesWhatTheServerWouldMake() {
        fill(50_000);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + CHANGE + ";");
        String plain = plainDefinition();

        long changes;
        long begin = System.nanoTime();
        try (TableLoad load = new TableLoad(bench.database().dataSource(), 50_000, SEED, true)) {
            upgrade();
            LOG.info(
                    "Copied in {} ms; {} requests meanwhile, of which the slowest took {} ms, and {} met a deadlock",
                    (System.nanoTime() - begin) / 1_000_000,
                    load.requests(),
                    load.slowest().toMillis(),
                    load.deadlocks());
            load.close();
            changes = load.changes();
        }

        assertThat(notes()).isEmpty();
        assertThat(bench.value(Long.class, "SELECT SUM(hits) FROM cloud.large"))
                .as("changes of others, seed %d", SEED)
                .isEqualTo(changes);
        assertThat(bench.database().count("cloud.large")).isGreaterThanOrEqualTo(50_000);
        assertThat(definition("cloud.large")).isEqualTo(plain);
        nothingIsLeft();
        assertThat(bench.upgrade().upgrade().isUpToDate()).isTrue();
    }

    @Test
    void goesOnAfterTheUpgradeWasKilled() throws SQLException {
        fill(400_000);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + CHANGE + ";");
        try (ChildJvm process = CopiedTableProcess.on(bench.database().server(), "filesystem:" + folder)
                .start()) {
            try (Connection held = inTheMiddle()) {
                process.kill();
                assertThat(process.awaitExit(LONGEST)).isEqualTo(137);
                held.rollback();
            }
        }
        assertThat(definition("cloud.large")).doesNotContain("city");
        bench.database().run("UPDATE cloud.large SET hits = 1 WHERE id < 11; DELETE FROM cloud.large WHERE id = 11");

        upgrade();

        assertThat(definition("cloud.large")).contains("city");
        assertThat(bench.database().count("cloud.large")).isEqualTo(399_999);
        assertThat(bench.value(Long.class, "SELECT SUM(hits) FROM cloud.large")).isEqualTo(10);
        nothingIsLeft();
    }

    @Test
    void failsWhenTheProgramIsKilledAndIsRepeated() throws SQLException {
        fill(400_000);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + CHANGE + ";");
        CompletableFuture<UpgradeFailedException> failure =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(UpgradeFailedException.class, this::upgrade));
        try (Connection held = inTheMiddle()) {
            List<ProcessHandle> programs = programs();
            String password = bench.database().server().password();
            assertThat(programs).hasSize(1).allSatisfy(program -> {
                List<String> words = Arrays.asList(program.info().arguments().orElseThrow());
                assertThat(words).anyMatch(word -> word.startsWith("F="));
                assertThat(words).noneMatch(word -> !password.isEmpty() && word.contains(password));
            });
            programs.forEach(ProcessHandle::destroyForcibly);
            held.rollback();
        }

        assertThat(failure.join().findings().get(0).toString())
                .contains(PROGRAM + " ended with code 137")
                .contains("V_410_A.sql");
        nothingIsLeft();
        assertThat(definition("cloud.large")).doesNotContain("city");
        upgrade();

        assertThat(definition("cloud.large")).contains("city");
        assertThat(bench.database().count("cloud.large")).isEqualTo(400_000);
        nothingIsLeft();
    }

    @Test
    void endsTheProgramWhenAnotherServerTookOver() throws SQLException {
        fill(400_000);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + CHANGE + ";")
                .settings(settings -> settings.withWaits(settings.waits().withLease(Duration.ofSeconds(2))));
        CompletableFuture<Void> upgrade = CompletableFuture.runAsync(this::upgrade);
        try (Connection held = inTheMiddle()) {
            List<ProcessHandle> programs = programs();
            assertThat(programs).hasSize(1);
            bench.database().run("UPDATE cloud.dbupgrade_lease SET fence = fence + 1");
            await().atMost(LONGEST).until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
            held.rollback();
        }
        upgrade.join();
        assertThat(events).anyMatch(UpgradeEvent.Superseded.class::isInstance);

        assertThat(definition("cloud.large")).contains("city");
        assertThat(bench.database().count("cloud.large")).isEqualTo(400_000);
        nothingIsLeft();
    }

    @Test
    void theServerChangesItWhereThereIsNoProgram() {
        fill(2_000);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + CHANGE + ";");
        DatabaseServer server = bench.database().server();

        upgrade(DatabaseUpgrade.of(bench.database().dataSource())
                .copying(DumpTarget.of(server.jdbcUrl(), server.user(), server.password()), List.of(folder)));

        assertThat(notes()).hasSize(1).first().asString().contains("not on the PATH");
        assertThat(definition("cloud.large")).contains("city");
    }

    @Test
    void theServerChangesItWhereTheProgramCannotConnect() {
        fill(2_000);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + CHANGE + ";");
        String url = bench.database().server().jdbcUrl();

        upgrade(DatabaseUpgrade.of(bench.database().dataSource())
                .copying(
                        DumpTarget.of(url, "nobody", "not the password"),
                        DumpTools.onPath().folders()));

        assertThat(notes())
                .hasSize(1)
                .first()
                .asString()
                .contains(PROGRAM + " ended")
                .doesNotContain("not the password");
        assertThat(definition("cloud.large")).contains("city");
        nothingIsLeft();
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
        fill(rows);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + change + ";");
        bench.database().run("USE cloud; " + before);

        upgrade();

        assertThat(notes()).hasSize(1).first().asString().contains(reason);
        nothingIsLeft();
    }

    @Test
    void aSchemaMigrationAsksForItToo() {
        fill(2_000);
        SchemaMigration wider = schema -> schema.table("large")
                .copying(CopyTool.PT_ONLINE_SCHEMA_CHANGE)
                .modify(column("n", bigint()).defaultsTo(0));

        upgrade(DatabaseUpgrade.of(bench.database().dataSource()).javaMigrations(Map.of("V_4_1_0_A", wider)));

        assertThat(notes()).isEmpty();
        assertThat(definition("cloud.large")).contains("`n` bigint");
        nothingIsLeft();
    }

    @Test
    void theServerDoesAtOnceWhatItCan() {
        fill(2_000);
        bench.with(
                "V_410_A.sql",
                HEAD + "ALTER TABLE large ADD city VARCHAR(20); CREATE TABLE small (id INT PRIMARY KEY);");

        upgrade();

        assertThat(notes()).isEmpty();
        assertThat(progress()).isEmpty();
        assertThat(definition("cloud.large")).contains("city");
    }

    @Test
    void anAccountWithAPasswordIsUsedOrTheServerChangesIt() {
        fill(2_000);
        bench.with("V_410_A.sql", HEAD + "ALTER TABLE large " + CHANGE + ";");
        bench.database()
                .run("CREATE USER upgrader@'%' IDENTIFIED BY ' p#a ss\\\\w''rd;='; GRANT ALL ON *.* TO upgrader@'%'");
        try {
            upgrade(DatabaseUpgrade.of(
                    new DriverManagerDataSource(bench.database().server().jdbcUrl(), "upgrader", " p#a ss\\w'rd;=")));

            boolean mariaDb = bench.database().server().version().startsWith("MariaDB");
            // whether the program's driver can do without TLS what MySQL asks of such an account is its own affair
            assertThat(notes()).hasSizeLessThanOrEqualTo(mariaDb ? 0 : 1);
            assertThat(notes().toString()).doesNotContain("p#a ss");
            assertThat(definition("cloud.large")).contains("city");
            nothingIsLeft();
        } finally {
            bench.database().run("DROP USER upgrader@'%'");
        }
    }

    private void upgrade() {
        upgrade(DatabaseUpgrade.of(bench.database().dataSource()));
    }

    private void upgrade(DatabaseUpgradeBuilder builder) {
        builder.settings(bench.settings())
                .listeners(List.of(events::add))
                .build()
                .upgrade();
    }

    private List<String> notes() {
        return events.stream()
                .filter(UpgradeEvent.RoutineNoted.class::isInstance)
                .map(event -> ((UpgradeEvent.RoutineNoted) event).text())
                .toList();
    }

    private List<Long> progress() {
        return events.stream()
                .filter(event -> event instanceof UpgradeEvent.RoutineProgressed progressed
                        && progressed.unit().startsWith("percent"))
                .map(event -> ((UpgradeEvent.RoutineProgressed) event).done())
                .toList();
    }

    private void fill(long rows) {
        bench.database().run("INSERT INTO cloud.large (id) VALUES (1)");
        for (long there = 1; there < rows; there *= 2) {
            bench.database()
                    .run("INSERT INTO cloud.large (id) SELECT id + " + there + " FROM cloud.large WHERE id <= "
                            + (rows - there));
        }
        // whether it is copied in portions depends on how large the server takes it to be
        bench.database().run("ANALYZE TABLE cloud.large");
    }

    private String plainDefinition() {
        bench.database().run("CREATE TABLE cloud.plain LIKE cloud.large; ALTER TABLE cloud.plain " + CHANGE);
        String definition = definition("cloud.plain");
        bench.database().run("DROP TABLE cloud.plain");
        return definition;
    }

    private String definition(String table) {
        Object text = bench.database().rows("SHOW CREATE TABLE " + table).get(0).get("Create Table");
        return ("" + text).replaceFirst("^[^(]*", "").replaceFirst(" AUTO_INCREMENT=\\d+", "");
    }

    /** Waits until rows are copied, and keeps that from coming to its end until the connection is closed. */
    private Connection inTheMiddle() throws SQLException {
        await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> bench.value(
                                Long.class,
                                "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'cloud'")
                        == 3);
        Connection connection = bench.database().dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT id FROM cloud.large WHERE id = 400000 FOR UPDATE");
        }
        String copy = bench.tables().stream()
                .filter(table -> table.contains("_dbupgrade_new_"))
                .findFirst()
                .orElseThrow();
        await("rows that are there before all are")
                .atMost(LONGEST)
                .until(() -> bench.database().count(copy) > 0);
        return connection;
    }

    private static List<ProcessHandle> programs() {
        List<ProcessHandle> found = new ArrayList<>();
        ProcessHandle.current().descendants().filter(CopiedTableTest::isProgram).forEach(found::add);
        return found;
    }

    private static boolean isProgram(ProcessHandle process) {
        return Stream.of(process.info().arguments().orElse(new String[0])).anyMatch(word -> word.endsWith(PROGRAM));
    }

    private void nothingIsLeft() {
        assertThat(bench.tables()).noneMatch(table -> table.contains("_dbupgrade_"));
        assertThat(bench.database()
                        .rows("SELECT trigger_name FROM information_schema.triggers WHERE trigger_name LIKE 'pt_osc%'"))
                .isEmpty();
    }
}
