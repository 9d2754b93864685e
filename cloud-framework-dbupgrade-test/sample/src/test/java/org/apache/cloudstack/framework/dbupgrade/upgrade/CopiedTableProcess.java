package org.apache.cloudstack.framework.dbupgrade.upgrade;

import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.JvmProgram;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Upgrades in a process of its own, which a test kills. */
final class CopiedTableProcess {

    private static final String PASSWORD = "UPGRADE_PASSWORD";

    private CopiedTableProcess() {}

    static JvmProgram on(DatabaseServer server, String location) {
        return JvmProgram.of(CopiedTableProcess.class, server.jdbcUrl(), server.user(), location)
                .with(PASSWORD, server.password());
    }

    public static void main(String[] arguments) {
        DatabaseUpgrade.of(new DriverManagerDataSource(arguments[0], arguments[1], System.getenv(PASSWORD)))
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations(arguments[2]))
                .build()
                .upgrade();
        System.exit(0);
    }
}
