package org.apache.cloudstack.framework.dbupgrade.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.spring.DatabaseUpgradeProperties.Mode;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Upgrades the database when the application starts, before every bean that uses it. Beans that are {@link
 * org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration}s, {@link
 * org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck}s or {@link
 * org.apache.cloudstack.framework.dbupgrade.UpgradeListener}s take part, so they exist before the upgrade and cannot be
 * injected with JdbcClient, repositories or the like. With {@code cloud.dbupgrade.mode=off} the {@link DatabaseUpgrade} is
 * there to be asked, and nobody asks it at the start.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = DatabaseUpgradeProperties.PREFIX + ".enabled", matchIfMissing = true)
@EnableConfigurationProperties(DatabaseUpgradeProperties.class)
@Import({DatabaseInitializationDependencyConfigurer.class, SettingNamesCheck.class})
public final class DatabaseUpgradeAutoConfiguration {

    DatabaseUpgradeAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnDataSource.class)
    static class Upgrading {

        @Bean
        UpgradeEventPublisher databaseUpgradeEventPublisher(
                ConfigurableListableBeanFactory factory, ApplicationEventPublisher publisher) {
            return new UpgradeEventPublisher(factory, publisher);
        }

        @Bean
        @ConditionalOnMissingBean
        DatabaseUpgrade databaseUpgrade(
                ObjectProvider<DataSource> dataSource,
                @DatabaseUpgradeDataSource ObjectProvider<DataSource> upgradeDataSource,
                DatabaseUpgradeProperties properties,
                ConfigurableListableBeanFactory factory,
                ResourceLoader resourceLoader) {
            UpgradeParticipants participants = new UpgradeParticipants(factory);
            UpgradeConnections connections = new UpgradeConnections(dataSource, upgradeDataSource, properties);
            DatabaseUpgradeBuilder builder = DatabaseUpgrade.of(connections.dataSource())
                    .settings(properties.settings())
                    .checks(participants.checks())
                    .listeners(participants.listeners())
                    .callbacks(participants.callbacks())
                    .registries(participants.registries())
                    .javaMigrations(participants.javaMigrations())
                    .instances(participants.instances())
                    .classLoader(Objects.requireNonNull(resourceLoader.getClassLoader()));
            participants.customizers().forEach(customizer -> customizer.customize(builder));
            return builder.build();
        }

        @Bean
        @Lazy(false)
        @Conditional(UnlessOff.class)
        DatabaseUpgradeInitializer databaseUpgradeInitializer(
                DatabaseUpgrade upgrade,
                DatabaseUpgradeProperties properties,
                ConfigurableApplicationContext application) {
            return new DatabaseUpgradeInitializer(upgrade, properties, application);
        }
    }

    /** Nobody would notice that nothing is upgraded. */
    @Configuration(proxyBeanMethods = false)
    @Conditional({WithoutDataSource.class, UnlessOff.class})
    @Import(NoDataSourceCheck.class)
    static class NotUpgrading {}

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnDataSource.class)
    @ConditionalOnClass(MeterBinder.class)
    static class Metrics {

        @Bean
        DatabaseUpgradeMetrics databaseUpgradeMetrics() {
            return new DatabaseUpgradeMetrics();
        }
    }

    static final class OnDataSource extends AnyNestedCondition {

        OnDataSource() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnSingleCandidate(DataSource.class)
        static final class One {}

        @Conditional(OnMarkedDataSource.class)
        static final class Marked {}

        @ConditionalOnProperty(DatabaseUpgradeProperties.PREFIX + ".url")
        static final class Named {}

        @ConditionalOnBean(DatabaseUpgrade.class)
        static final class Built {}
    }

    static final class WithoutDataSource extends NoneNestedConditions {

        WithoutDataSource() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @Conditional(OnDataSource.class)
        static final class There {}
    }

    /** Sees beans that are no default candidates, which {@code ConditionalOnBean} overlooks. */
    static final class OnMarkedDataSource implements ConfigurationCondition {

        @Override
        public ConfigurationPhase getConfigurationPhase() {
            return ConfigurationPhase.REGISTER_BEAN;
        }

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConfigurableListableBeanFactory factory = Objects.requireNonNull(context.getBeanFactory());
            return factory.getBeanNamesForAnnotation(DatabaseUpgradeDataSource.class).length > 0;
        }
    }

    /** Binds the mode, so that every spelling of it that the properties take is understood here too. */
    static final class UnlessOff extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String property = DatabaseUpgradeProperties.PREFIX + ".mode";
            boolean off = Binder.get(context.getEnvironment())
                    .bind(property, Mode.class)
                    .map(mode -> mode == Mode.OFF)
                    .orElse(false);
            return new ConditionOutcome(
                    !off,
                    ConditionMessage.forCondition("Database upgrade").because(property + (off ? " is off" : " is on")));
        }
    }
}
