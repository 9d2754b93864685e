package org.apache.cloudstack.framework.dbupgrade.installed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.docs.Handbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** README's first command, once everything is built, until it is stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FirstRunTest {

    private static final int LINES_OF_A_SCREEN = 24;
    /** Maven resets it at its end, also where it never set one. */
    private static final String COLOUR = "\u001B\\[[0-9;]*m";

    private static final Pattern LINE_OF_THE_NODE =
            Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (INFO|WARN|ERROR) .*");

    private final List<String> lines = new ArrayList<>();
    private Process sample;

    @BeforeAll
    void runUntilItAnswersAndStopIt() throws IOException {
        sample = start();
        try (BufferedReader output = sample.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line.replaceAll(COLOUR, ""));
                if (line.endsWith("Stop it with Ctrl-C")) {
                    sample.toHandle().destroy(); // Process.destroy would close the output, which is still read
                }
            }
        }
    }

    private static Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                InstalledMaven.find().home().toPath().resolve("bin/mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.main.skip",
                "-Dmaven.repo.local=" + InstalledProject.get().repository(),
                "-Dexec.args=--server.port=0"));
        command.addAll(List.of(firstCommandOfReadme().replaceFirst("^mvn ", "").split(" ")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(InstalledProject.get().sources().toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static String firstCommandOfReadme() {
        return Handbook.readme().snippets("sh").get(0).text().strip();
    }

    @AfterAll
    void end() {
        sample.descendants().forEach(ProcessHandle::destroyForcibly);
        sample.destroyForcibly();
    }

    @Test
    void itShowsTheUpgrade() {
        assertThat(lines)
                .anyMatch(line -> line.contains("The database was upgraded from 4.0.0 to 4.7.0: "))
                .anyMatch(line -> line.contains("The management server answers at http://localhost:"));
    }

    @Test
    void mavenPrintsAtMostAScreenBeforeTheNodesFirstLine() {
        assertThat(lines.stream().takeWhile(line -> !isOfTheNode(line))).hasSizeLessThanOrEqualTo(LINES_OF_A_SCREEN);
    }

    @Test
    void allThatFollowsHasOneFormatAndWarnsOfNothingAlsoWhenItIsStopped() {
        assertThat(lines.stream().dropWhile(line -> !isOfTheNode(line)))
                .allMatch(line -> line.isBlank() || isOfTheNode(line));
        assertThat(lines).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    }

    private static boolean isOfTheNode(String line) {
        return LINE_OF_THE_NODE.matcher(line).matches();
    }
}
