package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.execute.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.Ending;
import org.apache.cloudstack.framework.dbupgrade.test.state.SavedState;
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
    @PlatformInUse
    void whenItsProcessIsKilled(MigratedDatabase platform) {
        RandomMoments moments = new RandomMoments("process");

        endsAsUndisturbed(platform, platform.server().server(), moments, KilledUpgradeTest::kill);
    }

    @Test
    void whenItsDatabaseServerIsKilled() {
        RandomMoments moments = new RandomMoments("database");
        try (KillableServer server = KillableServer.start();
                MigratedDatabase platform = SamplePlatform.inUseOn(server)) {
            endsAsUndisturbed(platform, server, moments, upgrade -> {
                server.kill();
                server.restart();
                return true;
            });
        }
    }

    @Test
    @PlatformInUse
    void whenItsNetworkIsCutAndDelayed(MigratedDatabase platform) {
        RandomMoments moments = new RandomMoments("network");
        ExecutorService repair = Executors.newSingleThreadExecutor();
        try (TcpProxy network = TcpProxy.before(platform.server().server())) {
            endsAsUndisturbed(platform, network.server(), moments, upgrade -> {
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
            MigratedDatabase platform, DatabaseServer asSeenByIt, RandomMoments moments, Strike strike) {
        Ending expected = SamplePlatform.undisturbed(platform);
        try (SavedState start = SavedState.of(platform.server(), platform.schemas())) {
            while (!moments.areOver()) {
                start.restore();
                boolean done = false;
                while (!done) {
                    done = runAndStrike(platform, asSeenByIt, moments, strike);
                }
                assertThat(SamplePlatform.ending(platform))
                        .as(moments.toString())
                        .isEqualTo(expected);
                assertThat(platform.toNewest().status().isUpToDate()).isTrue();
            }
        }
        moments.report();
    }

    /** Starts the process and strikes some statements later, as often as there are moments left; true when it is done. */
    private static boolean runAndStrike(
            MigratedDatabase platform, DatabaseServer database, RandomMoments moments, Strike strike) {
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
    private static void settle(MigratedDatabase platform, RandomMoments moments) {
        moments.settled();
        String script = platform.jdbc()
                .sql("SELECT script FROM cloud.dbupgrade_journal WHERE state = 'RUNNING'")
                .query(String.class)
                .single();
        platform.toNewest().resolve(script, Resolution.RERUN);
    }
}
