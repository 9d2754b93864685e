package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the manual.
 *
 * @param file where it lies
 * @param lines its lines
 */
public record Markdown(Path file, List<String> lines) {

    private static final Pattern FENCE = Pattern.compile("(\\s*)```(\\w*)");
    private static final Pattern FILE_NAME = Pattern.compile("`([\\w./-]+\\.(?:sql|java|yaml|yml))`");

    /** A page at the root of the project, which is some directory above the one that tests run in. */
    public static Markdown read(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(name))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "There is no " + name + " above " + Path.of("").toAbsolutePath());
            }
        }
        return at(folder.resolve(name));
    }

    /** A page by its file. */
    static Markdown at(Path file) {
        try {
            return new Markdown(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** Whether it is the generated page of a command. */
    boolean isCommandPage() {
        return file.toString().contains("/reference/commands/");
    }

    String text() {
        return String.join("\n", lines);
    }

    /** What stands below a heading of the second level, up to the next one. */
    public Markdown chapter(String heading) {
        int begin = lines.indexOf("## " + heading);
        if (begin < 0) {
            throw new IllegalArgumentException(file + " has no chapter " + heading);
        }
        List<String> rest = lines.subList(begin + 1, lines.size());
        return new Markdown(
                file, rest.stream().takeWhile(line -> !line.startsWith("## ")).toList());
    }

    /** A file that the page names by its path from the root of the project. */
    Path beside(String path) {
        return file.resolveSibling(path);
    }

    /** The cells of a table's rows, without the marks of code. */
    public List<List<String>> table(String... header) {
        int head = lines.indexOf("| " + String.join(" | ", header) + " |");
        if (head < 0) {
            throw new IllegalArgumentException(file + " has no table " + Arrays.toString(header));
        }
        return lines.stream()
                .skip(head + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(Markdown::cells)
                .toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.length() - 1).split("\\|", -1))
                .map(String::strip)
                .map(cell -> cell.matches("`[^`]*`") ? cell.substring(1, cell.length() - 1) : cell)
                .toList();
    }

    /** All that a pattern finds, or its first group where it has one. */
    List<String> all(String pattern) {
        return Pattern.compile(pattern)
                .matcher(text())
                .results()
                .map((MatchResult found) -> found.group(found.groupCount()))
                .toList();
    }

    /** Compares it with other lines, or writes them. */
    void isOrBecomes(List<String> changed) throws IOException {
        if (Boolean.getBoolean("dbupgrade.pages.write")) {
            Files.write(file, changed);
        }
        assertThat(Files.readAllLines(file))
                .as("mvn -Ppages writes the page again")
                .isEqualTo(changed);
    }

    public List<Snippet> snippets(String language) {
        List<Snippet> snippets = new ArrayList<>();
        for (int begin = 0; begin < lines.size(); begin++) {
            Matcher fence = FENCE.matcher(lines.get(begin));
            if (fence.matches()) {
                int end = begin + 1 + lines.subList(begin + 1, lines.size()).indexOf(fence.group(1) + "```");
                if (fence.group(2).matches(language)) {
                    snippets.add(new Snippet(fileOf(begin), unindented(begin + 1, end, fence.group(1))));
                }
                begin = end;
            }
        }
        return snippets;
    }

    /** The snippets of all languages whose path, as printed, starts like this, in their order. */
    public List<Snippet> filesIn(String folder) {
        return snippets("\\w+").stream()
                .filter(snippet -> snippet.path().startsWith(folder))
                .toList();
    }

    /** The last file that the words before a snippet name; empty when they name none. */
    private String fileOf(int fence) {
        int words = fence - 1;
        while (words > 0 && lines.get(words).isBlank()) {
            words--;
        }
        String found = "";
        Matcher name = FILE_NAME.matcher(lines.get(words));
        while (name.find()) {
            found = name.group(1);
        }
        return found;
    }

    private String unindented(int begin, int end, String indent) {
        return String.join(
                "\n",
                lines.subList(begin, end).stream()
                        .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
                        .toList());
    }
}
