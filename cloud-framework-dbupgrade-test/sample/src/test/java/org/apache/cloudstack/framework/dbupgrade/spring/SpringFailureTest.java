package org.apache.cloudstack.framework.dbupgrade.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SpringFailureTest extends SpringTest {

    @Test
    void showsDescriptionAndActionInsteadOfAStackTrace(CapturedOutput output) {
        assertThatThrownBy(() -> start(BROKEN)).hasStackTraceContaining(UpgradeFailedException.class.getName());

        assertThat(output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START")))
                .containsSubsequence(
                        "Description:",
                        "The database upgrade stopped. 1 migration was completed before, the last being V_400_A__install.sql.",
                        "V_400_B__stumbles.sql failed",
                        "nowhere",
                        "Action:",
                        "Then start again: the upgrade goes on there.")
                .doesNotContain("\tat ", "Exception:");
    }

    @Test
    void numbersTheFindingsWhenThereAreSeveral() {
        application("classpath:nowhere", "classpath:nobody")
                .run(context -> assertThat(analysis(context).getDescription()).isEqualTo("""
                        The database was not upgraded.

                        1. There is no migration location classpath:nowhere.
                        2. There is no migration location classpath:nobody."""));
    }

    @Test
    void tellsARemedyOnce() {
        application("classpath:nowhere", "classpath:nobody")
                .run(context -> assertThat(analysis(context).getAction())
                        .startsWith(
                                "Correct cloud.dbupgrade.locations: classpath:<directory> or filesystem:<directory>. See https://")
                        .endsWith("/docs/reference/findings.md#location_missing")
                        .hasLineCount(1));
    }

    @Test
    void doesNotShowThePasswordWhenTheServerRefusesIt(CapturedOutput output) {
        assertThatThrownBy(() -> start(LINE, "spring.datasource.password=secret-of-test"))
                .hasStackTraceContaining("ACCESS_DENIED");

        assertThat(output)
                .contains("refuses the user or the password", "Correct spring.datasource.username")
                .doesNotContain("secret-of-test");
    }

    @Test
    void doesNotShowAPasswordThatIsInTheUrl(CapturedOutput output) {
        String url = "jdbc:mysql://address=(host=127.0.0.1)(port=1)(user=root)(password=secret-of-test)/cloud";

        assertThatThrownBy(() -> start(
                        LINE,
                        "spring.datasource.hikari.jdbc-url=" + url,
                        "spring.datasource.hikari.connection-timeout=500",
                        "spring.datasource.hikari.initialization-fail-timeout=-1"))
                .hasStackTraceContaining("SERVER_UNREACHABLE");

        assertThat(output).contains("jdbc:mysql://127.0.0.1:1/cloud").doesNotContain("secret-of-test");
    }

    @Test
    void namesThePropertyWhoseValueCannotBeUsed(CapturedOutput output) {
        assertThatThrownBy(() -> start(LINE, "cloud.dbupgrade.release=abc")).isNotNull();

        assertThat(output)
                .contains("Invalid value 'abc' for configuration property 'cloud.dbupgrade.release'")
                .contains("'abc' is not the version of a build");
    }

    @Test
    void leavesOtherFailuresToOthers() {
        assertThat(new DatabaseUpgradeFailureAnalyzer().analyze(new IllegalStateException("other")))
                .isNull();
    }

    private void start(String location, String... more) {
        List<String> all = new ArrayList<>(List.of(properties(location)));
        all.addAll(List.of(more));
        new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(all.stream().map(property -> "--" + property).toArray(String[]::new))
                .close();
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        return Objects.requireNonNull(
                new DatabaseUpgradeFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
    }

    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, DatabaseUpgradeAutoConfiguration.class})
    static class Application {}
}
