package org.apache.cloudstack.framework.dbupgrade.spring;

import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application on an empty database. */
@UpgradeDatabase
abstract class SpringTest {

    static final String LINE = "classpath:spring-room/line";
    static final String BROKEN = "classpath:spring-room/broken";

    TestDatabase database;

    @BeforeEach
    final void open(MigratedDatabase empty) {
        database = empty.server();
    }

    final ApplicationContextRunner application(String... locations) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        DatabaseUpgradeAutoConfiguration.class,
                        DatabaseUpgradeActuatorAutoConfiguration.class))
                .withPropertyValues(properties(locations));
    }

    final String[] properties(String... locations) {
        return new String[] {
            "spring.datasource.url=" + database.jdbcUrl(),
            "spring.datasource.username=" + database.server().user(),
            "spring.datasource.password=" + database.server().password(),
            "spring.datasource.hikari.maximum-pool-size=4",
            "spring.datasource.hikari.minimum-idle=0",
            "cloud.dbupgrade.schemas=cloud,cloud_usage",
            "cloud.dbupgrade.locations=" + String.join(",", locations)
        };
    }
}
