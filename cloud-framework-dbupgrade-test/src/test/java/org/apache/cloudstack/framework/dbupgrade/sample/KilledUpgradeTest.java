package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.cloudstack.framework.dbupgrade.execute.Resolution;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that upgrades a platform in use is killed at random moments, again and again, and started again until it is
 * done. {@code -Ddbupgrade.kill.moments} and {@code -Ddbupgrade.kill.seed} say how often, and replay a run.
 */
class KilledUpgradeTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledUpgradeTest.class);
    private static final int MOMENTS = Integer.getInteger("dbupgrade.kill.moments", 20);
    private static final int LONGEST_RUN = 13;
    private static final long LONGEST_DELAY_MICROS = 20_000;

    private final long seed = Long.getLong("dbupgrade.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int kills;
    private int settled;

    @Test
    void aKilledUpgradeEndsAsAnUndisturbedOne() throws Exception {
        List<Object> expected;
        try (SampleDatabase platform =
                new SampleDatabase(TestServers.shared()).at("4.0.0").filled()) {
            platform.upgrade(SampleDatabase.NEWEST);
            expected = ending(platform);
        }
        try (SampleDatabase platform =
                new SampleDatabase(TestServers.shared()).at("4.0.0").filled()) {
            boolean done = false;
            while (!done) {
                done = runAndKill(platform);
            }

            assertThat(ending(platform)).as("seed %d, %d kills", seed, kills).isEqualTo(expected);
            assertThat(platform.of(SampleDatabase.NEWEST).status().isUpToDate()).isTrue();
            LOG.info("Killed {} times, settled by the operator {} times, seed {}", kills, settled, seed);
        }
    }

    /** Schema, contents, and what the records say; not when. */
    private static List<Object> ending(SampleDatabase platform) {
        return List.of(
                platform.schema(),
                platform.contents(),
                platform.database()
                        .rows("SELECT routine, script, change_id, state, statements_done, statements_total"
                                + " FROM cloud.dbupgrade_journal ORDER BY routine"),
                platform.database()
                        .rows("SELECT version, script, checksum, success FROM cloud.flyway_schema_history"
                                + " ORDER BY version, script"),
                platform.database().rows("SELECT version, step FROM cloud.version ORDER BY version"));
    }

    /** Starts the process and kills it some statements later, unless it was killed often enough; true when it is done. */
    private boolean runAndKill(SampleDatabase platform) throws IOException, InterruptedException {
        Process process = start(platform.database().server());
        int statements = 1 + random.nextInt(LONGEST_RUN);
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                boolean isTime = line.equals(UpgradeProcess.STATEMENT) && --statements == 0;
                if (isTime && kills < MOMENTS) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(LONGEST_DELAY_MICROS)));
                    process.toHandle().destroyForcibly();
                    kills++;
                }
            }
        }
        int exit = process.waitFor();
        if (exit == UpgradeProcess.INTERRUPTED_BEFORE) {
            settle(platform);
        }
        boolean wasKilled = exit > 128;
        assertThat(exit == UpgradeProcess.DONE || exit == UpgradeProcess.INTERRUPTED_BEFORE || wasKilled)
                .as("seed %d, exit %d, output %s", seed, exit, output)
                .isTrue();
        return exit == UpgradeProcess.DONE;
    }

    /** Calls of the sample's procedures roll back or do no harm when they are repeated. */
    private void settle(SampleDatabase platform) {
        settled++;
        platform.of(SampleDatabase.NEWEST)
                .resolve(
                        platform.text("SELECT script FROM cloud.dbupgrade_journal WHERE state = 'RUNNING'"),
                        Resolution.RERUN);
    }

    private static Process start(DatabaseServer server) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        UpgradeProcess.class.getName(),
                        server.jdbcUrl(),
                        server.user())
                .redirectErrorStream(true);
        builder.environment().put(UpgradeProcess.PASSWORD, server.password());
        return builder.start();
    }
}
