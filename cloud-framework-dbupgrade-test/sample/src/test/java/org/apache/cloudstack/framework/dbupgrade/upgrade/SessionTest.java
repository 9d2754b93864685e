package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Every migration starts from the same session, whatever those before it set, and the pool gets its own back. */
@UpgradeDatabase
class SessionTest {

    private static final String SETTINGS =
            "CONCAT_WS(' | ', @@sql_mode, @@character_set_client, @@collation_connection,"
                    + " @@time_zone, @@foreign_key_checks + 0, @@unique_checks + 0, @@group_concat_max_len, DATABASE(),"
                    + " IFNULL(@left_over, 'unset'))";

    /** What changes by itself, on a session that nobody touches. */
    private static final Set<String> MOVING = Set.of(
            "now",
            "timestamp",
            "rand_seed1",
            "rand_seed2",
            "statement_id",
            "last_gtid",
            "gtid_executed",
            "gtid_binlog_pos",
            "gtid_binlog_state",
            "gtid_current_pos",
            "identity",
            "last_insert_id");

    private static final String EVERYTHING = """
            SET timestamp = 1000000000, insert_id = 7, last_insert_id = 9;
            SET sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES', time_zone = '+09:00', div_precision_increment = 9;
            SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE;
            SET NAMES latin1;
            SET sql_big_selects = 0, sql_notes = 0, sql_auto_is_null = 1, default_week_format = 4;
            SET SESSION default_storage_engine = MyISAM;
            SET lc_time_names = 'de_DE', sql_log_bin = 0;
            SET @left_over = 1;
            USE cloud_usage;
            SET sql_select_limit = 1;
            """;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE seen (id INT, settings VARCHAR(500));")
                .with("V_410_A.sql", "INSERT INTO cloud.seen SELECT 1, " + SETTINGS)
                .with("V_410_B.sql", """
                        SET sql_mode = 'ANSI_QUOTES', time_zone = '+09:00', foreign_key_checks = 0, unique_checks = 0;
                        SET NAMES latin1;
                        SET SESSION group_concat_max_len = 4321;
                        SET @left_over = 1;
                        USE cloud_usage;
                        """)
                .with("V_410_C.sql", "INSERT INTO cloud.seen SELECT 3, " + SETTINGS)
                .with(
                        "V_410_D.sql",
                        "-- dbupgrade: sql_mode=PIPES_AS_CONCAT\nINSERT INTO cloud.seen SELECT 4, 'mode ' || @@sql_mode")
                .with("V_410_E.sql", "INSERT INTO cloud.seen SELECT 5, " + SETTINGS);
    }

    @Test
    void noMigrationSeesWhatAnotherSet() {
        bench.upgrade().upgrade();

        assertThat(seen(3)).isEqualTo(seen(1));
        assertThat(seen(5)).isEqualTo(seen(1));
        assertThat(seen(1))
                .contains("| utf8mb4 | utf8mb4_general_ci | +00:00 | 1 | 1 |", "| cloud | unset")
                .doesNotContain("ONLY_FULL_GROUP_BY");
    }

    @Test
    void aHeadLineMayAskForAnotherMode() {
        bench.upgrade().upgrade();

        assertThat(seen(4)).isEqualTo("mode PIPES_AS_CONCAT");
    }

    @Test
    void thePoolGetsItsSessionsBack() {
        bench.database().run("CREATE DATABASE cloud; CREATE DATABASE cloud_usage; CREATE DATABASE cloud_other");
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(bench.database().server().jdbcUrl("cloud_other"));
            pool.setUsername(bench.database().server().user());
            pool.setPassword(bench.database().server().password());
            pool.setMaximumPoolSize(3);
            pool.setConnectionInitSql("SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY', time_zone = '-03:00'");
            List<String> before = sessions(pool);

            bench.upgrade(pool).upgrade();

            assertThat(sessions(pool)).isEqualTo(before).hasSize(3).allMatch(each -> each.contains("-03:00"));
        } finally {
            bench.database().run("DROP DATABASE cloud_other");
        }
    }

    @Test
    void theNextMigrationHasTheSessionThatAFreshOneHas(MigratedDatabase database) {
        bench = new Workbench(folder.resolve("settings"), database)
                .with("V_400_A.sql", "CREATE TABLE seen (part INT, name VARCHAR(64), value VARCHAR(4000));")
                .with("V_410_A.sql", listedAs(1))
                .with("V_410_B.sql", EVERYTHING)
                .with("V_410_C.sql", listedAs(2));

        bench.upgrade().upgrade();

        assertThat(listed(1)).hasSizeGreaterThan(400);
        assertThat(listed(2)).containsExactlyEntriesOf(listed(1));
        assertThat(bench.value(Integer.class, "SELECT COUNT(*) FROM cloud.seen WHERE name = 'now' AND value < '2026'"))
                .isZero();
    }

    @Test
    void thePoolGetsBackSessionsLikeFreshOnes(MigratedDatabase database) {
        bench = new Workbench(folder.resolve("settings"), database).with("V_400_A.sql", EVERYTHING);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(bench.database().server().jdbcUrl());
            pool.setUsername(bench.database().server().user());
            pool.setPassword(bench.database().server().password());
            pool.setMaximumPoolSize(3);
            List<Map<String, String>> before = onEach(pool, this::variablesOf);

            bench.upgrade(pool).upgrade();

            assertThat(onEach(pool, this::variablesOf)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(onEach(pool, one -> one.sql("SELECT NOW() > '2002-01-01' AND @left_over IS NULL")
                            .query(Boolean.class)
                            .single()))
                    .containsExactly(true, true, true);
        }
    }

    private String listedAs(int part) {
        return "INSERT INTO seen SELECT " + part + ", LOWER(variable_name), variable_value FROM " + variables()
                + ";\nINSERT INTO seen VALUES (" + part + ", 'now', NOW());";
    }

    private Map<String, String> listed(int part) {
        return byName(JdbcClient.create(bench.database().dataSource())
                .sql("SELECT name, value FROM cloud.seen WHERE part = " + part));
    }

    private Map<String, String> variablesOf(JdbcClient one) {
        return byName(one.sql("SELECT LOWER(variable_name), variable_value FROM " + variables()));
    }

    private static Map<String, String> byName(JdbcClient.StatementSpec variables) {
        Map<String, String> values = new TreeMap<>();
        variables.query(row -> {
            values.put(row.getString(1), String.valueOf(row.getString(2)));
        });
        values.keySet().removeAll(MOVING);
        return values;
    }

    private String variables() {
        boolean mariaDb = bench.value(String.class, "SELECT VERSION()").contains("MariaDB");
        return (mariaDb ? "information_schema" : "performance_schema") + ".session_variables";
    }

    private static List<String> sessions(HikariDataSource pool) {
        return onEach(
                pool, one -> one.sql("SELECT " + SETTINGS).query(String.class).single());
    }

    private static <T> List<T> onEach(HikariDataSource pool, Function<JdbcClient, T> question) {
        try (var one = pool.getConnection();
                var two = pool.getConnection();
                var three = pool.getConnection()) {
            return Stream.of(one, two, three)
                    .map(connection -> JdbcClient.create(new SingleConnectionDataSource(connection, true)))
                    .map(question)
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String seen(int id) {
        return bench.value(String.class, "SELECT settings FROM cloud.seen WHERE id = " + id);
    }
}
