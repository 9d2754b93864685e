package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A mistyped setting is not left out. */
@ExtendWith(OutputCaptureExtension.class)
class SpringSettingNamesTest extends SpringTest {

    @Test
    void aMistypedSettingKeepsTheApplicationFromStarting() {
        application(LINE)
                .withPropertyValues("cloud.dbupgrade.lok-wait=5s", "cloud.dbupgrade.passwort=s3cret")
                .run(context -> {
                    FailureAnalysis analysis = new UnknownSettingFailureAnalyzer()
                            .analyze(Objects.requireNonNull(context.getStartupFailure()));

                    assertThat(Objects.requireNonNull(analysis).getDescription())
                            .contains("cloud.dbupgrade.lok-wait", "is no setting of the database upgrade")
                            .doesNotContain("s3cret");
                    assertThat(analysis.getAction())
                            .contains("Remove cloud.dbupgrade.lok-wait, or write cloud.dbupgrade.lock-wait.");
                });
    }

    @Test
    void everyFormOfASettingIsKnown() {
        application(LINE)
                .withPropertyValues(
                        "cloud.dbupgrade.lockWait=5s",
                        "cloud.dbupgrade.METADATA_LOCK_RETRY=5s",
                        "cloud.dbupgrade.session.sql_mode=ANSI_QUOTES",
                        "cloud.dbupgrade.throttle.replicas[0]=jdbc:mysql://r/",
                        "cloud.dbupgrade.mode=off")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void ofAMistypedVariableOfTheEnvironmentThereIsAWarning(CapturedOutput output) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        "systemEnvironment",
                        new SystemEnvironmentPropertySource(
                                "systemEnvironment",
                                Map.of(
                                        "CLOUD_DBUPGRADE_LOK_WAIT",
                                        "s3cret",
                                        "CLOUD_DBUPGRADE_SESSION_SQL_MODE",
                                        "ANSI")));

        assertThatCode(() -> ConfiguredUpgrade.of(environment)).doesNotThrowAnyException();
        assertThat(output)
                .contains("cloud.dbupgrade.lok.wait", "the nearest one is cloud.dbupgrade.lock-wait")
                .doesNotContain("s3cret", "session.sql.mode");
    }
}
