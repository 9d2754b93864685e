package org.apache.cloudstack.framework.dbupgrade.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a page that are written from the code, between {@code <!-- generated: name -->} and {@code <!-- end -->}.
 *
 * @param page the page
 * @param name what is generated
 */
record GeneratedPart(Markdown page, String name) {

    private static final boolean WRITE = Boolean.getBoolean("dbupgrade.pages.write");
    private static final String END = "<!-- end -->";

    /** Compares it with the code, or writes it. */
    void isThatOf(List<String> lines) throws IOException {
        List<String> all = page.lines();
        int start = all.indexOf("<!-- generated: " + name + " -->");
        assertThat(start).as("%s has a part %s", page.file(), name).isNotNegative();
        int end = start + all.subList(start, all.size()).indexOf(END);
        if (WRITE) {
            List<String> changed = new ArrayList<>(all.subList(0, start + 1));
            changed.add("");
            changed.addAll(lines);
            changed.add("");
            changed.addAll(all.subList(end, all.size()));
            Files.write(page.file(), changed);
        } else {
            assertThat(all.subList(start + 2, end - 1))
                    .as("mvn -Ppages writes the page again")
                    .isEqualTo(lines);
        }
    }

    /** The lines of a table. */
    static List<String> table(List<String> header, List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(row(header));
        lines.add("|" + "---|".repeat(header.size()));
        rows.forEach(row -> lines.add(row(row)));
        return lines;
    }

    private static String row(List<String> cells) {
        return ("| " + String.join(" | ", cells) + " |").replace("|  |", "| |");
    }
}
