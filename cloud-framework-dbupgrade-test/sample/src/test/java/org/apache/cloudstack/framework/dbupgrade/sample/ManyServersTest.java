package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.Ending;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eight servers boot at the same moment after one database server: one upgrades, whatever happens to it. */
@UpgradeDatabase(
        at = SamplePlatform.OLDEST,
        locations = SampleManagementServer.MIGRATIONS,
        configuration = SampleUpgrade.Checks.class)
class ManyServersTest {

    private static final int STATEMENTS_BEFORE_TROUBLE = 12;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    @SuppressWarnings("NullAway.Init")
    private MigratedDatabase platform;

    private Ending expected;

    @BeforeEach
    void upgradeOnceUndisturbed() {
        SamplePlatform.fillSparsely(platform);
        expected = SamplePlatform.undisturbed(platform);
    }

    @Test
    void oneUpgradesAndSevenWaitAndStart() {
        try (ManyServers servers = ManyServers.boot(List.of(platform.server().server()))) {
            assertThat(servers.awaitStartOfAllBut())
                    .as("migrations run by each that ran any")
                    .hasSize(1);
        }
        assertThat(SamplePlatform.ending(platform)).isEqualTo(expected);
    }

    @Test
    void whenTheUpgraderIsKilledAnotherTakesOverAndFinishes() throws InterruptedException {
        try (ManyServers servers = ManyServers.boot(List.of(platform.server().server()))) {
            ChildJvm upgrader = servers.upgraderAfter(STATEMENTS_BEFORE_TROUBLE);
            upgrader.kill();

            assertThat(servers.awaitStartOfAllBut(upgrader)).hasSize(1);
        }
        assertThat(SamplePlatform.ending(platform)).isEqualTo(expected);
    }

    @Test
    void anUpgraderFrozenPastItsLeaseStopsUpgradingWhenItThaws() throws InterruptedException {
        try (ManyServers servers = ManyServers.boot(List.of(platform.server().server()))) {
            ChildJvm frozen = servers.upgraderAfter(STATEMENTS_BEFORE_TROUBLE);
            frozen.freeze();
            servers.upgraderOtherThan(frozen);
            servers.awaitStartOfAllBut(frozen);
            Ending before = SamplePlatform.ending(platform);
            int output = frozen.output().length();

            frozen.thaw();

            assertThat(frozen.awaitExit(LONGEST)).as(frozen.output()).isEqualTo(UpgradeProcess.DONE);
            assertThat(frozen.output().substring(output))
                    .as("it noticed")
                    .containsAnyOf(UpgradeProcess.SUPERSEDED, "connection lost");
            assertThat(SamplePlatform.ending(platform)).isEqualTo(before).isEqualTo(expected);
        }
    }
}
