package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpringModeTest extends SpringTest {

    @Test
    void validateRefusesToStartWithADatabaseThatIsBehind() {
        application(LINE).withPropertyValues("cloud.dbupgrade.release=4.0.0").run(context -> {});

        application(LINE).withPropertyValues("cloud.dbupgrade.mode=validate").run(context -> assertThat(
                        context.getStartupFailure())
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.type(UpgradeRefusedException.class))
                .satisfies(refused -> assertThat(refused.findings())
                        .extracting(Finding::code)
                        .containsExactly(FindingCode.DATABASE_BEHIND)));
    }

    @Test
    void validateStartsWithADatabaseOfTheSameReleaseAndChangesNothing() {
        application(LINE).run(context -> {});
        Object before = database.rows("SELECT * FROM cloud.flyway_schema_history");

        application(LINE).withPropertyValues("cloud.dbupgrade.mode=validate").run(context -> assertThat(
                        context.getBean(DatabaseUpgradeInitializer.class).report())
                .isEmpty());

        assertThat(database.rows("SELECT * FROM cloud.flyway_schema_history")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF", "false"})
    void offLeavesTheDatabaseAloneAndStillTellsItsStatus(String off) {
        application(LINE).withPropertyValues("cloud.dbupgrade.mode=" + off).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(DatabaseUpgradeInitializer.class);
            assertThat(context.getBean(DatabaseUpgrade.class).status().pending())
                    .hasSize(2);
        });

        assertThat(database.rows("SHOW DATABASES LIKE 'cloud'")).isEmpty();
    }

    @Test
    void theChecksOfTheToolAreThoseOfTheStartToo() {
        database.run("DROP USER IF EXISTS reader; CREATE USER reader; GRANT SELECT ON *.* TO reader");
        try {
            application(LINE)
                    .withPropertyValues("spring.datasource.username=reader", "spring.datasource.password=")
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasStackTraceContaining(FindingCode.PREFLIGHT_STOP.name())
                            .hasStackTraceContaining("The account lacks"));
        } finally {
            database.run("DROP USER reader");
        }
    }

    @Test
    void aModeThatDoesNotExistIsRefused() {
        application(LINE).withPropertyValues("cloud.dbupgrade.mode=perhaps").run(context -> assertThat(
                        context.getStartupFailure())
                .hasStackTraceContaining("cloud.dbupgrade.mode"));
    }
}
