package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.FailureCause;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the operator reads when it is the server, or someone else on it, that stops a migration. */
@UpgradeDatabase
class FailureReportOfServerTest {

    private static final String PASSWORD = "s3cret-of-mallory";

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE vm (id INT); INSERT INTO vm VALUES (1);");
        bench.upgrade().upgrade();
        dropUsers();
    }

    @AfterEach
    void close() {
        bench.database().run("SET GLOBAL read_only = 0");
        dropUsers();
    }

    @ParameterizedTest
    @CsvSource({"UPDATE vm SET id = 2, UPDATE vm SET id = …", "ALTER TABLE vm ADD a INT, ALTER TABLE vm ADD a INT"})
    void aLockThatAnotherConnectionHolds(String statement, String shown) throws Exception {
        bench.with(
                "V_410_A.sql",
                "SET SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1;\n" + statement + ";");
        try (Connection other = bench.database().dataSource().getConnection();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.execute("UPDATE cloud.vm SET id = 3");

            ToldFailure failure = ToldFailure.of(bench.upgrade());

            assertThat(failure.finding().problem())
                    .isEqualTo("V_410_A.sql failed in statement 2 of 2 (line 2): " + shown
                            + ". 1 statement is done, statement 2 had no effect.");
            assertTold(
                    failure, 1205, "Lock wait timeout exceeded; try restarting transaction.", FailureCause.LOCK_WAIT);
        }
        assertThat(bench.scriptsRun()).containsExactly("V_410_A.sql");
    }

    @Test
    void aWordThatIsNoNameIsShownAndNoLiteral() {
        bench.with("V_410_A.sql", "CREATE TABLE board (id INT, select INT, note VARCHAR(9) DEFAULT 'secret');");

        ToldFailure failure = ToldFailure.of(bench.upgrade());

        assertThat(failure.finding().toString())
                .contains("near 'select INT, note VARCHAR")
                .doesNotContain("secret");
    }

    @Test
    void aMissingPrivilege() {
        bench.with("V_410_A.sql", "INSERT INTO vm VALUES (2);\nDROP TABLE elsewhere.vm;");

        ToldFailure failure = ToldFailure.of(bench.upgrade(mallory()));

        assertThat(failure.finding().problem())
                .isEqualTo("V_410_A.sql failed in statement 2 of 2 (line 2): DROP TABLE elsewhere.vm."
                        + " 1 statement is done, statement 2 had no effect.");
        assertTold(failure, 1142, "DROP command denied to user 'mallory'@", FailureCause.PRIVILEGE_MISSING);
    }

    @Test
    void aServerThatBecomesReadOnly() {
        bench.with("V_410_A.sql", "INSERT INTO vm VALUES (2);\nINSERT INTO vm VALUES (3);\nINSERT INTO vm VALUES (4);");
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(mallory())
                .settings(bench.settings())
                .listeners(List.of(event -> {
                    if (event instanceof UpgradeEvent.MigrationProgressed) {
                        bench.database().run("SET GLOBAL read_only = 1");
                    }
                }))
                .build();

        ToldFailure failure = ToldFailure.of(upgrade);

        assertThat(failure.finding().problem())
                .isEqualTo(
                        "V_410_A.sql failed in statement 2 of 3 (line 2): INSERT INTO vm VALUES (…). No statement is done,"
                                + " statement 1 was rolled back, whether statement 2 had an effect is looked up at the next start, 1 is not started.");
        assertTold(failure, 1290, "The M", FailureCause.READ_ONLY);
        bench.database().run("SET GLOBAL read_only = 0");
        assertThat(bench.scriptsRun()).containsExactly("V_410_A.sql");
        assertThat(bench.database().count("cloud.vm")).isEqualTo(4);
    }

    @Test
    void aFullDisk() {
        try (DatabaseServer server = KillableServer.start(
                        "--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:12M:autoextend:max:20M");
                Workbench full = new Workbench(folder, server)) {
            full.with("V_400_A.sql", "CREATE TABLE vm (id INT, note VARCHAR(9000));")
                    .with(
                            "V_410_A.sql",
                            "INSERT INTO vm VALUES (1, 'a');\n"
                                    + "INSERT INTO vm SELECT seq, REPEAT('Pa55word', 1000) FROM seq_1_to_9000;");

            ToldFailure failure = ToldFailure.of(full.upgrade());

            assertThat(failure.finding().problem())
                    .isEqualTo(
                            "V_410_A.sql failed in statement 2 of 2 (line 2): INSERT INTO vm SELECT seq, REPEAT('…', …)"
                                    + " FROM seq_1_to_9000. 1 statement is done, statement 2 had no effect.");
            assertTold(failure, 1114, "The table 'vm' is full.", FailureCause.DISK_FULL);
            assertThat(failure.everything(full)).doesNotContain("Pa55word");
            assertThat(full.database().count("cloud.vm")).isEqualTo(1);
        }
    }

    private void assertTold(ToldFailure failure, int code, String error, FailureCause cause) {
        assertThat(failure.finding().evidence())
                .matches("error " + code + ", SQL state \\w{5}: .*")
                .contains(": " + error)
                .endsWith(". Usual cause: " + cause.cause());
        assertThat(failure.finding().remedy()).startsWith(cause.cure() + " The failed statement ");
        assertThat(failure.everything(bench)).doesNotContain(PASSWORD);
    }

    /** Who may do what an upgrade needs in its own databases, and nothing elsewhere. */
    private DataSource mallory() {
        bench.database()
                .run(
                        "CREATE USER mallory@'%' IDENTIFIED BY '" + PASSWORD + "';"
                                + " GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON `cloud%`.* TO mallory@'%'");
        return new DriverManagerDataSource(bench.database().server().jdbcUrl(), "mallory", PASSWORD);
    }

    private void dropUsers() {
        bench.database().run("DROP USER IF EXISTS mallory@'%'");
    }
}
