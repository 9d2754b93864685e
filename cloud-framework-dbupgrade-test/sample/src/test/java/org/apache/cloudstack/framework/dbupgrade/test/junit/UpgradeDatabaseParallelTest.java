package org.apache.cloudstack.framework.dbupgrade.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerLease;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that run at the same time have servers of their own. */
class UpgradeDatabaseParallelTest {

    private static final String SERVER = "mariadb:10.11";

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    private static final Set<String> IN_USE = ConcurrentHashMap.newKeySet();
    private static final Set<String> USED = ConcurrentHashMap.newKeySet();
    private static CountDownLatch together = new CountDownLatch(0);

    @Test
    void noTwoTestsHaveAServerAtTheSameTime() {
        int processors = Runtime.getRuntime().availableProcessors();
        together = new CountDownLatch(Math.min(2, processors));

        EngineRun.of(PARALLEL, Concurrent.class, ConcurrentToo.class).assertPassed(8);

        assertThat(USED).hasSizeBetween(Math.min(2, processors), Math.max(2, processors));
    }

    @Test
    void aTestThatWaitsForTooLongSaysWhy() {
        List<ServerLease> all = Stream.generate(() -> TestServers.take(SERVER, Duration.ofMinutes(2)))
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
        try {
            assertThat(EngineRun.of(Map.of(UpgradeDatabaseExtension.WAIT, "PT0.1S"), SharedInOneThread.class)
                            .failure())
                    .hasMessageContaining("No server was free within")
                    .hasMessageContaining("Wait longer, or run fewer tests at a time");
        } finally {
            all.forEach(ServerLease::close);
        }
    }

    @Test
    void aDatabaseOfAClassWhoseTestsRunAtTheSameTimeIsRefused() {
        assertThat(EngineRun.of(PARALLEL, SharedByAll.class).failure())
                .hasMessageContaining("field SharedByAll.database")
                .hasMessageContaining("@Execution(ExecutionMode.SAME_THREAD)");
    }

    @Test
    void inOneThreadAClassMayHaveIt() {
        EngineRun.of(PARALLEL, SharedInOneThread.class).assertPassed(1);
    }

    @UpgradeDatabase(at = "4.0.0", locations = Small.MIGRATIONS, server = SERVER)
    static class Concurrent {

        @RepeatedTest(4)
        void hasItAlone(MigratedDatabase database) throws InterruptedException {
            String url = database.server().jdbcUrl();
            assertThat(IN_USE.add(url)).as("nobody else has " + url).isTrue();
            USED.add(url);
            database.run("INSERT INTO cloud.vm (name) VALUES ('mine')");
            together.countDown();
            assertThat(together.await(2, TimeUnit.MINUTES))
                    .as("two run at once")
                    .isTrue();
            assertThat(database.server().count("cloud.vm")).isEqualTo(2);
            IN_USE.remove(url);
        }
    }

    static class ConcurrentToo extends Concurrent {}

    static class SharedByAll {

        @UpgradeDatabase(at = "4.0.0", locations = Small.MIGRATIONS, server = SERVER)
        @SuppressWarnings("NullAway.Init")
        private static MigratedDatabase database;

        @Test
        void one() {
            assertThat(database).isNotNull();
        }
    }

    @Execution(ExecutionMode.SAME_THREAD)
    static class SharedInOneThread {

        @UpgradeDatabase(at = "4.0.0", locations = Small.MIGRATIONS, server = SERVER)
        @SuppressWarnings("NullAway.Init")
        private static MigratedDatabase database;

        @Test
        void one() {
            assertThat(database.server().count("cloud.vm")).isEqualTo(1);
        }
    }
}
