package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.Ending;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.GaleraCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Eight servers boot at the same moment, each connected to one of three nodes of a cluster: one upgrades. */
@EnabledIfEnvironmentVariable(
        named = GaleraCluster.URLS,
        matches = ".+",
        disabledReason = "It needs a Galera cluster: three URLs here, its script in DBUPGRADE_TEST_GALERA_SCRIPT")
@Timeout(600)
class ManyServersGaleraTest {

    private static final int STATEMENTS_BEFORE_TROUBLE = 12;
    private static final int NODES = 3;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private Ending expected;
    private GaleraCluster cluster;
    private List<DatabaseServer> nodes = List.of();
    private MigratedDatabase platform;

    @BeforeEach
    void open() {
        cluster = GaleraCluster.given();
        nodes = IntStream.rangeClosed(1, NODES)
                .mapToObj(number -> cluster.node(number).server())
                .toList();
        nodes.forEach(ManyServersGaleraTest::countAsOtherServersDo);
        try (MigratedDatabase undisturbed = SamplePlatform.inUseOn(nodes.get(0))) {
            undisturbed.upgrade();
            expected = SamplePlatform.ending(undisturbed);
        }
        platform = SamplePlatform.inUseOn(nodes.get(0));
    }

    /** Each node of a cluster would take ids of its own, so that the contents depended on who inserted them. */
    private static void countAsOtherServersDo(DatabaseServer node) {
        JdbcTemplate jdbc = new JdbcTemplate(node.dataSource());
        jdbc.execute("SET GLOBAL wsrep_auto_increment_control = OFF");
        jdbc.execute("SET GLOBAL auto_increment_increment = 1");
        jdbc.execute("SET GLOBAL auto_increment_offset = 1");
    }

    @AfterEach
    void close() {
        cluster.close();
        platform.close();
    }

    @Test
    void oneUpgradesAndSevenWaitAndStart() {
        try (ManyServers servers = ManyServers.boot(nodes)) {
            assertThat(servers.awaitStartOfAllBut())
                    .as("migrations run by each that ran any")
                    .hasSize(1);
        }
        assertEndsAsExpected();
    }

    @Test
    void whenTheUpgraderIsKilledOneOnAnyNodeTakesOverAndFinishes() throws InterruptedException {
        try (ManyServers servers = ManyServers.boot(nodes)) {
            ChildJvm upgrader = servers.upgraderAfter(STATEMENTS_BEFORE_TROUBLE);
            upgrader.kill();

            assertThat(servers.awaitStartOfAllBut(upgrader)).hasSize(1);
        }
        assertEndsAsExpected();
    }

    @Test
    void anUpgraderFrozenPastItsLeaseStopsUpgradingWhenItThaws() throws InterruptedException {
        try (ManyServers servers = ManyServers.boot(nodes)) {
            ChildJvm frozen = servers.upgraderAfter(STATEMENTS_BEFORE_TROUBLE);
            frozen.freeze();
            servers.upgraderOtherThan(frozen);
            servers.awaitStartOfAllBut(frozen);
            int output = frozen.output().length();

            frozen.thaw();

            assertThat(frozen.awaitExit(LONGEST)).as(frozen.output()).isEqualTo(UpgradeProcess.DONE);
            assertThat(frozen.output().substring(output))
                    .as("it noticed")
                    .containsAnyOf(UpgradeProcess.SUPERSEDED, "connection lost");
        }
        assertEndsAsExpected();
    }

    @Test
    void whenTheNodeOfTheUpgraderIsKilledOneOnAnotherNodeFinishes() throws InterruptedException {
        try (ManyServers servers = ManyServers.boot(nodes)) {
            ChildJvm upgrader = servers.upgraderAfter(STATEMENTS_BEFORE_TROUBLE);
            int node = servers.indexOf(upgrader) % NODES;
            cluster.node(node + 1).kill();

            ChildJvm[] onThatNode = IntStream.range(0, ManyServers.COUNT)
                    .filter(index -> index % NODES == node)
                    .mapToObj(servers::get)
                    .toArray(ChildJvm[]::new);
            assertThat(servers.awaitStartOfAllBut(onThatNode)).isNotEmpty();
            for (ChildJvm cutOff : onThatNode) {
                assertThat(cutOff.awaitExit(LONGEST))
                        .as("it stops, since its node does not come back: %s", cutOff.output())
                        .isIn(UpgradeProcess.FAILED, UpgradeProcess.REFUSED);
            }
        }
        cluster.close();
        assertEndsAsExpected();
    }

    private void assertEndsAsExpected() {
        assertThat(SamplePlatform.ending(platform)).isEqualTo(expected);
    }
}
