package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.docs.Handbook;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of tables and meters list what an upgraded application has. */
class TablesAndMetersPageTest {

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestDatabase database;

    @BeforeEach
    void upgrade() {
        database = TestDatabase.fresh(TestServers.shared());
        DatabaseUpgradeMetrics metrics = new DatabaseUpgradeMetrics();
        metrics.bindTo(registry);
        MigrationFolder migrations = new MigrationFolder(folder).with("V_400_A.sql", "CREATE TABLE vm (id INT);");
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(database.dataSource())
                .settings(UpgradeSettings.defaults().withSchemas("cloud").withLocations(migrations.location()))
                .listeners(List.of(metrics))
                .build();
        upgrade.upgrade();
        upgrade.join(ReleaseVersion.of("4.0.0"), finding -> {}).close();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachTableOfTheLibraryIsOnItsPage() {
        List<String> tables = database.jdbc()
                .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'cloud'"
                        + " AND table_name <> 'vm'")
                .query(String.class)
                .list();

        assertThat(Handbook.page("reference/tables.md").table("table", "holds"))
                .extracting(row -> row.get(0))
                .containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void eachMeterIsOnItsPage() {
        List<List<String>> meters = registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> List.of(
                        id.getName(),
                        id.getType().name().toLowerCase(Locale.ROOT),
                        tags(id.getTags().stream().map(Tag::getKey))))
                .toList();

        assertThat(Handbook.page("reference/metrics.md").table("meter", "kind", "tags"))
                .extracting(row -> List.of(
                        row.get(0),
                        row.get(1).split(" ")[0],
                        tags(Stream.of(row.get(2).replace("`", "").split(", ")))))
                .containsExactlyInAnyOrderElementsOf(meters);
    }

    private static String tags(Stream<String> names) {
        return String.join(",", names.sorted().toList());
    }
}
