package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Which databases an upgrade is of, where its settings do not say so. */
@UpgradeDatabase(schemas = "shop")
class DatabaseOfTheUrlTest {

    @TempDir
    Path folder;

    private final List<Finding> warnings = new ArrayList<>();
    private TestDatabase database;
    private MigrationFolder migrations;

    @BeforeEach
    void write(MigratedDatabase empty) {
        database = empty.server();
        migrations = new MigrationFolder(folder).with("V_100_A__install.sql", "CREATE TABLE customer (id INT);");
    }

    @Test
    void theDatabaseOfTheUrlIsUpgraded() {
        database.run("CREATE DATABASE shop");

        DatabaseUpgrade upgrade = upgrade("shop").build();
        upgrade.upgrade();

        assertThat(upgrade.schemas()).containsExactly("shop");
        assertThat(database.count("shop.customer")).isZero();
        assertThat(database.rows("SHOW DATABASES LIKE 'cloud%'")).isEmpty();
    }

    @Test
    void aUrlWithoutDatabaseIsRefusedWithTheUrlAndTheProperty() {
        assertThatThrownBy(() -> upgrade("").build().upgrade())
                .isInstanceOfSatisfying(UpgradeRefusedException.class, refused -> {
                    assertThat(refused.findings())
                            .extracting(Finding::code)
                            .containsExactly(FindingCode.NO_DATABASE_NAMED);
                    assertThat(refused.findings().get(0).problem())
                            .contains(database.jdbcUrl().replaceFirst("\\?.*", ""), "cloud.dbupgrade.schemas");
                });
    }

    @Test
    void theStatusOfAUrlWithoutDatabaseTellsTheRefusal() {
        assertThat(upgrade("").build().status().findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.NO_DATABASE_NAMED);
    }

    @Test
    void theMigrationsAreCheckedWithoutAServer() {
        DataSource nowhere = new DriverManagerDataSource("jdbc:mysql://127.0.0.1:1/", "nobody", "");

        assertThat(DatabaseUpgrade.of(nowhere).settings(settings()).build().lint())
                .isEmpty();
    }

    @Test
    void aDatabaseInTheUrlThatIsNotAmongTheStatedOnesIsAWarning() {
        database.run("CREATE DATABASE cloud");

        upgrade("cloud").settings(settings().withSchemas("shop")).build().upgrade();

        assertThat(warnings).extracting(Finding::code).contains(FindingCode.URL_DATABASE_NOT_UPGRADED);
        assertThat(warnings).extracting(Finding::problem).anySatisfy(problem -> assertThat(problem)
                .contains("cloud", "shop"));
    }

    @Test
    void aDatabaseInTheUrlThatIsOneOfTheStatedOnesIsNone() {
        database.run("CREATE DATABASE shop");

        upgrade("shop")
                .settings(settings().withSchemas("cloud", "shop"))
                .build()
                .upgrade();

        assertThat(warnings).extracting(Finding::code).doesNotContain(FindingCode.URL_DATABASE_NOT_UPGRADED);
    }

    private UpgradeSettings settings() {
        return UpgradeSettings.defaults().withLocations(migrations.location());
    }

    private DatabaseUpgradeBuilder upgrade(String name) {
        DataSource connections = new DriverManagerDataSource(
                database.server().jdbcUrl(name),
                database.server().user(),
                database.server().password());
        UpgradeListener listener = event -> Stream.of(event)
                .filter(UpgradeEvent.Warned.class::isInstance)
                .map(UpgradeEvent.Warned.class::cast)
                .forEach(warned -> warnings.add(warned.finding()));
        return DatabaseUpgrade.of(connections).settings(settings()).listeners(List.of(listener));
    }
}
