package org.apache.cloudstack.framework.dbupgrade.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Strings that the tool prints too name a property or a Java call as one of two alternatives only. */
class AudienceTest {

    private static final Path SOURCES = Path.of("src/main/java/org/apache/cloudstack/framework/dbupgrade");
    /** Applications alone have these, or they check the settings of an application. */
    private static final Set<String> OF_APPLICATIONS = Set.of(
            "spring",
            "UpgradeSettings.java",
            "WaitSettings.java",
            "RollingSettings.java",
            "ThrottleSettings.java",
            // for those who use Flyway's own interface
            "ResolvedRoutine.java");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern ALTERNATIVES = Pattern.compile("\\{[^{}|]*\\|[^{}|]*}");
    private static final Pattern OF_ONE_READER =
            Pattern.compile("cloud\\.dbupgrade\\.[a-z]|spring\\.datasource|DatabaseUpgrade\\.[a-z]+\\(");

    @Test
    void noTextOfTheLibraryNamesAPropertyToAllItsReaders() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> wrong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> Stream.of(file.toString().split("/")).noneMatch(OF_APPLICATIONS::contains))
                    .flatMap(AudienceTest::textsOfOneReader)
                    .toList();

            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void aTextIsForOneReaderOrTheOther() {
        Wording wording = new Wording("Set {cloud.dbupgrade.release|--target}, or {wait|}.");

        assertThat(wording.to(Audience.APPLICATION)).isEqualTo("Set cloud.dbupgrade.release, or wait.");
        assertThat(wording.to(Audience.TOOL)).isEqualTo("Set --target, or .");
    }

    private static Stream<String> textsOfOneReader(Path file) {
        try {
            // literals that are one text on several lines
            String source = Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
            return LITERAL.matcher(source)
                    .results()
                    .map(found -> found.group(1))
                    .filter(text -> OF_ONE_READER
                            .matcher(ALTERNATIVES.matcher(text).replaceAll(Matcher.quoteReplacement("")))
                            .find())
                    .map(text -> file.getFileName() + ": " + text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
