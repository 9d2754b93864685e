package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A backup brings everything back as it was, or is refused with the name of what it would lose. */
class ExactBackupTest {

    private final BackupBench bench;

    ExactBackupTest(@TempDir Path folder) {
        this.bench = new BackupBench(folder).withSmallDatabases();
    }

    @AfterEach
    void dropDatabases() {
        bench.close();
    }

    @Test
    void foreignKeysOnKeysThatAreNotUniqueComeBack() {
        assumeTrue(bench.product() == ServerProduct.MYSQL);
        bench.database.run("""
                CREATE TABLE cloud.parent (id INT PRIMARY KEY, code INT, KEY i_code (code));
                CREATE TABLE cloud.kid (id INT PRIMARY KEY, code INT);
                SET SESSION restrict_fk_on_non_standard_key = OFF;
                ALTER TABLE cloud.kid ADD CONSTRAINT fk_kid FOREIGN KEY (code) REFERENCES cloud.parent (code)""");

        assertComesBack();
    }

    @Test
    void tablesWithoutPrimaryKeyComeBackWhereTheServerWantsOne() throws SQLException {
        assumeTrue(bench.product() == ServerProduct.MYSQL);
        bench.database.run("CREATE TABLE cloud.heap (a INT); INSERT INTO cloud.heap VALUES (1), (1)");

        for (String setting : List.of("sql_require_primary_key", "sql_generate_invisible_primary_key")) {
            whileOn(setting, this::assertComesBack);
        }
    }

    @Test
    void anAccountThatMayNotTurnOffASettingIsRefusedBeforeAnythingIsReadOrDropped() throws SQLException {
        assumeTrue(bench.product() == ServerProduct.MYSQL);
        bench.database.run("CREATE TABLE cloud.heap (a INT)");
        Backup backup = bench.take();
        List<String> before = bench.picture();
        bench.database.run(
                "DROP USER IF EXISTS plain; CREATE USER plain IDENTIFIED BY 'p';"
                        + " GRANT ALL ON cloud.* TO plain; GRANT ALL ON cloud_usage.* TO plain; GRANT SHOW_ROUTINE ON *.* TO plain");
        DumpTarget target = new DumpTarget(
                bench.target.host(), bench.target.port(), "plain", "p", TlsMode.PREFERRED, Optional.empty(), true);
        DataSource plain = new DriverManagerDataSource(bench.database.jdbcUrl(), "plain", "p");
        try {
            whileOn("sql_require_primary_key", () -> {
                assertThat(BackupBench.refusal(FindingCode.BACKUP_NOT_EXACT, () -> new Backups(
                                                plain, target, bench.tools, Clock.systemUTC())
                                        .take(
                                                BackupBench.SCHEMAS,
                                                BackupBench.LABEL,
                                                bench.folder,
                                                BackupListener.NONE))
                                .toString())
                        .contains("table cloud.heap: sql_require_primary_key is ON", "SESSION_VARIABLES_ADMIN");
                assertThat(BackupBench.refusal(FindingCode.BACKUP_FOREIGN, () -> new Restore(
                                                plain, target, bench.tools, CrossProductPolicy.REFUSE)
                                        .restore(backup.folder(), BackupBench.SCHEMAS, BackupListener.NONE))
                                .toString())
                        .contains("sql_require_primary_key", "No database was changed");
            });
        } finally {
            bench.database.run("DROP USER plain");
        }
        assertThat(bench.picture()).isEqualTo(before);
    }

    @Test
    void historyAndRowsThatNoCheckAllowsComeBack() {
        assumeTrue(bench.product() == ServerProduct.MARIADB);
        bench.database.run("""
                CREATE TABLE cloud.price (id INT PRIMARY KEY, price INT) WITH SYSTEM VERSIONING;
                INSERT INTO cloud.price VALUES (1, 1);
                UPDATE cloud.price SET price = 2;
                CREATE TABLE cloud.named (id INT PRIMARY KEY, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START,
                  e TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING;
                INSERT INTO cloud.named (id) VALUES (1);
                DELETE FROM cloud.named;
                CREATE TABLE cloud.checked (a INT CHECK (a > 0));
                SET SESSION check_constraint_checks = 0;
                INSERT INTO cloud.checked VALUES (-1)""");
        List<String> history = history();

        assertComesBack();

        assertThat(history()).isEqualTo(history).hasSize(3);
    }

