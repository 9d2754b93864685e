package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.Objects;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayHistory;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The application's {@code Flyway} is the timeline of the upgrade, so that Spring Boot makes none that would run on the same
 * history. One that the application itself defines, or configures for another database or table, is its own affair.
 */
@AutoConfiguration(
        after = DatabaseUpgradeAutoConfiguration.class,
        beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnBean({DatabaseUpgrade.class, DatabaseUpgradeProperties.class})
@Conditional(DatabaseUpgradeFlywayAutoConfiguration.UnlessAnotherIsConfigured.class)
public final class DatabaseUpgradeFlywayAutoConfiguration {

    DatabaseUpgradeFlywayAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(Flyway.class)
    Flyway flyway(DatabaseUpgrade upgrade, ObjectProvider<DataSource> dataSource, ResourceLoader resourceLoader) {
        FluentConfiguration configuration = Flyway.configure(Objects.requireNonNull(resourceLoader.getClassLoader()))
                .locations(new String[0])
                .cleanDisabled(true);
        // Spring Boot asks it whose schema is managed
        dataSource.ifUnique(configuration::dataSource);
        return new TimelineFlyway(upgrade, configuration);
    }

    static final class UnlessAnotherIsConfigured extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            boolean isAnother = environment.containsProperty("spring.flyway.url")
                    || !environment
                            .getProperty("spring.flyway.table", FlywayHistory.TABLE)
                            .equalsIgnoreCase(FlywayHistory.TABLE);
            return new ConditionOutcome(
                    !isAnother,
                    ConditionMessage.forCondition("Database upgrade")
                            .because("spring.flyway.url or spring.flyway.table "
                                    + (isAnother ? "names" : "does not name") + " another timeline"));
        }
    }
}
