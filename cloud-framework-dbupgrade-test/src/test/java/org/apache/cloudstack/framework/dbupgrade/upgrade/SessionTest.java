package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every migration starts from the same session, whatever those before it set, and the pool gets its own back. */
@UpgradeDatabase
class SessionTest {

    private static final String SETTINGS =
            "CONCAT_WS(' | ', @@sql_mode, @@character_set_client, @@collation_connection,"
                    + " @@time_zone, @@foreign_key_checks + 0, @@unique_checks + 0, @@group_concat_max_len, DATABASE(),"
                    + " IFNULL(@left_over, 'unset'))";

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

    private static List<String> sessions(HikariDataSource pool) {
        try (var one = pool.getConnection();
                var two = pool.getConnection();
                var three = pool.getConnection()) {
            return java.util.stream.Stream.of(one, two, three)
                    .map(connection -> JdbcClient.create(
                                    new org.springframework.jdbc.datasource.SingleConnectionDataSource(
                                            connection, true))
                            .sql("SELECT " + SETTINGS)
                            .query(String.class)
                            .single())
                    .toList();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String seen(int id) {
        return bench.value(String.class, "SELECT settings FROM cloud.seen WHERE id = " + id);
    }
}
