package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.spring.DatabaseUpgradeProperties.Mode;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

class SpringActuatorTest extends SpringTest {

    @Test
    void isUpWhenTheDatabaseHasWhatTheCodeNeeds() {
        application(LINE).run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails())
                    .isEqualTo(Map.of("database", "4.1.0", "code", "4.1.0", "pending", 0));
        });
    }

    @Test
    void isDownWithTheCodesWhenTheDatabaseIsLost() {
        application(LINE).run(context -> {
            database.run("DROP DATABASE cloud");

            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(context).getDetails().get("findings")).hasToString("[DATABASE_BEHIND]");
        });
    }

    @Test
    void tellsForAWhileWhatItSawLast() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

        application(LINE).run(context -> {
            var indicator =
                    new DatabaseUpgradeHealthIndicator(context.getBean(DatabaseUpgrade.class), Mode.UPGRADE, now::get);
            assertThat(indicator.health()).returns(Status.UP, Health::getStatus);
            database.run("DROP DATABASE cloud");

            now.set(Instant.ofEpochSecond(29));
            assertThat(indicator.health()).returns(Status.UP, Health::getStatus);

            now.set(Instant.ofEpochSecond(30));
            assertThat(indicator.health()).returns(Status.DOWN, Health::getStatus);
        });
    }

    @Test
    void isUnknownInModeOff() {
        application(LINE)
                .withPropertyValues("cloud.dbupgrade.mode=off")
                .run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
    }

    @Test
    void theHealthCanBeSwitchedOff() {
        application(LINE)
                .withPropertyValues("management.health.dbupgrade.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DatabaseUpgradeHealthIndicator.class));
    }

    @Test
    void timesEveryMigrationAndTheWhole() {
        application(LINE)
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);

                    assertThat(registry.get("cloud.dbupgrade.migration")
                                    .tags("release", "4.1.0", "outcome", "success")
                                    .timer())
                            .returns(1L, Timer::count);
                    assertThat(registry.get("cloud.dbupgrade").timer().count()).isOne();
                    assertThat(registry.get("cloud.dbupgrade.statements")
                                    .counter()
                                    .count())
                            .isEqualTo(3);
                });
    }

    @Test
    void timesAMigrationThatFailsToo() {
        DatabaseUpgradeMetrics metrics = new DatabaseUpgradeMetrics();
        MeterRegistry registry = new SimpleMeterRegistry();
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(database.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations(BROKEN))
                .listeners(List.of(metrics))
                .build();

        assertThatThrownBy(upgrade::upgrade).isInstanceOf(UpgradeFailedException.class);
        metrics.bindTo(registry);

        assertThat(registry.get("cloud.dbupgrade.migration")
                        .tags("migration", "V_400_B__stumbles.sql", "outcome", "failure")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void healthAndEndpointSayWhatIsHalfDone() {
        DatabaseUpgrade upgrade = DatabaseUpgrade.of(database.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations(BROKEN))
                .build();
        assertThatThrownBy(upgrade::upgrade).isInstanceOf(UpgradeFailedException.class);

        Health health = new DatabaseUpgradeHealthIndicator(upgrade, Mode.UPGRADE, Instant::now).health();
        var told = new DatabaseUpgradeEndpoint(upgrade).database();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("findings")).hasToString("[MIGRATION_FAILED]");
        assertThat(String.valueOf(health.getDetails().get("halfDone"))).contains("V_400_B__stumbles.sql, statement ");
        assertThat(told.halfDone())
                .singleElement()
                .returns("V_400_B__stumbles.sql", DatabaseUpgradeEndpoint.Unfinished::script)
                .matches(half -> half.error().contains("error "));
        assertThat(told.findings()).singleElement().matches(problem -> problem.remedy()
                .contains("start again"));
    }

    @Test
    void theEndpointTellsHistoryAndWhatIsPending() {
        application(LINE).withPropertyValues("cloud.dbupgrade.release=4.0.0").run(context -> {});

        application(LINE)
                .withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class))
                .withPropertyValues("cloud.dbupgrade.mode=off", "management.endpoints.web.exposure.include=dbupgrade")
                .withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=dbupgrade")
                .run(context -> {
                    var told = context.getBean(DatabaseUpgradeEndpoint.class).database();

                    assertThat(told.database()).isEqualTo("4.0.0");
                    assertThat(told.code()).isEqualTo("4.1.0");
                    assertThat(told.releases())
                            .containsExactly(
                                    new DatabaseUpgradeEndpoint.Release("4.0.0", true),
                                    new DatabaseUpgradeEndpoint.Release("4.1.0", false));
                    assertThat(told.history())
                            .singleElement()
                            .returns("V_400_A__install.sql", DatabaseUpgradeEndpoint.Run::script)
                            .returns(true, DatabaseUpgradeEndpoint.Run::success);
                    assertThat(told.pending())
                            .containsExactly(new DatabaseUpgradeEndpoint.Pending("V_410_A__states.sql", "RUN"));
                });
    }

    @Test
    void theEndpointIsNotExposedUnlessAskedFor() {
        application(LINE)
                .withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(DatabaseUpgradeEndpoint.class));
    }

    @Test
    void aWebApplicationShowsTheEndpointAsJson() throws IOException, InterruptedException {
        String[] arguments =
                Arrays.stream(properties(LINE)).map(property -> "--" + property).toArray(String[]::new);

        try (var context = new SpringApplicationBuilder(Application.class)
                .properties("server.port=0", "management.endpoints.web.exposure.include=dbupgrade,health")
                .properties("management.endpoint.health.show-details=always")
                .properties("spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect")
                .run(arguments)) {
            String root = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");

            assertThat(get(root + "/actuator/dbupgrade"))
                    .contains("\"database\":\"4.1.0\"", "{\"release\":\"4.0.0\",\"reached\":true}", "\"findings\":[]")
                    .contains("V_410_A__states.sql");
            assertThat(get(root + "/actuator/health")).contains("\"dbupgrade\":{");
        }
    }

    private static Health health(AssertableApplicationContext context) {
        return Objects.requireNonNull(
                context.getBean(DatabaseUpgradeHealthIndicator.class).health());
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @EnableAutoConfiguration
    static class Application {}
}
