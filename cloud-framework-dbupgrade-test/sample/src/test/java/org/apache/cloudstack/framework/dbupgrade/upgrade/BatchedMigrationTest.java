package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.batch.BatchedMigration;
import org.apache.cloudstack.framework.dbupgrade.batch.Batches;
import org.apache.cloudstack.framework.dbupgrade.batch.KeyRange;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.schema.Column;
import org.apache.cloudstack.framework.dbupgrade.schema.DataTypes;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration that walks a table in batches changes each of its rows once, whatever happens meanwhile. */
@UpgradeDatabase
class BatchedMigrationTest {

    private static final String COUNT = "UPDATE a SET n = n + 1 WHERE id BETWEEN ? AND ?";

    @TempDir
    Path folder;

    Workbench bench;

    private final List<UpgradeEvent> events = new ArrayList<>();

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INT | (-2000000000), (-1), (0), (1), (7), (2000000000)",
                "BIGINT UNSIGNED | (0), (9223372036854775807), (9223372036854775808), (18446744073709551615)",
                "BIGINT | (-9223372036854775808), (9223372036854775807)",
                "VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci | (''), ('a'), ('B'), ('\\tc'), ('ö'), ('?')",
                "CHAR(36) CHARACTER SET latin1 | ('Ä'), ('b '), ('a')"
            })
    void eachRowIsInOneBatchWhateverItsKey(String table) {
        String[] typeAndKeys = table.split(" \\| ");
        given(typeAndKeys[0], typeAndKeys[1]);

        upgrade(Batches.of("a", "id").run(COUNT).taking(Duration.ofMillis(1)));

        assertThat(counts()).isNotEmpty().containsOnly(1);
        assertThat(bench.database().count("cloud.dbupgrade_checkpoint")).isZero();
    }

    @Test
    void manyRowsAreWalkedInManyBatchesWithoutGaps() {
        givenRows(3_000);
        List<KeyRange> walked = new ArrayList<>();

        upgrade(Batches.of("cloud.a", "id").each((connection, keys) -> {
            walked.add(keys);
            count(connection, keys);
        }));

        assertThat(counts()).hasSize(3_000).containsOnly(1);
        assertThat(walked).hasSizeGreaterThan(2);
        for (int i = 1; i < walked.size(); i++) {
            assertThat(walked.get(i).first()).isEqualTo((Long) walked.get(i - 1).last() + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a ENGINE = MyISAM;",
                "CREATE TABLE b (n INT) ENGINE = MyISAM; CREATE TRIGGER t AFTER UPDATE ON a FOR EACH ROW INSERT INTO b VALUES (1);",
                "ALTER TABLE a ENGINE = MyISAM; ALTER TABLE a RENAME TO b; CREATE VIEW a AS SELECT * FROM b;"
            })
    void rowsThatNoRollbackTakesBackAreLeftAloneBeforeTheFirstBatch(String given) {
        givenRows(10);
        bench.with("V_400_B.sql", given);

        assertThatThrownBy(() -> upgrade(Batches.of("a", "id").run(COUNT)))
                .isInstanceOf(UpgradeFailedException.class)
                .hasMessageContaining(", MyISAM: a table without transactions")
                .hasMessageContaining("Nothing was changed");
        assertThat(counts()).containsOnly(0);
    }

    @Test
    void aBatchThatMayRunTwiceMayChangeSuchRowsAndEndsTheSameAfterInterruptions() {
        givenRows(2_000);
        bench.with("V_400_B.sql", "ALTER TABLE a ENGINE = MyISAM;");
        List<KeyRange> begun = new ArrayList<>();
        Batches.Work interrupted = (connection, keys) -> {
            try (var update = connection.prepareStatement("UPDATE a SET n = 1 WHERE id BETWEEN ? AND ?")) {
                keys.bind(update, 1);
                update.executeUpdate();
            }
            begun.add(keys);
            if (begun.size() % 2 == 0) {
                throw new IllegalStateException("stopped in batch " + begun.size());
            }
        };
        Batches batches = Batches.of("a", "id").each(interrupted);

        assertThatThrownBy(() -> upgrade(batches)).hasMessageContaining("a, MyISAM");
        assertThat(begun).isEmpty();
        assertThatThrownBy(() -> upgrade(batches.repeatable()))
                .hasMessageContaining("is rolled back, but for rows of tables without transactions");
        while (counts().contains(0)) {
            try {
                upgrade(batches.repeatable());
            } catch (UpgradeFailedException e) {
                assertThat(e).hasMessageContaining("stopped in batch");
            }
        }
        assertThat(counts()).hasSize(2_000).containsOnly(1);
    }

    @Test
    void anEmptyTableIsNoFailure() {
        givenRows(0);

        upgrade(Batches.of("a", "id").run(COUNT));

        assertThat(counts()).isEmpty();
    }

    @Test
    void afterEachInterruptionItGoesOnWhereItStopped() {
        givenRows(4_000);
        List<KeyRange> begun = new ArrayList<>();
        Batches.Work interrupted = (connection, keys) -> {
            count(connection, keys);
            begun.add(keys);
            if (begun.size() % 2 == 0) {
                throw new IllegalStateException("stopped in batch " + begun.size());
            }
        };

        assertThatThrownBy(() -> upgrade(Batches.of("a", "id").each(interrupted)))
                .isInstanceOf(UpgradeFailedException.class)
                .hasMessageContaining("it goes on after its checkpoints");
        assertThat(counts()).contains(0).contains(1).doesNotContain(2);
        assertThatThrownBy(() -> upgrade(Batches.of("a", "id").each(interrupted)))
                .isInstanceOf(UpgradeFailedException.class);
        upgrade(Batches.of("a", "id").run(COUNT));

        assertThat(counts()).hasSize(4_000).containsOnly(1);
    }

    @Test
    void rowsThatAreAddedBehindTheEndMeanwhileAreWalkedToo() {
        givenRows(1_000);
        List<KeyRange> walked = new ArrayList<>();

        upgrade(Batches.of("a", "id").each((connection, keys) -> {
            if (walked.isEmpty()) {
                bench.database().run("INSERT INTO cloud.a (n) SELECT 0 FROM cloud.a");
            }
            walked.add(keys);
            count(connection, keys);
        }));

        assertThat(counts()).hasSize(2_000).containsOnly(1);
    }

    @Test
    void rowsThatOthersHoldAreWaitedForInSmallerBatches() throws SQLException {
        givenRows(500);
        bench.upgrade().upgrade();
        try (Connection other = bench.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE cloud.a SET n = 0 WHERE id = 400");

            upgrade(Batches.of("a", "id").run(COUNT), event -> {
                if (event instanceof UpgradeEvent.MigrationWaiting) {
                    rollback(other);
                }
            });
        }

        assertThat(counts()).hasSize(500).containsOnly(1);
        assertThat(events)
                .filteredOn(UpgradeEvent.MigrationWaiting.class::isInstance)
                .map(event -> ((UpgradeEvent.MigrationWaiting) event).reason())
                .containsExactly("others hold rows of the next batch, which is tried again with 250 rows");
    }

    @Test
    void whenTheTimeoutIsOverItStopsAndNothingIsLost() throws SQLException {
        givenRows(500);
        bench.upgrade().upgrade();
        try (Connection other = bench.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE cloud.a SET n = 0 WHERE id = 1");

            assertThatThrownBy(() -> upgrade(Batches.of("a", "id").run(COUNT).withTimeout(Duration.ZERO)))
                    .isInstanceOf(UpgradeFailedException.class)
                    .hasMessageContaining("1205");
            other.rollback();
        }
        upgrade(Batches.of("a", "id").run(COUNT));

        assertThat(counts()).hasSize(500).containsOnly(1);
    }

    @ParameterizedTest
    @CsvSource({
        "id,'id INT, b INT, PRIMARY KEY (id, b)','it is no primary or unique key by itself that takes no NULL'",
        "id,'id INT NULL UNIQUE','it is no primary or unique key by itself that takes no NULL'",
        "id,'id VARCHAR(40) NOT NULL, UNIQUE KEY (id(10))','it is no primary or unique key by itself that takes no NULL'",
        "id,'id INT NOT NULL, KEY (id)','it is no primary or unique key by itself that takes no NULL'",
        "id,'id DATETIME PRIMARY KEY','it is of type datetime, where an integer, CHAR or VARCHAR is needed'",
        "id,'id VARCHAR(240) CHARACTER SET latin1 PRIMARY KEY','it is longer than 235 characters'",
        "ida,'id INT PRIMARY KEY','there is no such column'"
    })
    void aTableThatCannotBeWalkedAlongTheKeyIsRefused(String key, String columns, String reason) {
        bench.with("V_400_A.sql", "CREATE TABLE a (" + columns + ");");

        assertThatThrownBy(() -> upgrade(Batches.of("a", key).run(COUNT)))
                .isInstanceOf(UpgradeFailedException.class)
                .hasMessageContaining("a cannot be walked along its column " + key + ": " + reason);
    }

    @Test
    void anotherUniqueKeyThanThePrimaryOneIsWalked() {
        bench.with(
                "V_400_A.sql",
                "CREATE TABLE a (b INT, c INT, id INT NOT NULL, n INT NOT NULL DEFAULT 0, PRIMARY KEY (b, c), UNIQUE (id));"
                        + " INSERT INTO a (b, c, id) VALUES (1, 1, 9), (1, 2, 8);");

        upgrade(Batches.of("a", "id").run(COUNT));

        assertThat(counts()).containsExactly(1, 1);
    }

    @Test
    void aStatementWithoutPlacesForTheKeysIsRefused() {
        givenRows(1);

        assertThatThrownBy(() -> upgrade(Batches.of("a", "id").run("UPDATE a SET n = n + 1 WHERE id > ?")))
                .isInstanceOf(UpgradeFailedException.class)
                .hasMessageContaining("takes its first and its last key in two ?");
        assertThatThrownBy(() -> Batches.of("a", "id").run("ALTER TABLE a ADD COLUMN b INT"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A batch is one INSERT, UPDATE, DELETE or REPLACE");
    }

    @Test
    void theNewColumnOfARenameIsFilledInBatches() {
        bench.with(
                "V_400_A.sql",
                "CREATE TABLE a (id INT PRIMARY KEY, size BIGINT NULL);"
                        + " INSERT INTO a VALUES (1, 10), (2, NULL), (3, 30);");
        Schema schema = new Schema();
        schema.table("a")
                .renameColumn("size")
                .to(Column.column("bytes", DataTypes.bigint()).nullable())
                .expandWithoutFilling();
        bench.with(
                "V_410_A.sql",
                "DELIMITER $$\n"
                        + schema.changes().stream()
                                .map(change -> change.sql() + "$$\n")
                                .reduce("", String::concat));

        upgrade("V_4_1_0_B", Batches.of("a", "id").copy("size", "bytes"), event -> {});

        assertThat(bench.database().rows("SELECT bytes FROM cloud.a ORDER BY id"))
                .extracting(row -> row.get("bytes"))
                .containsExactly(10L, null, 30L);
    }

    @Test
    void rowsSpeedAndTimeLeftAreTold() {
        givenRows(20_000);
        bench.settings(settings -> settings.withProgressInterval(Duration.ZERO));

        List<String> lines;
        try (CapturedLog log = new CapturedLog()) {
            upgrade(Batches.of("a", "id").run(COUNT));
            lines = log.lines();
        }

        assertThat(events)
                .filteredOn(UpgradeEvent.MigrationProgressed.class::isInstance)
                .map(UpgradeEvent.MigrationProgressed.class::cast)
                .filteredOn(event -> event.unit().equals("row"))
                .last()
                .satisfies(event -> {
                    assertThat(event.done()).isEqualTo(event.of()).isEqualTo(20_000);
                    assertThat(event.perSecond()).isPositive();
                    assertThat(event.left()).contains(Duration.ZERO);
                });
        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line).matches(".* 4\\.1\\.0 A .* row \\d+/\\d+, \\d.* a second, about .* left"))
                .anySatisfy(line -> assertThat(line)
                        .matches(".* walked 20000 rows of a in \\d+ batches, of which the longest took \\d+ ms"));
    }

    private void given(String type, String keys) {
        bench.with(
                "V_400_A.sql",
                "CREATE TABLE a (id " + type + " PRIMARY KEY, n INT NOT NULL DEFAULT 0); INSERT INTO a (id) VALUES "
                        + keys + ";");
    }

    private void givenRows(int rows) {
        String tens = IntStream.range(0, 10)
                .mapToObj(i -> "SELECT 1")
                .reduce((a, b) -> a + " UNION ALL " + b)
                .orElseThrow();
        String ten = "(" + tens + ")";
        bench.with(
                "V_400_A.sql",
                "CREATE TABLE a (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT NOT NULL DEFAULT 0);"
                        + " INSERT INTO a (n) SELECT 0 FROM " + ten + " b, " + ten + " c, " + ten + " d, " + ten
                        + " e, " + ten
                        + " f LIMIT " + rows + ";");
    }

    private static void count(Connection connection, KeyRange keys) throws SQLException {
        try (var update = connection.prepareStatement(COUNT)) {
            keys.bind(update, 1);
            update.executeUpdate();
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> counts() {
        return bench.database()
                .jdbc()
                .sql("SELECT n FROM cloud.a")
                .query(Integer.class)
                .list();
    }

    private void upgrade(Batches batches) {
        upgrade(batches, event -> {});
    }

    private void upgrade(Batches batches, UpgradeListener listener) {
        upgrade("V_4_1_0_A", batches, listener);
    }

    private void upgrade(String name, Batches batches, UpgradeListener listener) {
        DatabaseUpgrade.of(bench.database().dataSource())
                .settings(bench.settings())
                .javaMigrations(Map.of(name, new Walk(batches)))
                .listeners(List.of(events::add, listener))
                .build()
                .upgrade();
    }

    @MigrationOptions(revision = "1", phase = "migrate")
    private record Walk(Batches batches) implements BatchedMigration {}
}