    @Test
    void programsWithAnyCommentAndBlockComeBack() {
        bench.database.run("""
                CREATE TRIGGER cloud.noted BEFORE INSERT ON cloud.vm FOR EACH ROW
                BEGIN /* don't; stop */ SET NEW.name = ';'; -- it's
                END""");
        bench.database.run("""
                CREATE PROCEDURE cloud.walk(IN n INT, OUT `end` INT)
                `walk`: BEGIN
                  DECLARE i INT DEFAULT 0;
                  DECLARE CONTINUE HANDLER FOR NOT FOUND, SQLSTATE '42S02' BEGIN SET i = 7; END;
                  IF n > CASE WHEN n > 3 THEN 1 ELSE 2 END THEN SET i = 1; ELSEIF n = 2 THEN SET i = 2; ELSE SET i = IF(n, 1, 2); END IF;
                  CASE n WHEN 1 THEN SET i = 1; ELSE BEGIN END; END CASE;
                  again: LOOP SET i = i + 1; IF i > 9 THEN LEAVE again; END IF; END LOOP again;
                  WHILE i > 5 DO SET i = i - 1; END WHILE;
                  REPEAT SET i = i - 1; UNTIL i < 2 END REPEAT;
                  SET `end` = i;
                END `walk`""");

        assertComesBack();
    }

    @Test
    void aHistoryOfTransactionsIsRefused() {
        assumeTrue(bench.product() == ServerProduct.MARIADB);
        bench.database.run("""
                CREATE TABLE cloud.tx (id INT PRIMARY KEY, s BIGINT UNSIGNED GENERATED ALWAYS AS ROW START,
                  e BIGINT UNSIGNED GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING""");

        assertRefusedFor("table cloud.tx: its history is of transactions");
    }

    @Test
    void aReadOnlyDatabaseIsRefused() {
        assumeTrue(bench.product() == ServerProduct.MYSQL);
        bench.database.run("ALTER DATABASE cloud_usage READ ONLY = 1");
        try {
            assertRefusedFor("database cloud_usage: it is read only");
        } finally {
            bench.database.run("ALTER DATABASE cloud_usage READ ONLY = 0");
        }
    }

    @Test
    void numbersThatADumpWouldRoundAreRefused() {
        bench.database.run("CREATE TABLE cloud.share (id INT PRIMARY KEY, part FLOAT, whole DOUBLE);"
                + " INSERT INTO cloud.share VALUES (1, 0.1, 16777217), (2, NULL, 0.1), (3, -1e30, 1e-300)");
        assertComesBack();
        bench.database.run("UPDATE cloud.share SET part = 16777216 WHERE id = 2");

        assertRefusedFor("column cloud.share.part: it holds numbers of more than the six digits");
    }

    @Test
    void anExpiredEventIsRefused() {
        bench.database.run(
                "CREATE EVENT cloud.once ON SCHEDULE AT CURRENT_TIMESTAMP + INTERVAL 2 SECOND DISABLE DO DO 1");
        bench.database.run("DO SLEEP(3)");

        assertRefusedFor("event cloud.once: its time has passed");
    }

    private void assertComesBack() {
        List<String> before = bench.picture();
        Backup backup = bench.take();
        bench.database.run("DROP TABLE cloud.vm");

        bench.restore(backup);

        assertThat(bench.picture()).isEqualTo(before);
    }

    private void assertRefusedFor(String reason) {
        assertThat(BackupBench.refusal(FindingCode.BACKUP_NOT_EXACT, bench::take)
                        .problem())
                .contains(reason);
        assertThat(bench.left()).allMatch(left -> !left.toString().endsWith(".unfinished"));
    }

    private List<String> history() {
        return bench.database
                .jdbc()
                .sql("SELECT CONCAT_WS(' ', price, row_start, row_end) FROM cloud.price FOR SYSTEM_TIME ALL"
                        + " UNION ALL SELECT CONCAT_WS(' ', id, s, e) FROM cloud.named FOR SYSTEM_TIME ALL ORDER BY 1")
                .query(String.class)
                .list();
    }

    private void whileOn(String setting, Runnable work) throws SQLException {
        try (Connection connection = bench.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL " + setting + " = ON");
            try {
                work.run();
            } finally {
                statement.execute("SET GLOBAL " + setting + " = OFF");
            }
        }
    }
}
