package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which data source is upgraded, and that none is left out without a word. */
@ExtendWith(OutputCaptureExtension.class)
class SpringDataSourceTest extends SpringTest {

    @Test
    void ofSeveralDataSourcesWithoutAPrimaryOneNoneIsTaken() {
        application(LINE)
                .withBean("one", DataSource.class, database::dataSource)
                .withBean("two", DataSource.class, database::dataSource)
                .run(context -> {
                    assertThat(codes(context)).containsExactly(FindingCode.DATA_SOURCE_AMBIGUOUS);
                    assertThat(analysis(context).getDescription()).contains("one, two", LINE);
                    assertThat(analysis(context).getAction())
                            .contains("@DatabaseUpgradeDataSource", "@Primary", "cloud.dbupgrade.enabled=false");
                });
    }

    @Test
    void migrationsWithoutADataSourceAreRefused() {
        withoutDataSource()
                .withPropertyValues("cloud.dbupgrade.locations=" + LINE)
                .run(context -> assertThat(codes(context)).containsExactly(FindingCode.DATA_SOURCE_MISSING));
    }

    @Test
    void withoutMigrationsAMissingDataSourceIsOnlyLogged(CapturedOutput output) {
        withoutDataSource()
                .withPropertyValues("cloud.dbupgrade.locations=classpath:nowhere")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).contains("No database is upgraded");
    }

    @Test
    void anUpgradeThatTheApplicationBuildsNeedsNoDataSourceBean() {
        withoutDataSource()
                .withPropertyValues("cloud.dbupgrade.locations=" + LINE)
                .withBean(DatabaseUpgrade.class, () -> DatabaseUpgrade.of(database.dataSource())
                        .settings(
                                UpgradeSettings.defaults().withSchemas("cloud").withLocations(LINE))
                        .build())
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(database.count("cloud.vm")).isOne();
    }

    @Test
    void switchedOffThereIsNothingOfIt() {
        application(LINE).withPropertyValues("cloud.dbupgrade.enabled=false").run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(DatabaseUpgrade.class)
                .doesNotHaveBean(DatabaseUpgradeHealthIndicator.class)
                .doesNotHaveBean(DatabaseUpgradeEndpoint.class));

        assertThat(database.rows("SHOW DATABASES LIKE 'cloud'")).isEmpty();
    }

    @Test
    void anotherUserUpgradesOverTheSameUrl() {
        database.run("DROP USER IF EXISTS app_only; CREATE USER app_only IDENTIFIED BY 'app'");
        try {
            application(LINE)
                    .withPropertyValues(
                            "spring.datasource.username=app_only",
                            "spring.datasource.password=app",
                            "cloud.dbupgrade.user=" + database.server().user(),
                            "cloud.dbupgrade.password=" + database.server().password())
                    .run(context -> assertThat(context).hasNotFailed());

            assertThat(database.count("cloud.vm")).isOne();
        } finally {
            database.run("DROP USER app_only");
        }
    }

    @Test
    void anotherUrlNeedsNoDataSourceBean() {
        withoutDataSource()
                .withPropertyValues(
                        "cloud.dbupgrade.locations=" + LINE,
                        "cloud.dbupgrade.schemas=cloud",
                        "cloud.dbupgrade.url=" + database.jdbcUrl(),
                        "cloud.dbupgrade.user=" + database.server().user(),
                        "cloud.dbupgrade.password=" + database.server().password())
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(database.count("cloud.vm")).isOne();
    }

    @Test
    void aPasswordWithoutItsUserIsRefusedAndNotShown(CapturedOutput output) {
        application(LINE).withPropertyValues("cloud.dbupgrade.password=s3cret").run(context -> assertThat(
                        context.getStartupFailure())
                .hasStackTraceContaining("cloud.dbupgrade.user")
                .satisfies(failure -> assertThat(String.valueOf(failure)).doesNotContain("s3cret")));
    }

    @Test
    void aCustomizerGoesOverTheProperties() {
        application(LINE)
                .withBean(
                        DatabaseUpgradeCustomizer.class,
                        () -> builder -> builder.settings(UpgradeSettings.defaults()
                                .withSchemas("cloud_usage")
                                .withLocations(LINE)))
                .run(context -> assertThat(
                                context.getBean(DatabaseUpgrade.class).schemas())
                        .containsExactly("cloud_usage"));

        assertThat(database.count("cloud_usage.flyway_schema_history")).isPositive();
    }

    private static ApplicationContextRunner withoutDataSource() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DatabaseUpgradeAutoConfiguration.class, DatabaseUpgradeActuatorAutoConfiguration.class));
    }

    private static List<FindingCode> codes(AssertableApplicationContext context) {
        for (Throwable cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUpgradeException refused) {
                return refused.findings().stream().map(Finding::code).toList();
            }
        }
        return List.of();
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        return Objects.requireNonNull(
                new DatabaseUpgradeFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
    }
}
