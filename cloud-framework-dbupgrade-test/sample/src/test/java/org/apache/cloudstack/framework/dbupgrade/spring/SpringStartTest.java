package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

class SpringStartTest extends SpringTest {

    @Test
    void upgradesBeforeABeanThatUsesTheDatabaseInItsConstructor() {
        application(LINE).withUserConfiguration(Vms.class).run(context -> assertThat(context)
                .getBean("states", String.class)
                .isEqualTo("Running, Running"));
    }

    @Test
    void upgradesBeforeHibernateValidatesTheSchema() {
        application(LINE)
                .withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withUserConfiguration(Entities.class)
                .withPropertyValues(
                        "spring.jpa.hibernate.ddl-auto=validate",
                        "spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect")
                .run(context -> {
                    assertThat(context).hasNotFailed();

                    try (EntityManager entities =
                            context.getBean(EntityManagerFactory.class).createEntityManager()) {
                        assertThat(entities.find(Vm.class, 1L).state).isEqualTo("Running");
                    }
                });
    }

    @Test
    void upgradesBeforeTheScriptsOfTheApplication() {
        application(LINE).withBean(LateScript.class).run(context -> assertThat(context)
                .hasNotFailed());

        assertThat(database.rows("SELECT name FROM cloud.vm")).first().hasToString("{name=scripted}");
    }

    @Test
    void upgradesEvenWhenBeansAreLazy() {
        application(LINE)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(database.count("cloud.vm")).isOne());
    }

    @Test
    void tellsWhatWasDone() {
        application(LINE).run(context -> assertThat(
                        context.getBean(DatabaseUpgradeInitializer.class).report())
                .hasValueSatisfying(report -> assertThat(report.runs()).hasSize(2)));
    }

    @Test
    void letsTheMarkedDataSourceUpgrade() {
        application(LINE)
                .withPropertyValues("spring.datasource.username=nobody", "spring.datasource.password=wrong")
                .withUserConfiguration(OtherUser.class)
                .withBean(UserOfUpgrade.class, () -> new UserOfUpgrade(database.dataSource()))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(database.count("cloud.vm")).isOne();
    }

    @Test
    void letsTheMarkedDataSourceUpgradeWhereNoneIsPrimary() {
        application(LINE)
                .withBean("one", DataSource.class, database::dataSource)
                .withBean("two", DataSource.class, database::dataSource)
                .withUserConfiguration(OtherUser.class)
                .withBean(UserOfUpgrade.class, () -> new UserOfUpgrade(database.dataSource()))
                .run(context -> assertThat(context).hasSingleBean(DatabaseUpgradeInitializer.class));

        assertThat(database.count("cloud.vm")).isOne();
    }

    @Test
    void staysAwayWithoutADataSource() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DatabaseUpgradeAutoConfiguration.class, DatabaseUpgradeActuatorAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DatabaseUpgradeInitializer.class)
                        .doesNotHaveBean(DatabaseUpgradeHealthIndicator.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Vms {

        @Bean
        String states(JdbcClient client, JdbcTemplate template) {
            String query = "SELECT state FROM cloud.vm";
            return client.sql(query).query(String.class).single() + ", " + template.queryForObject(query, String.class);
        }
    }

    @AutoConfigurationPackage
    @Configuration(proxyBeanMethods = false)
    static class Entities {}

    static class LateScript extends DataSourceScriptDatabaseInitializer {

        LateScript(DataSource dataSource) {
            super(dataSource, settings());
        }

        private static DatabaseInitializationSettings settings() {
            DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
            settings.setMode(DatabaseInitializationMode.ALWAYS);
            settings.setDataLocations(List.of("classpath:spring-room/scripted.sql"));
            return settings;
        }
    }

    record UserOfUpgrade(DataSource dataSource) {}

    @Configuration(proxyBeanMethods = false)
    static class OtherUser {

        @Bean(defaultCandidate = false)
        @DatabaseUpgradeDataSource
        DataSource upgrading(UserOfUpgrade user) {
            return user.dataSource();
        }
    }
}
