package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.migration.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
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
@SampleUpgrade
class KilledUpgradeTest {

    /** Short, so that some of the moments are inside its renewal. */
    private static final Duration LEASE = Duration.ofMillis(300);

    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Test
    @UpgradeDatabase(at = SamplePlatform.OLDEST)
    void whenItsProcessIsKilled(MigratedDatabase platform) {
        SamplePlatform.fillSparsely(platform);

        endsAsUndisturbed(platform, new RandomMoments("process"), strikes -> {
            ChildJvm upgrade = UpgradeProcess.start(platform.server().server(), LEASE, (process, line) -> {
                if (strikes.areDueAt(line)) {
                    process.kill();
                    // what it has written meanwhile is heard afterwards
                    strikes.end();
                }
            });
            return new UpgradeProcess.Ended(upgrade.awaitExit(LONGEST), upgrade.output());
        });
    }

    @Test
    void whenItsDatabaseServerIsKilled() {
        try (KillableServer server = KillableServer.start();
                MigratedDatabase platform = SamplePlatform.emptyOn(server)) {
            platform.upgrade(SamplePlatform.OLDEST);
            SamplePlatform.fillSparsely(platform);

            endsAsUndisturbed(platform, new RandomMoments("database"), struck(server, () -> {
                server.kill();
                server.restart();
            }));
        }
    }

    @Test
    @UpgradeDatabase(at = SamplePlatform.OLDEST)
    void whenItsNetworkIsCutAndDelayed(MigratedDatabase platform) {
        SamplePlatform.fillSparsely(platform);
        RandomMoments moments = new RandomMoments("network");
        ExecutorService repair = Executors.newSingleThreadExecutor();
        try (TcpProxy network = TcpProxy.before(platform.server().server())) {
            endsAsUndisturbed(platform, moments, struck(network.server(), () -> {
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
            }));
        } finally {
            repair.shutdownNow();
        }
    }

    /** One upgrade, from its start until it is done or cannot go on. */
    private interface Attempt {

        UpgradeProcess.Ended upgrade(Strikes strikes);
    }

    /** An upgrade whose process lives on, on this database. */
    private static Attempt struck(DatabaseServer database, Runnable strike) {
        return strikes -> UpgradeProcess.here(database, LEASE, line -> {
            if (strikes.areDueAt(line)) {
                strike.run();
            }
        });
    }

    /** When one upgrade is struck: some statements after the last time, as long as there are moments left. */
    private static final class Strikes {

        private final RandomMoments moments;
        private int statements;
        private boolean ended;

        Strikes(RandomMoments moments) {
            this.moments = moments;
            this.statements = moments.statements();
        }

        /** Hears a line; when it is time to strike, returns true, at the moment to do so. */
        boolean areDueAt(String line) {
            if (ended || moments.areOver() || !line.equals(UpgradeProcess.STATEMENT) || --statements > 0) {
                return false;
            }
            moments.await();
            statements = moments.statements();
            return true;
        }

        void end() {
            ended = true;
        }
    }

    private static void endsAsUndisturbed(MigratedDatabase platform, RandomMoments moments, Attempt attempt) {
        Ending expected = SamplePlatform.undisturbed(platform);
        try (SavedState start = SavedState.of(platform.server(), platform.schemas())) {
            while (!moments.areOver()) {
                start.restore();
                boolean done = false;
                while (!done) {
                    done = isDone(attempt.upgrade(new Strikes(moments)), platform, moments);
                }
                assertThat(SamplePlatform.ending(platform).differencesFrom(expected))
                        .as(moments.toString())
                        .isEmpty();
                assertThat(platform.toNewest().status().isUpToDate()).isTrue();
            }
        }
        moments.report();
    }

    private static boolean isDone(UpgradeProcess.Ended upgrade, MigratedDatabase platform, RandomMoments moments) {
        int exit = upgrade.exit();
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
