package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeMembership;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A node that validates needs an account that reads, and no more; what an account lacks is reported as one GRANT. */
@UpgradeDatabase
class ReadingAccountTest {

    private static final ReleaseVersion RELEASE = ReleaseVersion.of("4.0.0");
    private static final String ACCOUNT = "'read''er'@'%'";

    @TempDir
    Path folder;

    private Workbench bench;
    private final List<Finding> outdated = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aDatabaseAndAnAccountThatReadsIt(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with("V_400_A.sql", "CREATE TABLE vm (id INT PRIMARY KEY);")
                .settings(settings -> settings.withRolling(settings.rolling()
                        .withTimes(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(1))));
        bench.upgrade().upgrade();
        bench.upgrade().join(RELEASE, outdated::add).close();
        dropAccount();
        bench.database().run("CREATE USER " + ACCOUNT + " IDENTIFIED BY 'Secret-1'");
        List.of("cloud", "cloud_usage")
                .forEach(name -> bench.database().run("GRANT SELECT ON `" + name + "`.* TO " + ACCOUNT));
    }

    @AfterEach
    void dropAccount() {
        bench.database().run("DROP USER IF EXISTS " + ACCOUNT);
    }

    @Test
    void itValidatesPlansVerifiesAndTellsTheStatus() {
        DatabaseUpgrade reader = reader();

        assertThat(reader.validate()).isEqualTo(RELEASE);
        assertThat(reader.status().findings()).isEmpty();
        assertThat(reader.status().isUpToDate()).isTrue();
        assertThat(reader.verify().findings())
                .isEqualTo(bench.upgrade().verify().findings());
        assertThat(reader.records().release()).contains(RELEASE);
        bench.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN name VARCHAR(10);");
        assertThat(reader.preview().steps()).isNotEmpty();
    }

    @Test
    void itRunsWithoutBeingCountedAndTheLogTellsWhatItLacks() {
        try (CapturedLog log = new CapturedLog();
                NodeMembership membership =
                        reader().registerNodeIfTracked(RELEASE, outdated::add).orElseThrow()) {
            assertThat(membership).isNotNull();
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("GRANT INSERT, UPDATE ON `cloud`.`dbupgrade_node` TO " + ACCOUNT + ";");
            bench.database().run("UPDATE cloud.dbupgrade_contracted SET release_version = '4.2.0'");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !outdated.isEmpty());
        }
    }

    @Test
    void withThatGrantItIsCountedUntilItLeaves() {
        bench.database().run("GRANT INSERT, UPDATE ON `cloud`.`dbupgrade_node` TO " + ACCOUNT);

        NodeMembership membership =
                reader().registerNodeIfTracked(RELEASE, outdated::add).orElseThrow();
        assertThat(bench.upgrade().status().servers()).hasSize(1);

        membership.close();
        assertThat(bench.upgrade().status().servers()).isEmpty();
    }

    @Test
    void anUpgradeWithItIsRefusedWithTheLeastGrantThatItLacks() {
        bench.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN name VARCHAR(10);");

        Finding finding = refusal(reader()).findings().get(0);

        assertThat(finding.code()).isEqualTo(FindingCode.PRIVILEGE_MISSING);
        assertThat(finding.remedy())
                .contains("GRANT ", " ON `cloud`.* TO " + ACCOUNT + ";")
                .doesNotContain("GRANT ALL", "SELECT");
    }

    @Test
    void thePreflightNamesTheAccountAsTheServerKnowsIt() {
        bench.with("V_410_A.sql", "ALTER TABLE vm ADD COLUMN name VARCHAR(10);");

        assertThat(reader().preflight())
                .flatExtracting(outcome -> outcome.results())
                .extracting(result -> result.cure())
                .contains("GRANT ALTER, CREATE, DELETE, DROP, INDEX, INSERT, UPDATE ON `cloud`.* TO " + ACCOUNT);
    }

    private static UpgradeRefusedException refusal(DatabaseUpgrade upgrade) {
        return Optional.ofNullable(catchThrowableOfType(UpgradeRefusedException.class, upgrade::upgrade))
                .orElseThrow();
    }

    private DatabaseUpgrade reader() {
        return DatabaseUpgrade.of(new DriverManagerDataSource(bench.database().jdbcUrl(), "read'er", "Secret-1"))
                .settings(bench.settings())
                .build();
    }
}
