package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eight servers boot at the same moment behind one database server: one upgrades, whatever happens to it. */
class ManyServersTest {

    private static final int STATEMENTS_BEFORE_TROUBLE = 12;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private List<Object> expected = List.of();
    private SampleDatabase platform;

    @BeforeEach
    void open() {
        DatabaseServer database = TestServers.shared();
        try (SampleDatabase undisturbed =
                new SampleDatabase(database).at("4.0.0").filled()) {
            undisturbed.upgrade(SampleDatabase.NEWEST);
            expected = undisturbed.ending();
        }
        platform = new SampleDatabase(database).at("4.0.0").filled();
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void oneUpgradesAndSevenWaitAndStart() {
        try (ManyServers servers = ManyServers.boot(List.of(platform.database().server()))) {
            assertThat(servers.awaitStartOfAllBut())
                    .as("migrations run by each that ran any")
                    .hasSize(1);
        }
        assertThat(platform.ending()).isEqualTo(expected);
    }

    @Test
    void whenTheUpgraderIsKilledAnotherTakesOverAndFinishes() throws InterruptedException {
        try (ManyServers servers = ManyServers.boot(List.of(platform.database().server()))) {
            ChildJvm upgrader = servers.upgraderAfter(STATEMENTS_BEFORE_TROUBLE);
            upgrader.kill();

            assertThat(servers.awaitStartOfAllBut(upgrader)).hasSize(1);
        }
        assertThat(platform.ending()).isEqualTo(expected);
    }

    @Test
    void anUpgraderFrozenPastItsLeaseStopsUpgradingWhenItThaws() throws InterruptedException {
        try (ManyServers servers = ManyServers.boot(List.of(platform.database().server()))) {
            ChildJvm frozen = servers.upgraderAfter(STATEMENTS_BEFORE_TROUBLE);
            frozen.freeze();
            servers.upgraderOtherThan(frozen);
            servers.awaitStartOfAllBut(frozen);
            List<Object> before = platform.ending();
            int output = frozen.output().length();

            frozen.thaw();

            assertThat(frozen.awaitExit(LONGEST)).as(frozen.output()).isEqualTo(UpgradeProcess.DONE);
            assertThat(frozen.output().substring(output))
                    .as("it noticed")
                    .containsAnyOf(UpgradeProcess.SUPERSEDED, "connection lost");
            assertThat(platform.ending()).isEqualTo(before).isEqualTo(expected);
        }
    }
}
