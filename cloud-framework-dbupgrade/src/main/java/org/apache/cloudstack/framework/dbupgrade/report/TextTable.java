package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for logs and terminals: columns as wide as their widest cell, two blanks between them.
 *
 * @param headings the names of the columns
 * @param rows the cells; each row has as many as there are headings
 */
public record TextTable(List<String> headings, List<List<String>> rows) {

    public TextTable {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The lines of the table: headings, a rule, the rows. */
    public List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(headings);
        all.addAll(rows);
        int[] widths = IntStream.range(0, headings.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines =
                new ArrayList<>(all.stream().map(row -> line(row, widths)).toList());
        lines.add(1, IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
