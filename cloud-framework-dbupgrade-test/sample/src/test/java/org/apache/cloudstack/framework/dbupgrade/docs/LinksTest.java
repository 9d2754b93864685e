package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of the handbook leads somewhere, and every page can be found. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");

    static Stream<Markdown> pages() {
        return Handbook.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void itsLinksLeadToFilesAndHeadings(Markdown page) {
        for (MatchResult link : links(page)) {
            Path target = link.group(1).isEmpty() ? page.file() : page.beside(link.group(1));
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(anchors(Markdown.at(target))).as(target.toString()).contains(link.group(2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void itStatesWhatTheReaderHasAtItsEnd(Markdown page) {
        if (!page.isCommandPage() && !page.file().equals(Handbook.readme().file())) {
            assertThat(page.lines().get(0)).startsWith("# ");
            assertThat(page.lines().get(2)).startsWith("After this page");
        }
    }

    @Test
    void theIndexListsEveryPage() {
        List<Path> listed = Stream.of(Handbook.page("README.md"), Handbook.page("reference/commands.md"))
                .flatMap(page -> links(page).stream()
                        .map(link -> page.beside(link.group(1)).normalize()))
                .toList();

        assertThat(Handbook.all().stream().map(page -> page.file().normalize()))
                .filteredOn(page -> page.startsWith(Handbook.directory()))
                .filteredOn(page -> !page.equals(Handbook.page("README.md").file()))
                .isSubsetOf(listed);
    }

    @Test
    void nothingElseIsInTheDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(Handbook.directory())) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(file.toString()).matches(".*\\.(md|svg)"));
        }
    }

    private static List<MatchResult> links(Markdown page) {
        return LINK.matcher(CODE.matcher(page.text()).replaceAll("")).results().toList();
    }

    /** As GitHub makes them. */
    private static List<String> anchors(Markdown page) {
        return CODE.matcher(page.text())
                .replaceAll("")
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
