package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.execute.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.Direction;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.TcpProxy;
import org.junit.jupiter.api.Test;

/**
 * An upgrade of a platform in use is struck at random moments, again and again, and started again until it is done: its
 * process is killed, its database server is killed, its network is cut. It ends as an undisturbed one. {@code
 * -Ddbupgrade.kill.moments} and {@code -Ddbupgrade.kill.seed} say how often, and replay a run.
 */
class KilledUpgradeTest {

    /** Short, so that some of the moments are inside its renewal. */
    private static final Duration LEASE = Duration.ofMillis(300);

    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Test
    void whenItsProcessIsKilled() {
        DatabaseServer server = TestServers.shared();
        RandomMoments moments = new RandomMoments("process");

        endsAsUndisturbed(server, server, moments, KilledUpgradeTest::kill);
    }

    @Test
    void whenItsDatabaseServerIsKilled() {
        RandomMoments moments = new RandomMoments("database");
        try (KillableServer server = KillableServer.start()) {
            endsAsUndisturbed(server, server, moments, upgrade -> {
                server.kill();
                server.restart();
                return true;
            });
        }
    }

    @Test
    void whenItsNetworkIsCutAndDelayed() {
        DatabaseServer server = TestServers.shared();
        RandomMoments moments = new RandomMoments("network");
        ExecutorService repair = Executors.newSingleThreadExecutor();
        try (TcpProxy network = TcpProxy.before(server)) {
            endsAsUndisturbed(server, network.server(), moments, upgrade -> {
                switch (moments.below(4)) {
                    case 0 -> network.cut();
                    case 1 -> network.reset();
                    case 2 -> network.cutClients();
                    default -> network.delay(Direction.values()[moments.below(2)], Duration.ofMillis(200));
                }
                repair.execute(() -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                    network.heal();
                });
                return true;
            });
        } finally {
            repair.shutdownNow();
        }
    }

    private interface Strike {

        /** Strikes, and tells whether the process may go on; what it has written meanwhile is heard afterwards. */
        boolean at(ChildJvm upgrade);
    }

    private static boolean kill(ChildJvm upgrade) {
        upgrade.kill();
        return false;
    }

    private static void endsAsUndisturbed(
            DatabaseServer server, DatabaseServer asSeenByIt, RandomMoments moments, Strike strike) {
        List<Object> expected;
        try (SampleDatabase platform = new SampleDatabase(server).at("4.0.0").filled()) {
            platform.upgrade(SampleDatabase.NEWEST);
            expected = platform.ending();
        }
        while (!moments.areOver()) {
            try (SampleDatabase platform =
                    new SampleDatabase(server).at("4.0.0").filled()) {
                boolean done = false;
                while (!done) {
                    done = runAndStrike(platform, asSeenByIt, moments, strike);
                }
                assertThat(platform.ending()).as(moments.toString()).isEqualTo(expected);
                assertThat(platform.of(SampleDatabase.NEWEST).status().isUpToDate())
                        .isTrue();
            }
        }
        moments.report();
    }

    /** Starts the process and strikes some statements later, as often as there are moments left; true when it is done. */
    private static boolean runAndStrike(
            SampleDatabase platform, DatabaseServer database, RandomMoments moments, Strike strike) {
        int[] statements = {moments.statements()};
        ChildJvm upgrade = UpgradeProcess.on(database, LEASE).start((child, line) -> {
            if (line.equals(UpgradeProcess.STATEMENT) && --statements[0] == 0 && !moments.areOver()) {
                moments.await();
                statements[0] = strike.at(child) ? moments.statements() : Integer.MAX_VALUE;
            }
        });
        int exit = upgrade.awaitExit(LONGEST);
        if (exit == UpgradeProcess.INTERRUPTED_BEFORE) {
            settle(platform, moments);
        }
        boolean wasKilled = exit > 128;
        assertThat(exit == UpgradeProcess.DONE
                        || exit == UpgradeProcess.INTERRUPTED_BEFORE
                        || wasKilled
                        || upgrade.output().contains("CONNECTION_LOST"))
                .as("%s, exit %d, output %s", moments, exit, upgrade.output())
                .isTrue();
        return exit == UpgradeProcess.DONE;
    }

    /** Calls of the sample's procedures roll back or do no harm when they are repeated. */
    private static void settle(SampleDatabase platform, RandomMoments moments) {
        moments.settled();
        platform.of(SampleDatabase.NEWEST)
                .resolve(
                        platform.text("SELECT script FROM cloud.dbupgrade_journal WHERE state = 'RUNNING'"),
                        Resolution.RERUN);
    }
}
