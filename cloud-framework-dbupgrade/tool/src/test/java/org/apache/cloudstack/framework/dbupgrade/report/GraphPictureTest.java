package org.apache.cloudstack.framework.dbupgrade.report;

import static org.apache.cloudstack.framework.dbupgrade.report.DrawnGraph.labelled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Mark;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Release;
import org.junit.jupiter.api.Test;

class GraphPictureTest {

    @Test
    void pendingIsWhatTheCodeContainsAndTheDatabaseDoesNot() {
        assertThat(pending("4.6.0", "4.7.0")).containsExactly("4.7.0", "4.6.1", "4.5.3");
        assertThat(pending("4.5.3", "4.6.0")).containsExactly("4.6.0");
        assertThat(pending("4.7.0", "4.5.2")).isEmpty();
        assertThat(pending("", "4.5.3")).containsExactly("4.5.3", "4.5.2");
        assertThat(pending("4.5.2", "")).isEmpty();
    }

    @Test
    void aPlaceThatTheGraphDoesNotHaveLeavesNoMark() {
        assertThat(SampleGraph.picture("9.9.9", "8.8.8").releases())
                .allMatch(release -> release.marks().isEmpty());
    }

    @Test
    void aLabelIsOneLineWithoutControlCharacters() {
        assertThat(labelled("1.0.0", " one\r\ntwo\u001b[31m\u202ethree\uD800\uFFFF ")
                        .label())
                .isEqualTo("one two [31m three");
    }

    @Test
    void aReleaseFollowsOnlyLowerOnesOfThePicture() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DrawnGraph.of("4.1.0 4.0.0"))
                .withMessageContaining("4.1.0 follows [4.0.0]");
        assertThatIllegalArgumentException().isThrownBy(() -> DrawnGraph.of("4.0.0 4.1.0", "4.1.0"));
        assertThatIllegalArgumentException().isThrownBy(() -> DrawnGraph.of("4.0.0 4.0.0"));
    }

    @Test
    void aReleaseIsThereOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> DrawnGraph.of("4.0.0", "4.0.0"));
    }

    private static List<String> pending(String database, String code) {
        return SampleGraph.picture(database, code).releases().stream()
                .filter(release -> release.is(Mark.PENDING))
                .map(Release::version)
                .map(Object::toString)
                .toList();
    }
}
