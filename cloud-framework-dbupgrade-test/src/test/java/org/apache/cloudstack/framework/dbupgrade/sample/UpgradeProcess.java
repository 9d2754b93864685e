package org.apache.cloudstack.framework.dbupgrade.sample;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Upgrades the sample in a process of its own, which can be killed. Its standard output is how it talks to the test that
 * started it: a line each time a statement is done, and the refusal if there is one.
 */
final class UpgradeProcess {

    static final String STATEMENT = "statement done";
    static final String PASSWORD = "UPGRADE_PASSWORD";
    static final int DONE = 0;
    static final int INTERRUPTED_BEFORE = 5;

    private UpgradeProcess() {}

    public static void main(String[] arguments) {
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(
                        new DriverManagerDataSource(arguments[0], arguments[1], System.getenv(PASSWORD)))
                .settings(UpgradeSettings.defaults().withLocations(SampleManagementServer.MIGRATIONS))
                .listeners(List.of(UpgradeProcess::tell))
                .build();
        try {
            upgrade.upgrade();
            System.exit(DONE);
        } catch (UpgradeRefusedException e) {
            System.out.println(e.getMessage());
            boolean interrupted = e.findings().get(0).code() == FindingCode.MIGRATION_INTERRUPTED;
            System.exit(interrupted ? INTERRUPTED_BEFORE : 3);
        }
    }

    private static void tell(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.RoutineProgressed) {
            System.out.println(STATEMENT);
            System.out.flush();
        }
    }
}
