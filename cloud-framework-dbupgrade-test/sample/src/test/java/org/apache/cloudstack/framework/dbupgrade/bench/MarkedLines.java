package org.apache.cloudstack.framework.dbupgrade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.docs.Handbook;

/**
 * The lines of a page between two comments, which an executable writes.
 *
 * @param page the file
 * @param begin the line before them
 * @param end the line after them
 */
record MarkedLines(Path page, String begin, String end) {

    /** The figures of the benchmark in the handbook. */
    static MarkedLines ofBenchmark() {
        return new MarkedLines(
                Handbook.page("design/performance.md").file(), "<!-- benchmark:start -->", "<!-- benchmark:end -->");
    }

    /**
     * Puts other lines there, with a blank one before and after them.
     *
     * @throws IllegalStateException when the comments are missing; the page is left alone then
     */
    void replace(List<String> lines) throws IOException {
        List<String> all = Files.readAllLines(page);
        int first = all.indexOf(begin);
        int last = all.indexOf(end);
        if (first < 0 || last < first) {
            throw new IllegalStateException(page + " lacks the lines " + begin + " and " + end);
        }
        List<String> changed = new ArrayList<>(all.subList(0, first + 1));
        changed.add("");
        changed.addAll(lines);
        changed.add("");
        changed.addAll(all.subList(last, all.size()));
        Files.write(page, changed);
    }
}
