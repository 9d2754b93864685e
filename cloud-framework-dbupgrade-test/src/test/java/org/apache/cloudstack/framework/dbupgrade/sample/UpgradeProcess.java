package org.apache.cloudstack.framework.dbupgrade.sample;

import java.time.Duration;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.JvmProgram;
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
     * The program.
     *
     * @param lease how long a server that gives no sign of life keeps the others waiting; short, so that tests see renewals
     */
    static JvmProgram on(DatabaseServer server, Duration lease) {
        return JvmProgram.of(UpgradeProcess.class, server.jdbcUrl(), server.user(), Long.toString(lease.toMillis()))
                .with(PASSWORD, server.password())
                .startedOften();
    }

    public static void main(String[] arguments) {
        UpgradeSettings settings = UpgradeSettings.defaults().withLocations(SampleManagementServer.MIGRATIONS);
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(
                        new DriverManagerDataSource(arguments[0], arguments[1], System.getenv(PASSWORD)))
                .settings(settings.withWaits(settings.waits()
                        .withLease(Duration.ofMillis(Long.parseLong(arguments[2])))
                        .withReconnect(Duration.ofSeconds(20))))
                .listeners(List.of(UpgradeProcess::tell))
                .build();
        try {
            UpgradeReport report = upgrade.upgrade();
            say(RUNS + report.runs().size());
            System.exit(DONE);
        } catch (UpgradeRefusedException | UpgradeFailedException e) {
            say(String.valueOf(e.getMessage()));
            boolean interrupted = e.findings().get(0).code() == FindingCode.MIGRATION_INTERRUPTED;
            System.exit(interrupted ? INTERRUPTED_BEFORE : e instanceof UpgradeFailedException ? FAILED : REFUSED);
        }
    }

    private static void tell(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.RoutineProgressed) {
            say(STATEMENT);
        } else if (event instanceof UpgradeEvent.Waiting) {
            say(WAITING);
        } else if (event instanceof UpgradeEvent.Superseded) {
            say(SUPERSEDED);
        } else if (event instanceof UpgradeEvent.ConnectionLost lost) {
            say("connection lost: " + lost.error());
        }
    }

    private static void say(String line) {
        // the test that started this process listens there
        System.out.println(line);
        System.out.flush();
    }
}
