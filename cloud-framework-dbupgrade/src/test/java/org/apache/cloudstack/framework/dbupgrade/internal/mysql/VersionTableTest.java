package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTableTest {

    @ParameterizedTest
    @CsvSource({
        "4.8.1, 4.8.1",
        "4.8.2, 4.8.2.0",
        "4.9.0, 4.9.0",
        "4.9.1, 4.9.1.0",
        "4.11.3.1, 4.11.3.1",
        "4.22.0, 4.22.0.0",
        "24.0.0, 24.0.0",
        "24.1.0.1, 24.1.0.1"
    })
    void aReleaseIsWrittenAsCloudStackWritesIt(String release, String text) {
        assertThat(VersionTable.text(ReleaseVersion.of(release))).isEqualTo(text);
    }
}
