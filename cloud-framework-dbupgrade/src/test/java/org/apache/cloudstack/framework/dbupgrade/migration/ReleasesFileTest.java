package org.apache.cloudstack.framework.dbupgrade.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasesFileTest {

    @Test
    void oneReleaseIsOneEntry() {
        ReleasesFile file = ReleasesFile.read("releases.yaml", """
                # the releases of the sample
                4.5.2: {}
                4.5.3: {follows: 4.5.2, shipped: 2015-12-01}
                4.6.0: {follows: [4.5.2]}
                4.6.1:
                  follows: [4.5.3, 4.6.0]
                  note: joins the lines
                """);

        assertThat(file.findings()).isEmpty();
        assertThat(file.declarations())
                .extracting(ReleaseDeclaration::version)
                .map(Object::toString)
                .containsExactly("4.5.2", "4.5.3", "4.6.0", "4.6.1");
        assertThat(file.declarations().get(1).shipped()).contains(LocalDate.of(2015, 12, 1));
        assertThat(file.declarations().get(3).follows())
                .containsExactly(ReleaseVersion.of("4.5.3"), ReleaseVersion.of("4.6.0"));
        assertThat(file.declarations().get(3).note()).isEqualTo("joins the lines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "4.0.0: {}\\n4.1.0: {follows: 4.9.0}                 | line 2: release 4.1.0 follows 4.9.0, which is not declared",
                "4.0.0: {}\\n4.1.0: {follows: 4.2.0}\\n4.2.0: {follows: 4.1.0} | line 2: release 4.1.0 follows 4.2.0, which is not lower: the two follow each other",
                "4.0.0: {follows: 4.0.0}                             | line 1: release 4.0.0 follows 4.0.0, which is not lower",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0}\\n4.1.0.0: {follows: 4.0.0} | line 3: release 4.1.0 is declared twice, first in line 2",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0, follows: 4.0.0} | line 2: 'follows' stands twice in release 4.1.0",
                "4.0.0: {}\\n4.1.0: {folows: 4.0.0}                  | line 2: 'folows' is none of follows, shipped, note",
                "4.0.0: {}\\n4.1.0: {}                               | line 2: release 4.1.0 follows none, and only the first release may",
                "4.0.0: {}\\n4.1.0: 4.0.0                            | line 2: release 4.1.0 needs {follows: <versions>}",
                "4.0.0: {}\\n4.1: {follows: 4.0.0}                   | line 2: '4.1' is not a version of three or four parts",
                "4.0.0: {}\\n4.1.0: {follows: [4.0.0, x]}            | line 2: 'x' is not a version of three or four parts",
                "4.0.0: {}\\n4.1.0: {follows: 4.0.0, shipped: soon}  | line 2: 'soon' is not a date such as 2015-11-30",
                "4.0.0: {}\\n4.1.0: {follows: [4.0.0}                | line 2: it is no YAML",
                "- 4.0.0                                             | line 1: it is not a list of"
            })
    void eachErrorIsToldWithFileAndLine(String text, String problem) {
        ReleasesFile file = ReleasesFile.read("releases.yaml", text.replace("\\n", "\n"));

        assertThat(file.findings())
                .extracting(Finding::problem)
                .anyMatch(each -> each.startsWith("releases.yaml, " + problem));
    }

    @Test
    void anEmptyFileDeclaresNothing() {
        assertThat(ReleasesFile.read("releases.yaml", "").findings()).hasSize(1);
    }
}
