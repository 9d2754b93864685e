package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.cli.DatabaseUpgradeTool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command line that the handbook shows is one that works. */
class CommandLinesTest {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");
    private static final Pattern JAR = Pattern.compile("java -jar \\S+-cli\\.jar ");
    private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");

    static Stream<String> commands() {
        return lines().filter(line ->
                line.startsWith("dbupgrade ") || JAR.matcher(line).lookingAt());
    }

    static Stream<String> builds() {
        return lines().filter(line -> line.startsWith("mvn "));
    }

    static Stream<String> namedCommands() {
        return Handbook.written().stream().flatMap(page -> page.all("`dbupgrade ([a-z][a-z-]*)").stream());
    }

    private static Stream<String> lines() {
        return Handbook.written().stream()
                .flatMap(page -> page.snippets("sh").stream())
                .flatMap(snippet -> snippet.text().lines())
                .filter(line -> !line.startsWith("alias ") && !line.isBlank());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theToolTakesIt(String line) {
        String[] words = words(line.replaceFirst(JAR.pattern(), "dbupgrade "));

        CommandLine.ParseResult parsed = DatabaseUpgradeTool.commandLine().parseArgs(words);

        assertThat(parsed.hasSubcommand() || parsed.isUsageHelpRequested()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("namedCommands")
    void theToolHasIt(String command) {
        assertThat(DatabaseUpgradeTool.commandLine().getSubcommands()).containsKey(command);
    }

    @ParameterizedTest
    @MethodSource("builds")
    void theBuildHasItsProfilesAndTheToolItsCommand(String line) throws IOException {
        String pom = Files.readString(Handbook.readme().beside("pom.xml"));

        assertThat(PROFILE.matcher(line).results())
                .allSatisfy(profile -> assertThat(pom).contains("<id>" + profile.group(1) + "</id>"));
        Stream.of(words(line))
                .filter(word -> word.startsWith("-Ddbupgrade.command="))
                .map(word -> word.replaceFirst("[^=]*=", ""))
                .forEach(this::theToolTakesIt);
    }

    @ParameterizedTest
    @MethodSource("others")
    void anythingElseIsNoCommandOfOurs(String line) {
        assertThat(line).doesNotContain("dbupgrade ");
    }

    static List<String> others() {
        return Stream.concat(Stream.of("true"), lines().filter(line -> Stream.of("dbupgrade ", "mvn ", "java -jar ")
                        .noneMatch(line::startsWith)))
                .toList();
    }

    private static String[] words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group().replace("\"", ""))
                .skip(line.startsWith("dbupgrade ") || line.startsWith("mvn ") ? 1 : 0)
                .toArray(String[]::new);
    }
}
