package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;

/** The findings that a team has accepted: for each script and rule, in how many places. */
final class LintBaseline {

    private static final String HEAD =
            "# Accepted findings of lint: rule, script, places. Written by lint --update-baseline.";

    private final Map<String, Integer> accepted;

    private LintBaseline(Map<String, Integer> accepted) {
        this.accepted = accepted;
    }

    /**
     * Reads a file.
     *
     * @throws WrongUseException when it cannot be read
     */
    static LintBaseline read(Path file) {
        Map<String, Integer> accepted = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+");
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (words.length != 3 || !words[2].matches("\\d{1,9}")) {
                    throw new WrongUseException("The baseline " + file + " has the line '" + line.strip()
                            + "', which is not: rule, script, number of places.");
                }
                accepted.put(words[0] + " " + words[1], Integer.valueOf(words[2]));
            }
        } catch (IOException e) {
            throw new WrongUseException("The baseline " + file + " cannot be read. Write it with --update-baseline.");
        }
        return new LintBaseline(accepted);
    }

    /**
     * Writes a file that accepts what is found now.
     *
     * @throws WrongUseException when it cannot be written
     */
    static void write(Path file, List<LintFinding> findings) {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        findings.stream()
                .map(finding -> key(finding) + " " + finding.count())
                .sorted()
                .forEach(lines::add);
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new WrongUseException("The baseline " + file + " cannot be written.");
        }
    }

    /** Whether a finding has no more places than were accepted. */
    boolean accepts(LintFinding finding) {
        return finding.count() <= accepted.getOrDefault(key(finding), 0);
    }

    private static String key(LintFinding finding) {
        return finding.rule().id() + " " + finding.script();
    }
}
