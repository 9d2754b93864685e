package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents, messages, Javadoc and comments use the field's words. */
class EnglishTest {

    private static final Pattern SPOKEN_IN_JAVA =
            Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|//[^\\n]*+|/\\*.*?\\*/", Pattern.DOTALL);
    /** Names of parameters, and the code of examples. */
    private static final Pattern CODE_IN_COMMENTS =
            Pattern.compile("@param \\w+|MigrationFolder folder|folder\\.with|\\(folder\\)");

    private static final List<String> MODULES = List.of(
            "cloud-framework-dbupgrade",
            "cloud-framework-dbupgrade/tool",
            "cloud-framework-dbupgrade-test",
            "cloud-framework-dbupgrade-test/sample");

    private final Map<Pattern, String> dropped = dropped();

    @Test
    void documentsUseNoneOfTheDroppedWords() {
        assertThat(Handbook.all())
                .flatMap(page -> found(page.toString(), page.text()))
                .isEmpty();
    }

    @Test
    void messagesAndCommentsUseNoneOfTheDroppedWords() {
        assertThat(MODULES.stream().flatMap(EnglishTest::sources))
                .flatMap(source -> found(source.toString(), spokenIn(source)))
                .isEmpty();
    }

    @Test
    void aDroppedWordIsFound() {
        assertThat(found("page.md", "What is behind it is told."))
                .containsExactly("page.md: told (write: reported)", "page.md: behind (write: after)");
        assertThat(found("page.md", "Nothing is left behind.")).isEmpty();
    }

    private List<String> found(String place, String text) {
        List<String> places = new ArrayList<>();
        dropped.forEach((word, better) -> word.matcher(text)
                .results()
                .map(found -> place + ": " + found.group() + " (write: " + better + ")")
                .forEach(places::add));
        return places;
    }

    private static String spokenIn(Path source) {
        StringBuilder spoken = new StringBuilder();
        Matcher matcher = SPOKEN_IN_JAVA.matcher(read(source));
        matcher.results().map(MatchResult::group).forEach(part -> spoken.append(part)
                .append('\n'));
        return CODE_IN_COMMENTS.matcher(spoken).replaceAll("");
    }

    private static Stream<Path> sources(String module) {
        Path main = Handbook.readme().file().resolveSibling(module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(main)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Pattern, String> dropped() {
        Map<Pattern, String> words = new TreeMap<>((a, b) -> b.pattern().compareTo(a.pattern()));
        try (InputStream list = Objects.requireNonNull(EnglishTest.class.getResourceAsStream("/dropped-words.txt"))) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" = "))
                    .forEach(entry -> words.put(Pattern.compile(entry[0]), entry[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
