package org.apache.cloudstack.framework.dbupgrade.spring;

import java.time.InstantSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports about the database: in the health of the application, and at the endpoint {@code dbupgrade}. */
@AutoConfiguration(after = DatabaseUpgradeAutoConfiguration.class)
public final class DatabaseUpgradeActuatorAutoConfiguration {

    DatabaseUpgradeActuatorAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnBean({DatabaseUpgrade.class, DatabaseUpgradeProperties.class})
    @ConditionalOnEnabledHealthIndicator("dbupgrade")
    static class OfHealth {

        @Bean
        @ConditionalOnMissingBean(name = {"dbupgradeHealthIndicator", "dbupgradeHealthContributor"})
        DatabaseUpgradeHealthIndicator dbupgradeHealthIndicator(
                DatabaseUpgrade upgrade, DatabaseUpgradeProperties properties) {
            return new DatabaseUpgradeHealthIndicator(upgrade, properties.mode(), InstantSource.system());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    @ConditionalOnBean(DatabaseUpgrade.class)
    @ConditionalOnAvailableEndpoint(DatabaseUpgradeEndpoint.class)
    static class OfEndpoint {

        @Bean
        DatabaseUpgradeEndpoint databaseUpgradeEndpoint(DatabaseUpgrade upgrade) {
            return new DatabaseUpgradeEndpoint(upgrade);
        }
    }
}
