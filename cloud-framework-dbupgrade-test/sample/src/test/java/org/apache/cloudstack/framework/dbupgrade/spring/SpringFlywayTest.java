package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.actuate.endpoint.FlywayEndpoint;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayEndpointAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Flyway's starter beside the upgrade, with none of its own settings. */
class SpringFlywayTest extends SpringTest {

    @Test
    void theFlywayOfTheApplicationIsTheTimelineOfTheUpgrade() {
        withStarter().run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(FlywayMigrationInitializer.class);
            Flyway flyway = context.getBean(Flyway.class);

            assertThat(flyway.info().all())
                    .extracting(MigrationInfo::getState)
                    .hasSize(2)
                    .containsOnly(MigrationState.SUCCESS);
            flyway.validate();
            assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
        });
    }

    @Test
    void theEndpointOfFlywayShowsIt() {
        withStarter()
                .withPropertyValues("management.endpoints.web.exposure.include=flyway")
                .run(context -> {
                    Map<String, FlywayEndpoint.FlywayDescriptor> beans = context.getBean(FlywayEndpoint.class)
                            .flywayBeans()
                            .getContexts()
                            .values()
                            .iterator()
                            .next()
                            .getFlywayBeans();

                    assertThat(beans).containsOnlyKeys("flyway");
                    assertThat(beans.values())
                            .flatExtracting(FlywayEndpoint.FlywayDescriptor::getMigrations)
                            .extracting(FlywayEndpoint.FlywayMigrationDescriptor::getScript)
                            .hasSize(2)
                            .allSatisfy(script -> assertThat(script).startsWith("V_"));
                });
    }

    @Test
    void migrateIsTheUpgrade() {
        withStarter().withPropertyValues("cloud.dbupgrade.mode=off").run(context -> {
            assertThat(context.getBean(Flyway.class).migrate().migrationsExecuted)
                    .isEqualTo(2);
            assertThat(database.count("cloud.vm")).isOne();
        });
    }

    @Test
    void whatWouldGoRoundTheJournalIsRefused() {
        withStarter().run(context -> {
            Flyway flyway = context.getBean(Flyway.class);
            Stream.<Runnable>of(flyway::clean, flyway::baseline, flyway::repair, flyway::undo)
                    .forEach(command -> assertThatThrownBy(command::run)
                            .isInstanceOf(FlywayException.class)
                            .hasMessageContaining("journal of the database upgrade"));
        });

        assertThat(database.count("cloud.vm")).isOne();
    }

    @Test
    void beansThatUseTheDatabaseWaitForTheUpgrade() {
        withStarter().withBean(Reader.class).run(context -> assertThat(context.getBean(Reader.class).states)
                .containsExactly("Running"));
    }

    @Test
    void aFlywayThatTheApplicationDefinesIsItsOwnAffair() {
        database.run("CREATE DATABASE cloud_usage");
        Flyway own = Flyway.configure()
                .dataSource(database.dataSource())
                .defaultSchema("cloud_usage")
                .locations("classpath:nowhere")
                .load();

        withStarter().withBean("own", Flyway.class, () -> own).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Flyway.class)).isSameAs(own);
        });
    }

    @Test
    void aTableOfItsOwnKeepsSpringBootsFlyway() {
        database.run("CREATE DATABASE cloud");

        withStarter()
                .withPropertyValues(
                        "spring.datasource.url=" + database.server().jdbcUrl("cloud"),
                        "spring.flyway.table=own_history",
                        "spring.flyway.locations=classpath:spring-room/own",
                        "spring.flyway.baseline-on-migrate=true",
                        "spring.flyway.baseline-version=0")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FlywayMigrationInitializer.class));

        assertThat(database.count("cloud.own_history")).isPositive();
    }

    private ApplicationContextRunner withStarter() {
        return application(LINE)
                .withConfiguration(AutoConfigurations.of(
                        DatabaseUpgradeFlywayAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        FlywayEndpointAutoConfiguration.class));
    }

    /** Uses the database in its constructor. */
    static final class Reader {

        private final List<String> states;

        Reader(JdbcClient client, DataSource dataSource) {
            states =
                    client.sql("SELECT state FROM cloud.vm").query(String.class).list();
        }
    }
}
