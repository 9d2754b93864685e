package org.apache.cloudstack.framework.dbupgrade.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseVersionTest {

    @Test
    void threePartsEqualFourWithAZero() {
        assertThat(ReleaseVersion.of("4.5.3"))
                .isEqualTo(ReleaseVersion.of("4.5.3.0"))
                .hasToString("4.5.3");
    }

    @Test
    void orderIsByPartsAndNeverByText() {
        assertThat(Stream.of("4.10.0", "24.0.0", "4.9.0", "4.8.2.0", "4.11.3.0", "4.2.0", "4.11.3.1")
                        .map(ReleaseVersion::of)
                        .sorted())
                .extracting(ReleaseVersion::toString)
                .containsExactly("4.2.0", "4.8.2", "4.9.0", "4.10.0", "4.11.3", "4.11.3.1", "24.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "4.6.0-SNAPSHOT, 4.6.0",
        "4.5.2.brand, 4.5.2",
        "4.11.3.0-brand7, 4.11.3",
        "4.11.3.1-20190401, 4.11.3.1",
        "4.20.0.0+build.5, 4.20.0",
        "4.6.0, 4.6.0"
    })
    void theVersionOfABuildLosesItsSuffix(String build, String release) {
        assertThat(ReleaseVersion.ofBuild(build)).hasToString(release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.5", "4", "4.5.3.1.2", "v4.5.3", "4..3", "", "4.5.x"})
    void whatIsNoVersionIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> ReleaseVersion.of(text)).hasMessageContaining("4.5.3");
        assertThatThrownBy(() -> ReleaseVersion.ofBuild(text)).hasMessageContaining("4.6.0-SNAPSHOT");
    }
}
