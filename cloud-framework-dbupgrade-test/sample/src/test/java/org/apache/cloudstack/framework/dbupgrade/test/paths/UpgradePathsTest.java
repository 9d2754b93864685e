package org.apache.cloudstack.framework.dbupgrade.test.paths;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests that the annotation makes, when nothing is wrong, and who pays for them. */
class UpgradePathsTest {

    static class Page {

        @UpgradePaths(locations = Timeline.LOCATION)
        void everyWay() {}
    }

    static class PairsPage {

        @UpgradePaths(locations = Timeline.LOCATION, pairs = true)
        void everyWay(MigratedDatabase database, UpgradePath way) {
            assertThat(database).isAt(way.last().toString());
            database.run("DROP TABLE cloud.host"); // what is done here is nobody else's trouble
        }
    }

    static class OwnAssertionPage {

        @UpgradePaths(locations = Timeline.LOCATION, lint = false)
        void everyWay(MigratedDatabase database) {
            assertThat(database).hasTable("host").withColumn("newest").ofType("int");
        }
    }

    @Test
    void eachWayIsATest() {
        Timeline.sound();

        WalkedPaths walked = WalkedPaths.of(Page.class);

        assertThat(walked.failed()).isEmpty();
        assertThat(walked.names())
                .containsExactly(
                        "the lint rules",
                        "fresh 4.7.0",
                        "fresh 4.6.1",
                        "4.6.1 -> 4.7.0",
                        "fresh 4.6.0",
                        "4.6.0 -> 4.6.1",
                        "4.6.0 -> 4.7.0",
                        "fresh 4.5.3",
                        "4.5.3 -> 4.6.1",
                        "4.5.3 -> 4.7.0",
                        "fresh 4.5.0",
                        "4.5.0 -> 4.5.3",
                        "4.5.0 -> 4.5.3 -> 4.6.1",
                        "4.5.0 -> 4.5.3 -> 4.6.1 -> 4.7.0",
                        "4.5.0 -> 4.6.0",
                        "4.5.0 -> 4.6.0 -> 4.6.1",
                        "4.5.0 -> 4.6.0 -> 4.6.1 -> 4.7.0",
                        "4.5.0 -> 4.7.0");
    }

    @Test
    void withPairsAReleaseThatLacksAChangeOfAnEarlierOneHasToRefuseIt() {
        Timeline.sound();

        WalkedPaths walked = WalkedPaths.of(PairsPage.class);

        assertThat(walked.failed()).isEmpty();
        assertThat(walked.names()).contains("4.5.3 -> 4.6.0 is refused", "4.5.0 -> 4.6.1");
    }

    @Test
    void aBackportLeavesNothingToRefuse() {
        Timeline.sound()
                .with(
                        "V_4.6.0_B__patch.sql",
                        Timeline.REASON + "INSERT INTO setting (name, value) VALUES ('patch', '1');");

        WalkedPaths walked = WalkedPaths.of(PairsPage.class);

        assertThat(walked.failed()).isEmpty();
        assertThat(walked.names()).contains("4.5.3 -> 4.6.0");
    }

    @Test
    void theMethodIsCalledAtTheEndOfEachWay() {
        Timeline.sound();

        WalkedPaths walked = WalkedPaths.of(OwnAssertionPage.class);

        assertThat(walked.failed())
                .contains("fresh 4.6.1", "4.5.0 -> 4.5.3 -> 4.6.1")
                .doesNotContain("fresh 4.7.0");
        assertThat(walked.said("fresh 4.6.1")).contains("The table cloud.host has no column newest.");
    }

    @Test
    void migrationsThatCannotBeReadAreToldOnce() {
        Timeline.sound().with("V_4.8_A.sql", "SELECT 1;");

        WalkedPaths walked = WalkedPaths.of(Page.class);

        assertThat(walked.names()).hasSize(1);
        assertThat(walked.outcomes().values()).first().asString().contains("MALFORMED_NAME", "V_4.8_A.sql");
    }

    @Test
    void waysWithTheSameBeginningShareTheWork(@UpgradeDatabase MigratedDatabase empty) {
        MigrationFolder folder = Timeline.sound();
        AtomicInteger upgrades = new AtomicInteger();
        UpgradeSettings settings =
                UpgradeSettings.defaults().withSchemas("cloud", "cloud_usage").withLocations(folder.location());
        MigratedDatabase database = new MigratedDatabase(
                empty.server(),
                settings,
                builder -> builder.listeners(List.of(event -> {
                    if (event instanceof UpgradeEvent.Finished) {
                        upgrades.incrementAndGet();
                    }
                })));
        Selection selection = new Selection(settings, false, false, "", "", Set.of(), Optional.empty());
        WaysThroughGraph graph = new WaysThroughGraph(database.toNewest().migrations());
        var ways = selection.ways(graph);
        try (Journey journey = new Journey(database, Set.copyOf(ways), selection)) {
            for (UpgradePath way : ways) {
                journey.begin(way);
                new WayCheck(journey).arrives(way);
            }
        }

        assertThat(upgrades).hasValue(ways.size());
    }

    @UpgradeDatabase
    static class AnnotatedPage {

        @UpgradePaths(locations = Timeline.LOCATION)
        void everyWay(MigratedDatabase database, UpgradePath way) {
            assertThat(database).isAt(way.last().toString());
        }
    }

    @Test
    void theDatabaseIsThatOfTheWayAlsoWhereTheClassAsksForOne() {
        Timeline.sound();

        assertThat(WalkedPaths.of(AnnotatedPage.class).failed()).isEmpty();
    }

    @Test
    void snapshotsAreMadeAnewOnRequest(@TempDir Path folder) {
        Timeline.sound();

        assertThat(WalkedPaths.of(Page.class, Map.of("dbupgrade.test.snapshots", folder.toString()))
                        .failed())
                .isEmpty();

        assertThat(folder.resolve("schema")).isDirectoryContaining("glob:**/4.7.0.json");
        assertThat(folder.resolve("schema/4.5.3.json")).content().contains("\"release\": \"4.5.3\"");
    }
}
