package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** When the server does not let the upgrade work, the operator reads why and what to do, and nothing is touched. */
@UpgradeDatabase
class ServerTroubleTest {

    private static final String PASSWORD = "s3cret-of-mallory";

    @TempDir
    Path folder;

    Workbench bench;
    DatabaseServer server;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database).with("V_400_A.sql", "CREATE TABLE a (id INT);");
        server = bench.database().server();
        dropUsers();
    }

    @AfterEach
    void close() {
        bench.database().run("SET GLOBAL read_only = 0");
        dropUsers();
    }

    @Test
    void aMissingDatabaseInTheUrl() {
        Finding finding =
                refused(new DriverManagerDataSource(server.jdbcUrl("cloud"), server.user(), server.password()));

        assertThat(finding.code()).isEqualTo(FindingCode.DATABASE_MISSING);
        assertThat(finding.subject()).isEqualTo("cloud");
        assertThat(finding.remedy()).contains("createDatabaseIfNotExist");
        assertThat(bench.databases()).isEmpty();
    }

    @Test
    void aMissingDatabaseThatMayNotBeCreated() {
        bench.settings(settings -> settings.withCreateSchemas(false));

        assertThat(bench.refused())
                .extracting(Finding::code, Finding::subject)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FindingCode.DATABASE_MISSING, "cloud"),
                        org.assertj.core.groups.Tuple.tuple(FindingCode.DATABASE_MISSING, "cloud_usage"));
        assertThat(bench.databases()).isEmpty();
    }

    @Test
    void wrongCredentials() {
        Finding finding = refused(new DriverManagerDataSource(server.jdbcUrl(), "mallory", PASSWORD));

        assertThat(finding.code()).isEqualTo(FindingCode.ACCESS_DENIED);
        assertThat(finding.toString()).contains("spring.datasource.username").doesNotContain(PASSWORD);
        assertThat(bench.databases()).isEmpty();
    }

    @Test
    void wrongCredentialsBehindAPool() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(server.jdbcUrl());
            pool.setUsername("mallory");
            pool.setPassword(PASSWORD);
            pool.setInitializationFailTimeout(-1);
            pool.setConnectionTimeout(Duration.ofSeconds(1).toMillis());

            Finding finding = refused(pool);

            assertThat(finding.code()).isEqualTo(FindingCode.ACCESS_DENIED);
            assertThat(finding.toString()).contains("jdbc:mysql://").doesNotContain(PASSWORD, "?");
        }
    }

    @Test
    void aUserWhoMayOnlyRead() {
        bench.database()
                .run("CREATE USER mallory@'%' IDENTIFIED BY '" + PASSWORD + "'; GRANT SELECT ON *.* TO mallory@'%'");

        assertLacksPrivileges(bench.refused(new DriverManagerDataSource(server.jdbcUrl(), "mallory", PASSWORD)));
        assertThat(bench.databases()).isEmpty();
    }

    @Test
    void aUserWhoMayOnlyReadDatabasesThatExist() {
        bench.database()
                .run("CREATE DATABASE cloud; CREATE DATABASE cloud_usage; CREATE USER mallory@'%' IDENTIFIED BY '"
                        + PASSWORD
                        + "'; GRANT SELECT ON cloud.* TO mallory@'%'; GRANT SELECT ON cloud_usage.* TO mallory@'%'");

        assertLacksPrivileges(bench.refused(new DriverManagerDataSource(server.jdbcUrl(), "mallory", PASSWORD)));
        assertThat(bench.tables()).isEmpty();
    }

    /** All that is missing, before the first statement that would need it. */
    private static void assertLacksPrivileges(List<Finding> findings) {
        assertThat(findings).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.PREFLIGHT_STOP);
            assertThat(finding.problem()).contains("The account lacks", "CREATE", "INSERT");
            assertThat(finding.remedy()).contains("GRANT");
        });
    }

    @Test
    void aServerThatAcceptsNoWrites() {
        bench.database().run("SET GLOBAL read_only = 1");

        bench.refusedFor(FindingCode.SERVER_READ_ONLY);
        assertThat(bench.databases()).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswer() {
        Finding finding =
                refused(new DriverManagerDataSource("jdbc:mysql://127.0.0.1:1/cloud?user=u&password=" + PASSWORD));

        assertThat(finding.code()).isEqualTo(FindingCode.SERVER_UNREACHABLE);
        assertThat(finding.problem()).contains("jdbc:mysql://127.0.0.1:1/cloud");
        assertThat(finding.toString()).doesNotContain(PASSWORD);
    }

    private Finding refused(DataSource dataSource) {
        List<Finding> findings = bench.refused(dataSource);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private void dropUsers() {
        bench.database().run("DROP USER IF EXISTS mallory@'%'");
    }
}
