package org.apache.cloudstack.framework.dbupgrade.sample;

import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.KillableServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** An embedded MariaDB as an old management server of release 4.0.0 would have left it, after a year of use. */
final class OldPlatform {

    private static final Logger LOG = LoggerFactory.getLogger(OldPlatform.class);
    private static final ClassPathResource DATA =
            new ClassPathResource("org/apache/cloudstack/framework/dbupgrade/sample/data/platform-at-4.0.0.sql");

    private final DatabaseServer server;

    private OldPlatform(DatabaseServer server) {
        this.server = server;
    }

    /** Starts one, gives the application its data source, and removes it after the application has closed. */
    static void startFor(ConfigurableApplicationContext application) {
        OldPlatform platform = new OldPlatform(server());
        platform.installAndFill();
        application
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("old platform", platform.properties()));
    }

    /** One that is stopped after the application: those of {@code TestServers} end while it still closes its pool. */
    private static KillableServer server() {
        LOG.info("Starting an embedded MariaDB; the first start unpacks it");
        KillableServer server = KillableServer.start("--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=0");
        SpringApplication.getShutdownHandlers().add(server::close);
        return server;
    }

    private void installAndFill() {
        LOG.info("Installing release 4.0.0, as an old management server did");
        DatabaseUpgrade.of(server.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations(SampleManagementServer.MIGRATIONS)
                        .withRelease("4.0.0"))
                .build()
                .upgrade();
        LOG.info("Filling it with the data of a platform in use");
        new ResourceDatabasePopulator(DATA)
                .execute(new DriverManagerDataSource(server.jdbcUrl("cloud"), server.user(), server.password()));
    }

    private Map<String, Object> properties() {
        return Map.of(
                "spring.datasource.url", server.jdbcUrl("cloud"),
                "spring.datasource.username", server.user(),
                "spring.datasource.password", server.password());
    }
}
