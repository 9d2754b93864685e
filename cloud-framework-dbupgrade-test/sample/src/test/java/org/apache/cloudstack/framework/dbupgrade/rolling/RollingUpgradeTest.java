package org.apache.cloudstack.framework.dbupgrade.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.text.Durations;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three management servers under a constant load of reads and writes are replaced one after another. */
@UpgradeDatabase
class RollingUpgradeTest {

    private static final Logger LOG = LoggerFactory.getLogger(RollingUpgradeTest.class);
    private static final List<String> MACHINES = List.of("ms-1", "ms-2", "ms-3");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final List<ServerProcess> started = new ArrayList<>();
    private final List<ServerProcess> old = new ArrayList<>();
    private final Load load = new Load();
    private SchemaSnapshot offline;
    private Platform platform;

    @BeforeEach
    void threeOldServersAtWork(MigratedDatabase empty) throws Exception {
        try (Platform other = Platform.old(folder, empty)) {
            other.upgrade(Platform.NEW);
            offline = other.schema();
        }
        platform = Platform.old(folder, empty);
        for (String machine : MACHINES) {
            old.add(start(machine, Platform.OLD));
        }
        for (ServerProcess server : old) {
            load.add(server.awaitReady());
        }
        load.begin();
        await().atMost(LONGEST).until(() -> load.answered() > 20);
    }

    @AfterEach
    void stopAll() throws Exception {
        load.close();
        started.forEach(ServerProcess::close);
        platform.close();
    }

    @Test
    void noRequestFailsAndWhatOldServersUseGoesAwayBehindTheLastOfThem() throws Exception {
        for (int i = 0; i < MACHINES.size(); i++) {
            leave(old.get(i));
            old.get(i).stop();
            boolean isLast = i == MACHINES.size() - 1;
            if (!isLast) {
                // after the last, those that are new already may be quicker than this test
                assertThat(platform.hasOldColumn()).as("machine %d is down", i).isTrue();
            }
            load.add(start(MACHINES.get(i), Platform.NEW).awaitReady());
            assertThat(platform.hasOldColumn()).as("machine %d is replaced", i).isEqualTo(!isLast);
        }

        assertThatNothingFailed(started);
        assertThat(platform.schema().differencesFrom(offline)).isEmpty();
        assertThat(orderOfRelease470()).endsWith("V_4_7_0_Z__contact.sql");
        assertThat(platform.number("SELECT COUNT(*) FROM cloud.event WHERE LENGTH(description) = 2000"))
                .isPositive();

        ServerProcess late = start("ms-4", Platform.OLD);
        assertThat(late.awaitExit()).isNotZero();
        assertThat(late.output())
                .contains(
                        FindingCode.DATABASE_NEWER.name(),
                        "steps of release 4.7.0 may have taken away what older code needs");
    }

    @Test
    void oneThatDiesWithoutAWordAndOneThatComesBackLateHoldTheEndUpForAWhileOnly() throws Exception {
        ServerProcess dying = old.get(1);
        ServerProcess late = old.get(2);
        leave(old.get(0));
        old.get(0).stop();
        load.add(start("ms-1", Platform.NEW).awaitReady());

        dying.kill();
        leave(late);
        late.freeze();
        assertThat(platform.hasOldColumn()).isTrue();
        load.add(start("ms-4", Platform.NEW).awaitReady());

        await().atMost(LONGEST).until(() -> !platform.hasOldColumn());
        late.thaw();

        assertThat(late.awaitExit()).isNotEqualTo(137);
        assertThat(late.output()).contains("steps of release 4.7.0 may have taken away what older code needs");
        assertThat(platform.schema().differencesFrom(offline)).isEmpty();
        assertThatNothingFailed(started.stream()
                .filter(server -> server != dying && server != late)
                .toList());
    }

    private ServerProcess start(String machine, String release) {
        ServerProcess server = ServerProcess.start(platform, machine, release);
        started.add(server);
        return server;
    }

    /** It is asked no more, and what it was asked it answers. */
    private void leave(ServerProcess server) throws Exception {
        URI address = server.awaitReady();
        load.remove(address);
        long before = load.answered();
        await().atMost(LONGEST).until(() -> load.answered() > before + 20);
    }

    private List<String> orderOfRelease470() {
        return List.of(
                platform.text("SELECT GROUP_CONCAT(script ORDER BY finished_on, script) FROM cloud.dbupgrade_journal"
                                + " WHERE release_version = '4.7.0'")
                        .split(","));
    }

    private void assertThatNothingFailed(List<ServerProcess> servers) throws Exception {
        load.close();
        LOG.info("{} requests, the slowest took {}", load.answered(), Durations.text(load.slowest()));
        assertThat(servers).allSatisfy(server -> assertThat(server.errors()).isEmpty());
        assertThat(load.failures()).isEmpty();
    }
}
