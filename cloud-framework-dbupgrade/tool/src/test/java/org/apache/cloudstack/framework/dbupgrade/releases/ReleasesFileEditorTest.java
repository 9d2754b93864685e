package org.apache.cloudstack.framework.dbupgrade.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ReleasesFile;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasesFileEditorTest {

    @Test
    void anEntryThatSaysTheSameKeepsItsForm() {
        String text = "4.0.0:   {}\n4.1.0:\n  follows:\n    - 4.0.0 # why\n";

        assertThat(ReleasesFileEditor.edit(text, List.of(release("4.0.0"), release("4.1.0", "4.0.0"))))
                .isEqualTo(text);
    }

    @Test
    void aBlockIsReplacedAndTheCommentsAroundItStay() {
        String text =
                "4.0.0: {}\n# before\n4.1.0:\n  follows:\n    - 4.0.0 # why\n\n# after\n4.2.0: {follows: 4.1.0}\n";

        assertThat(ReleasesFileEditor.edit(text, List.of(shipped("4.1.0", "4.0.0"))))
                .isEqualTo(
                        "4.0.0: {}\n# before\n4.1.0: {follows: [4.0.0], shipped: 2013-05-01} # why\n\n# after\n4.2.0: {follows: 4.1.0}\n");
    }

    @Test
    void aNewEntryStandsBehindTheNextLowerRelease() {
        String text = "# head\n4.0.0: {}\n4.2.0: {follows: 4.0.0}\r\n".replace("\r\n", "\n");

        assertThat(ReleasesFileEditor.edit(
                        text, List.of(release("4.3.0", "4.2.0"), release("4.1.0", "4.0.0"), release("3.0.0"))))
                .isEqualTo(
                        "# head\n3.0.0: {}\n4.0.0: {}\n4.1.0: {follows: [4.0.0]}\n4.2.0: {follows: 4.0.0}\n4.3.0: {follows: [4.2.0]}\n");
    }

    @Test
    void theKindOfLineEndStays() {
        assertThat(ReleasesFileEditor.edit("4.0.0: {}\r\n", List.of(release("4.1.0", "4.0.0"))))
                .isEqualTo("4.0.0: {}\r\n4.1.0: {follows: [4.0.0]}\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words",
                "with: colon",
                "\"quoted\" \\ #1",
                "two\nlines",
                "- dash",
                "[x]",
                "trailing ",
                "übermäßig 😀"
            })
    void everyNoteIsReadAsItWasWritten(String note) {
        ReleaseDeclaration noted =
                new ReleaseDeclaration(ReleaseVersion.of("4.0.0"), new TreeSet<>(), Optional.empty(), note);

        String text = ReleasesFileEditor.edit("", List.of(noted));

        assertThat(ReleasesFile.read("releases.yaml", text).declarations()).containsExactly(noted);
        assertThat(ReleasesFileEditor.edit(text, List.of(noted))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{4.0.0: {}}", "4.0.0: {", "- 4.0.0", "{4.0.0: {},\n4.0.1: {follows: 4.0.0}}\n"})
    void aTextOfAnotherFormIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReleasesFileEditor.edit(text, List.of(release("4.1.0", "4.0.0"))));
    }

    @Test
    void aLinkedFileStaysALink(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("real.yaml"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("releases.yaml"), file);

        ReleasesFileEditor.write(link, "new");

        assertThat(link).isSymbolicLink().hasContent("new");
    }

    private static ReleaseDeclaration release(String version, String... follows) {
        return new ReleaseDeclaration(
                ReleaseVersion.of(version),
                new TreeSet<>(Arrays.stream(follows).map(ReleaseVersion::of).toList()),
                Optional.empty(),
                "");
    }

    private static ReleaseDeclaration shipped(String version, String... follows) {
        ReleaseDeclaration release = release(version, follows);
        return new ReleaseDeclaration(release.version(), release.follows(), Optional.of(LocalDate.of(2013, 5, 1)), "");
    }
}
