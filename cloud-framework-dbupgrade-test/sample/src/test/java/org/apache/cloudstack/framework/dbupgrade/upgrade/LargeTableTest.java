package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A large table is walked while others read and write it, by a process with a heap of 64 MB that is killed in the middle.
 * {@code -Ddbupgrade.batch.rows} says how large; {@code -Ddbupgrade.batch.seed} replays a run.
 */
@UpgradeDatabase
class LargeTableTest {

    private static final Logger LOG = LoggerFactory.getLogger(LargeTableTest.class);
    private static final long ROWS = Long.getLong("dbupgrade.batch.rows", 200_000);
    private static final long SEED = Long.getLong("dbupgrade.batch.seed", System.nanoTime());
    /** Shorter for the small table, so that it is walked in many batches too. */
    private static final Duration TARGET = Duration.ofMillis(ROWS < 1_000_000 ? 25 : 250);

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final long WITHOUT_SECONDS = ROWS < 1_000_000 ? 1 : 15;

    @TempDir
    Path folder;

    Workbench bench;

    @BeforeEach
    void open(MigratedDatabase database) {
        bench = new Workbench(folder, database)
                .with(
                        "V_400_A.sql",
                        "CREATE TABLE large (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT NOT NULL DEFAULT 0,"
                                + " hits INT NOT NULL DEFAULT 0, name VARCHAR(40) NOT NULL DEFAULT 'a row of a large table');");
        bench.upgrade().upgrade();
        fill();
    }

    @Test
    void eachRowIsWalkedOnceUnderLoadThoughTheProcessIsKilled() {
        Random random = new Random(SEED);
        long killedAt = ROWS / 10 + random.nextLong(ROWS / 2);
        long delayMicros = random.nextLong(50_000);
        long changes;
        try (TableLoad load = new TableLoad(bench.database().dataSource(), ROWS, SEED)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(WITHOUT_SECONDS));
            Duration without = load.slowest();
            long requestsBefore = load.requests();
            long begin = System.nanoTime();

            String killed = run(killedAt, delayMicros, 137);
            String ended = run(Long.MAX_VALUE, 0, 0);

            double seconds = (System.nanoTime() - begin) / 1e9;
            Duration with = load.slowest();
            LOG.info(
                    "{} rows in {} s ({} a second), killed at {} rows; the slowest of {} requests took {} ms, without {} ms;"
                            + " {}; seed {}",
                    ROWS,
                    Math.round(seconds),
                    Math.round(ROWS / seconds),
                    last(killed, LargeTableProcess.ROWS),
                    load.requests() - requestsBefore,
                    with.toMillis(),
                    without.toMillis(),
                    last(ended, LargeTableProcess.NOTE) + "; " + LargeTableProcess.HEAP
                            + last(ended, LargeTableProcess.HEAP),
                    SEED);
            load.close();
            changes = load.changes();
            assertThat(Long.parseLong(last(ended, LargeTableProcess.ROWS)))
                    .as("rows counted by both processes, with some of those that the load added")
                    .isBetween(ROWS, bench.database().count("cloud.large"));
        }
        everyRowIsRight(changes);
    }

    private void everyRowIsRight(long changes) {
        assertThat(bench.value(Long.class, "SELECT COUNT(*) FROM cloud.large WHERE id <= " + ROWS + " AND n = 1"))
                .as("rows walked once, seed %d", SEED)
                .isEqualTo(ROWS);
        assertThat(bench.value(Long.class, "SELECT COUNT(*) FROM cloud.large WHERE n NOT IN (0, 1)"))
                .as("rows walked twice, seed %d", SEED)
                .isZero();
        assertThat(bench.value(Long.class, "SELECT SUM(hits) FROM cloud.large"))
                .as("changes of others, seed %d", SEED)
                .isEqualTo(changes);
    }

    /** Runs the process, and kills it a moment after it reported that so many rows are done. */
    private String run(long rows, long delayMicros, int exit) {
        boolean[] isKilled = {false};
        try (ChildJvm upgrade = LargeTableProcess.on(bench.database().server(), "filesystem:" + folder, TARGET)
                .start((child, line) -> {
                    boolean isDue = line.startsWith(LargeTableProcess.ROWS)
                            && Long.parseLong(line.substring(LargeTableProcess.ROWS.length())) >= rows;
                    if (isDue && !isKilled[0]) {
                        isKilled[0] = true;
                        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(delayMicros));
                        child.kill();
                    }
                })) {
            assertThat(upgrade.awaitExit(LONGEST))
                    .as("%s, seed %d", upgrade.output(), SEED)
                    .isEqualTo(exit);
            return upgrade.output();
        }
    }

    private static String last(String output, String begin) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(begin) + "(.*)$").matcher(output);
        String found = "";
        while (line.find()) {
            found = line.group(1);
        }
        return found;
    }

    /** A million at a time, for a transaction of all of them takes longer than its parts. */
    private void fill() {
        long million = 1_000_000;
        for (long filled = 0; filled < ROWS; filled += million) {
            bench.database()
                    .run("INSERT INTO cloud.large (id) WITH RECURSIVE d AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM d"
                            + " WHERE i < 1000) SELECT " + filled + " + (a.i - 1) * 1000 + b.i FROM d a CROSS JOIN d b"
                            + " WHERE (a.i - 1) * 1000 + b.i <= " + Math.min(million, ROWS - filled));
        }
    }
}
