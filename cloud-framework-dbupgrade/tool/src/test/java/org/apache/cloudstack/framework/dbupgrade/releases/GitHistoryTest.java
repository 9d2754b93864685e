package org.apache.cloudstack.framework.dbupgrade.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.releases.TimelineRepository.Point;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHistoryTest {

    @TempDir
    Path folder;

    @TempDir
    Path target;

    private TimelineRepository repository;
    private Point main;

    @BeforeEach
    void makeTwoReleases() {
        repository = new TimelineRepository(folder);
        main = repository.release(repository.start().with("V_4.5.2_A.sql", "SELECT 1;"), "4.5.2", "2015-08-20");
        Point branch = main.branch().with("V_4.6.0_A.sql", "SELECT 2;");
        repository.commit(branch, "2015-11-29");
        main = branch.branch();
        repository.release(branch, "4.6.0", "2015-11-30");
    }

    @Test
    void aNewFileHasOneLinePerRelease() throws IOException {
        assertThat(repository.history().writeTo(file())).isEmpty();

        assertThat(file()).hasContent("""
                        # The releases, each with those whose contents it contains.
                        4.5.2: {shipped: 2015-08-20}
                        4.6.0: {follows: [4.5.2], shipped: 2015-11-30}
                        """);
        try (Stream<Path> files = Files.list(target)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void writingTwiceChangesNothing() throws IOException {
        repository.history().writeTo(file());
        byte[] first = Files.readAllBytes(file());

        repository.history().writeTo(file());

        assertThat(file()).hasBinaryContent(first);
    }

    @Test
    void whatPeopleWroteStays() throws IOException {
        String written = """
                # ours
                4.5.2: {shipped: 2015-08-24}  # announced later

                # the new line
                4.6.0:
                  follows: 4.5.2
                  shipped: 2015-11-30
                  note: "big: one"
                # planned
                4.9.0: {follows: 4.6.0}
                """;
        Files.writeString(file(), written);
        repository.release(main, "4.6.1", "2015-12-18");

        assertThat(repository.history().writeTo(file())).isEmpty();

        assertThat(file())
                .hasContent(written.replace("# planned", "4.6.1: {follows: [4.5.2], shipped: 2015-12-18}\n# planned"));
    }

    @Test
    void followsWrittenByHandStaysWhereTheContentsBearItOut() throws IOException {
        repository.release(main, "4.6.1", "2015-12-18");
        String written = """
                4.5.2: {shipped: 2015-08-20}
                4.6.0: {follows: [4.5.2], shipped: 2015-11-30}
                4.6.1: {follows: [4.6.0], shipped: 2015-12-18, note: tag 4.6.0 lies beside}
                """;
        Files.writeString(file(), written);

        assertThat(repository.history().writeTo(file())).isEmpty();

        assertThat(file()).hasContent(written);
    }

    @Test
    void followsWrittenByHandGoesWhereTheTagLacksTheMigrations() throws IOException {
        repository.release(main.without("V_4.6.0_A.sql"), "4.6.1", "2015-12-18");
        Files.writeString(file(), """
                4.5.2: {}
                4.6.0: {follows: [4.5.2]}
                4.6.1: {follows: [4.6.0], note: wrong} # kept
                """);

        assertThat(repository.history().writeTo(file()))
                .extracting(Finding::code)
                .containsExactly(FindingCode.FOLLOWS_NOT_BORNE_OUT);

        assertThat(file()).content().contains("4.6.1: {follows: [4.5.2], shipped: 2015-12-18, note: wrong} # kept");
    }

    @Test
    void aFileThatIsNoYamlIsToldAndLeftAlone() throws IOException {
        Files.writeString(file(), "4.5.2: {");

        assertThat(repository.history().writeTo(file()))
                .extracting(Finding::code)
                .containsExactly(FindingCode.RELEASES_FILE_WRONG);

        assertThat(file()).hasContent("4.5.2: {");
    }

    @Test
    void aReleaseThatGitCannotPlaceIsToldAgainOfTheFile() throws IOException {
        repository.release(repository.start(), "4.7.0", "2015-12-21");

        assertThat(repository.history().writeTo(file()))
                .extracting(Finding::problem)
                .containsExactly(file() + ", line 4: release 4.7.0 follows none, and only the first release may.");

        Files.writeString(file(), Files.readString(file()).replace("4.7.0: {", "4.7.0: {follows: [4.6.0], "));
        assertThat(repository.history().writeTo(file())).isEmpty();
        assertThat(file()).content().contains("4.7.0: {follows: [4.6.0], shipped: 2015-12-21}");
    }

    @Test
    void anUnreadableHistoryWritesNothing(@TempDir Path nowhere) throws IOException {
        GitReleases.read(nowhere, java.util.List.of(".")).writeTo(file());

        assertThat(file()).doesNotExist();
    }

    private Path file() {
        return target.resolve("releases.yaml");
    }
}
