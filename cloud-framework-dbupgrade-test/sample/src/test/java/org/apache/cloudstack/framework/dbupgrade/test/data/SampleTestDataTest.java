package org.apache.cloudstack.framework.dbupgrade.test.data;

import static org.apache.cloudstack.framework.dbupgrade.test.data.ColumnRule.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.RollingSettings;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleUpgrade;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sample's migrations get along with whatever its tables may hold. {@code -Ddbupgrade.data.seed} replays a run,
 * {@code -Ddbupgrade.data.each} says how many rows each table gets.
 */
@SampleUpgrade
class SampleTestDataTest {

    private static final Logger LOG = LoggerFactory.getLogger(SampleTestDataTest.class);
    private static final long SEED = Long.getLong("dbupgrade.data.seed", System.nanoTime());
    private static final long ROWS = Long.getLong("dbupgrade.data.each", 20);

    /** Tables with rows from the beginning, to which platforms in use add more; others keep ids for releases. */
    private static final List<String> IN_USE = List.of(
            "domain",
            "account",
            "user",
            "disk_offering",
            "service_offering",
            "vm_template",
            "network_offerings",
            "vpc_offerings",
            "vpc_offering_service_map",
            "data_center",
            "cloud_usage.account");

    private MigratedDatabase database;

    @BeforeEach
    void open(MigratedDatabase empty) {
        // a random row of mshost may be a server that lives
        database = empty.withSettings(
                settings -> settings.withRolling(RollingSettings.defaults().withMode(RollingMode.OFF)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.0", "4.2.1", "4.5.3", "4.6.0"})
    void everyReleaseUpgradesWithRowsInEveryTable(String release) {
        LOG.info("Random rows at {} by seed {}", release, SEED);
        database.upgrade(release);

        InsertedRows inserted = fill(release);
        UpgradeReport report = database.upgrade();

        assertThat(inserted.tables())
                .as("rows by seed %d", SEED)
                .hasSizeGreaterThan(40)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isGreaterThanOrEqualTo(ROWS));
        assertThat(report.to()).map(Object::toString).contains("4.7.0");
        assertThat(database.server().count("cloud.vm_instance"))
                .as("virtual machines by seed %d", SEED)
                .isEqualTo(inserted.in("cloud.vm_instance"));
    }

    private InsertedRows fill(String release) {
        TestData data = TestData.in(database).seed(SEED).everywhere(ROWS);
        for (String table : IN_USE) {
            data = data.rows(table, ROWS);
        }
        // from 4.6.0 on, CHECKs let a router have a slot of its VPC only if it serves one
        return release.compareTo("4.6.0") < 0
                ? data.insert()
                : data.values(
                                "domain_router",
                                with("vpc_id").nullIn(1),
                                with("vpc_slot").nullIn(1),
                                with("vpc_slot_redundant").nullIn(1))
                        .insert();
    }
}
