package org.apache.cloudstack.framework.dbupgrade.upgrade;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.batch.BatchedMigration;
import org.apache.cloudstack.framework.dbupgrade.batch.Batches;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.JvmProgram;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Walks a large table in a process with a small heap. Its standard output is how it talks to the test that started it: the
 * rows done after each batch, what the migration notes, and how much heap was used at most.
 */
final class LargeTableProcess {

    static final String ROWS = "rows done: ";
    static final String NOTE = "note: ";
    static final String HEAP = "heap at most, in MB: ";

    private static final String PASSWORD = "UPGRADE_PASSWORD";

    private LargeTableProcess() {}

    static JvmProgram on(DatabaseServer server, String location, Duration target) {
        return JvmProgram.of(
                        LargeTableProcess.class,
                        server.jdbcUrl(),
                        server.user(),
                        location,
                        Long.toString(target.toMillis()))
                .with(PASSWORD, server.password())
                .withOptions("-Xmx64m");
    }

    public static void main(String[] arguments) {
        UpgradeSettings settings =
                UpgradeSettings.defaults().withSchemas("cloud", "cloud_usage").withLocations(arguments[2]);
        DatabaseUpgrade.of(new DriverManagerDataSource(arguments[0], arguments[1], System.getenv(PASSWORD)))
                .settings(settings.withWaits(settings.waits().withLeaseDuration(Duration.ofMillis(500))))
                .javaMigrations(Map.of("V_4_1_0_A", new CountEachRow(Duration.ofMillis(Long.parseLong(arguments[3])))))
                .listeners(List.of(LargeTableProcess::tell))
                .build()
                .upgrade();
        say(HEAP + heapAtMost() / 1024 / 1024);
        System.exit(0);
    }

    /** Not repeatable, so that a row which is walked twice shows. */
    @MigrationOptions(revision = "1", phase = "migrate")
    private record CountEachRow(Duration target) implements BatchedMigration {
        @Override
        public Batches batches() {
            return Batches.of("large", "id")
                    .run("UPDATE large SET n = n + 1 WHERE id BETWEEN ? AND ?")
                    .taking(target);
        }
    }

    private static void tell(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.MigrationProgressed progressed
                && progressed.unit().equals("row")) {
            say(ROWS + progressed.done());
        } else if (event instanceof UpgradeEvent.MigrationNoted noted) {
            say(NOTE + noted.text());
        }
    }

    private static long heapAtMost() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }

    private static void say(String line) {
        // the test that started this process listens there
        System.out.println(line);
        System.out.flush();
    }
}
