package org.apache.cloudstack.framework.dbupgrade.sample;

import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
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
        OldPlatform platform = start();
        application
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("old platform", platform.properties()));
        SpringApplication.getShutdownHandlers().add(platform.server::close);
    }

    private static OldPlatform start() {
        LOG.info("Starting an embedded MariaDB; the first start unpacks it");
        OldPlatform platform = new OldPlatform(TestServers.mariaDb11_4());
        LOG.info("Installing release 4.0.0, as an old management server did");
        DatabaseUpgrade.of(platform.server.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations(SampleManagementServer.MIGRATIONS)
                        .withRelease("4.0.0"))
                .build()
                .upgrade();
        LOG.info("Filling it with the data of a platform in use");
        platform.fill();
        return platform;
    }

    private void fill() {
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
