package org.apache.cloudstack.framework.dbupgrade.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyVersionsTest {

    private static final List<ReleaseVersion> REAL = Stream.of(
                    "2.2.14",
                    "3.0.0",
                    "4.0.0",
                    "4.1.0",
                    "4.4.2",
                    "4.9.1.0",
                    "4.10.0.0",
                    "4.11.0.0",
                    "4.11.3.0",
                    "20.1.0")
            .map(ReleaseVersion::of)
            .toList();

    @ParameterizedTest
    @CsvSource({
        "2214, 2.2.14",
        "30, 3.0.0",
        "40, 4.0.0",
        "400, 4.0.0",
        "410, 4.1.0",
        "442, 4.4.2",
        "4910, 4.9.1",
        "491, 4.9.1",
        "41000, 4.10.0",
        "4100, 4.1.0/4.10.0",
        "41100, 4.11.0",
        "4113, 4.11.3",
        "2010, 20.1.0",
        "201, 20.1.0"
    })
    void withTheListOfReleasesDigitsAreTheOneThatHasThem(String digits, String expected) {
        LegacySettings settings = LegacySettings.none().withVersions(REAL);

        assertThat(read(settings, digits)).isEqualTo(expected);
    }

    @Test
    void digitsOfNoReleaseOfTheListAreDoubtfulWithAllThatTheyMayBe() {
        assertThat(read(LegacySettings.none().withVersions(REAL), "4130"))
                .isEqualTo("none: 4.1.3/4.1.30/4.13.0/41.3.0");
    }

    @Test
    void twoReleasesOfTheListWithTheSameDigitsAreDoubtful() {
        LegacySettings settings = LegacySettings.none()
                .withVersions(List.of(ReleaseVersion.of("4.1.10.0"), ReleaseVersion.of("4.11.0.0")));

        assertThat(read(settings, "41100")).isEqualTo("4.1.10/4.11.0");
    }

    @ParameterizedTest
    @CsvSource({"40, 4.0.0", "22, 2.2.0", "410, 4.1.0", "442, 4.4.2"})
    void withoutAListUpToThreeDigitsHaveOneReading(String digits, String expected) {
        assertThat(read(LegacySettings.none(), digits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2214", "4910", "41000", "41100"})
    void withoutAListMoreDigitsAreDoubtful(String digits) {
        assertThat(read(LegacySettings.none(), digits)).contains("/");
    }

    @Test
    void anAnswerCounts() {
        LegacySettings settings = LegacySettings.none().withAnswer("41100", ReleaseVersion.of("4.11.0"));

        assertThat(read(settings, "41100")).isEqualTo("4.11.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4444444444444444"})
    void digitsThatAreNoVersionHaveNoCandidates(String digits) {
        assertThat(read(LegacySettings.none(), digits)).isEqualTo("none: ");
    }

    /** The version, or the candidates. */
    private static String read(LegacySettings settings, String digits) {
        LegacyVersions versions = new LegacyVersions(settings);
        return versions.read(digits).map(ReleaseVersion::toString).orElseGet(() -> {
            OpenQuestion doubt = versions.doubt(digits);
            boolean isNone = doubt.problem().contains("no release");
            return (isNone ? "none: " : "") + String.join("/", doubt.candidates());
        });
    }
}
