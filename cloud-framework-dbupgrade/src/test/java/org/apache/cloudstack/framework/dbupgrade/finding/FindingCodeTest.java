package org.apache.cloudstack.framework.dbupgrade.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingCodeTest {

    private static final String[] OF_APPLICATIONS = {
        "cloud.dbupgrade", "spring.", "DatabaseUpgrade", "()", "server with"
    };
    private static final String[] OF_THE_TOOL = {"--url", "--target", "--schemas", "--locations", "--jars", "--user"};

    @ParameterizedTest
    @EnumSource
    void everyCodeHasItsMeaningProblemAndRemedy(FindingCode code) {
        Finding finding = about(code);

        assertThat(code.meaning()).isNotBlank().doesNotEndWith(".");
        assertThat(finding.problem()).containsAnyOf("subject", "4th fact");
        assertThat(finding.remedy()).isNotBlank().doesNotContain("%");
    }

    @ParameterizedTest
    @EnumSource
    void noCodeNamesToTheToolsOperatorWhatOnlyAnApplicationHas(FindingCode code) {
        Finding finding = about(code);

        assertThat(finding.problem(Audience.TOOL) + finding.remedy(Audience.TOOL))
                .doesNotContain(OF_APPLICATIONS)
                .doesNotContain("{ ", "|", "{}");
    }

    @ParameterizedTest
    @EnumSource
    void noCodeNamesToAnApplicationsOperatorAnOptionOfTheTool(FindingCode code) {
        Finding finding = about(code);

        assertThat(finding.problem(Audience.APPLICATION) + finding.remedy(Audience.APPLICATION))
                .doesNotContain(OF_THE_TOOL)
                .doesNotContain("|", "{}");
    }

    @Test
    void factsWithAlternativesAreWordedForTheReaderToo() {
        Finding finding =
                FindingCode.DATABASE_NEWER.about("4.6.0", "4.5.0", new Wording("with {a property|an option}"));

        assertThat(finding.problem(Audience.TOOL)).contains("with an option");
        assertThat(finding.problem(Audience.APPLICATION)).contains("with a property");
    }

    @Test
    void whatOthersWroteIsNeverTakenForAlternatives() {
        Finding finding = FindingCode.SERVER_ERROR.because("near '{a|b}'", "{c|d}");

        assertThat(finding.description(Audience.TOOL)).contains("'{a|b}'", "{c|d}");
    }

    @Test
    void charactersThatControlATerminalAreShownAsWhatTheyAre() {
        Finding finding =
                FindingCode.HISTORY_FOREIGN.because("first\nsecond\u009B31m", "h\u001B]0;owned\u0007", "x\u202Ey");

        assertThat(finding.toString())
                .contains("h\\u001b]0;owned\\u0007", "x\\u202ey", "first\nsecond\\u009b31m")
                .doesNotContain("\u001B", "\u0007", "\u009B", "\u202E");
    }

    private static Finding about(FindingCode code) {
        return code.about(
                "subject", "1st fact", "2nd fact", "3rd fact", "4th fact", "5th fact", "6th fact", "7th fact");
    }
}
