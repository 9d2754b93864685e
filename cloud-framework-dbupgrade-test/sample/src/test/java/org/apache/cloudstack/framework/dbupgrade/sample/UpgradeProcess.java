package org.apache.cloudstack.framework.dbupgrade.sample;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.JvmProgram;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.SharedClasses;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Upgrades the sample in a process of its own, which can be killed, frozen and cut off. Its standard output is how it talks
 * to the test that started it: a line for each statement that is done, and for what else matters.
 */
final class UpgradeProcess {

    static final String STATEMENT = "statement done";
    static final String WAITING = "waiting";
    static final String SUPERSEDED = "superseded";
    static final String RUNS = "migrations run: ";
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int REFUSED = 3;
    static final int INTERRUPTED_BEFORE = 5;

    private static final String PASSWORD = "UPGRADE_PASSWORD";

    private UpgradeProcess() {}

    /**
     * Starts the executable.
     *
     * @param lease how long a node without a heartbeat keeps the others waiting; short, so that tests see renewals
     */
    static ChildJvm start(DatabaseServer server, Duration lease, BiConsumer<ChildJvm, String> listener) {
        JvmProgram program = JvmProgram.of(
                        UpgradeProcess.class, server.jdbcUrl(), server.user(), Long.toString(lease.toMillis()))
                .with(PASSWORD, server.password());
        return SharedClasses.start(UpgradeProcess.class.getSimpleName(), program, listener);
    }

    /** How an upgrade ended, and the lines that it reported. */
    record Ended(int exit, String output) {}

    /**
     * The same upgrade in the process of the test, which starts much sooner; for troubles that leave that process alive.
     *
     * @param listener gets each line, in the order of the lines and in a thread of its own, while the upgrade goes on
     */
    static Ended here(DatabaseServer server, Duration lease, Consumer<String> listener) {
        StringBuffer output = new StringBuffer();
        ExecutorService hearing = Executors.newSingleThreadExecutor();
        Queue<Future<?>> heard = new ConcurrentLinkedQueue<>();
        try {
            int exit = upgrade(server.dataSource(), lease, line -> {
                output.append(line).append('\n');
                heard.add(hearing.submit(() -> listener.accept(line)));
            });
            for (Future<?> line : heard) {
                line.get();
            }
            return new Ended(exit, output.toString());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The listener has failed", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while the upgrade was listened to", e);
        } finally {
            hearing.shutdownNow();
        }
    }

    public static void main(String[] arguments) {
        DataSource database = new DriverManagerDataSource(arguments[0], arguments[1], System.getenv(PASSWORD));
        System.exit(upgrade(database, Duration.ofMillis(Long.parseLong(arguments[2])), UpgradeProcess::say));
    }

    private static int upgrade(DataSource database, Duration lease, Consumer<String> out) {
        UpgradeSettings settings = UpgradeSettings.defaults()
                .withSchemas("cloud", "cloud_usage")
                .withLocations(SampleManagementServer.MIGRATIONS);
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(database)
                .settings(settings.withWaits(
                        settings.waits().withLeaseDuration(lease).withReconnect(Duration.ofSeconds(20))))
                .listeners(List.of(event -> tell(event, out)))
                .build();
        try {
            UpgradeReport report = upgrade.upgrade();
            out.accept(RUNS + report.runs().size());
            return DONE;
        } catch (UpgradeRefusedException | UpgradeFailedException e) {
            out.accept(String.valueOf(e.getMessage()));
            boolean interrupted = e.findings().get(0).code() == FindingCode.MIGRATION_INTERRUPTED;
            return interrupted ? INTERRUPTED_BEFORE : e instanceof UpgradeFailedException ? FAILED : REFUSED;
        }
    }

    private static void tell(UpgradeEvent event, Consumer<String> out) {
        if (event instanceof UpgradeEvent.MigrationProgressed) {
            out.accept(STATEMENT);
        } else if (event instanceof UpgradeEvent.Waiting) {
            out.accept(WAITING);
        } else if (event instanceof UpgradeEvent.Superseded) {
            out.accept(SUPERSEDED);
        } else if (event instanceof UpgradeEvent.ConnectionLost lost) {
            out.accept("connection lost: " + lost.error());
        }
    }

    private static void say(String line) {
        // the test that started this process listens there
        System.out.println(line);
        System.out.flush();
    }
}
