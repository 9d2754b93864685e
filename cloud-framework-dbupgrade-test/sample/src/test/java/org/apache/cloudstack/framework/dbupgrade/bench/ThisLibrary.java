package org.apache.cloudstack.framework.dbupgrade.bench;

import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The library as an application uses it. */
final class ThisLibrary implements Contender {

    @Override
    public void apply(Login login) {
        upgrade(login);
    }

    @Override
    public void start(Login login) {
        if (!upgrade(login).isUpToDate()) {
            throw new IllegalStateException("Something was pending");
        }
    }

    private static UpgradeReport upgrade(Login login) {
        String database = login.url().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        return DatabaseUpgrade.of(new DriverManagerDataSource(login.url(), login.user(), login.password()))
                .settings(UpgradeSettings.defaults()
                        .withSchemas(database)
                        .withLocations("classpath:" + Layout.LIBRARY.folder()))
                .build()
                .upgrade();
    }
}
