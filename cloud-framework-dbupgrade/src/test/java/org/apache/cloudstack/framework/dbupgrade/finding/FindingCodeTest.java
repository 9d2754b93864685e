package org.apache.cloudstack.framework.dbupgrade.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingCodeTest {

    @ParameterizedTest
    @EnumSource
    void everyCodeHasItsMeaningProblemAndRemedy(FindingCode code) {
        Finding finding = code.about("subject", "1st fact", "2nd fact", "3rd fact", "4th fact");

        assertThat(code.meaning()).isNotBlank().doesNotEndWith(".");
        assertThat(finding.problem()).endsWith(".").contains("subject");
        assertThat(finding.remedy()).isNotBlank().doesNotContain("%");
    }
}
