package org.apache.cloudstack.framework.dbupgrade.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for logs and terminals: columns as wide as their widest cell, two blanks between them. Where that is wider than the
 * terminal, cells of the widest columns go on in the line below.
 *
 * @param headings the names of the columns
 * @param rows the cells; each row has as many as there are headings
 */
public record TextTable(List<String> headings, List<List<String>> rows) {

    private static final int NARROWEST = 6;
    private static final String GAP = "  ";
    private static final String BREAKS = " _-./,:";

    public TextTable {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The lines of the table: headings, a rule, the rows. */
    public List<String> lines() {
        return lines(Integer.MAX_VALUE);
    }

    /** The same, no wider than that as far as the number of columns allows it. */
    public List<String> lines(int width) {
        int[] widths = IntStream.range(0, headings.size()).map(this::widest).toArray();
        narrow(widths, width);
        List<String> lines = new ArrayList<>(lines(headings, widths));
        lines.add(IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(GAP)));
        rows.forEach(row -> lines.addAll(lines(row, widths)));
        return lines;
    }

    private int widest(int column) {
        return Math.max(
                headings.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    private static void narrow(int[] widths, int width) {
        int gaps = GAP.length() * (widths.length - 1);
        while (IntStream.of(widths).sum() + gaps > width) {
            int widest = IntStream.range(0, widths.length)
                    .reduce((one, other) -> widths[other] > widths[one] ? other : one)
                    .orElseThrow();
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
        }
    }

    private static List<String> lines(List<String> row, int[] widths) {
        List<List<String>> cells = IntStream.range(0, row.size())
                .mapToObj(column -> broken(row.get(column), widths[column]))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height)
                .mapToObj(line -> line(cells, line, widths))
                .toList();
    }

    private static String line(List<List<String>> cells, int line, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> {
                    List<String> cell = cells.get(column);
                    String text = line < cell.size() ? cell.get(line) : "";
                    return text + " ".repeat(widths[column] - text.length());
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static List<String> broken(String cell, int width) {
        List<String> parts = new ArrayList<>();
        String rest = cell;
        while (rest.length() > width) {
            int end = width;
            while (end > width / 2 && BREAKS.indexOf(rest.charAt(end - 1)) < 0 && rest.charAt(end) != ' ') {
                end--;
            }
            int cut = end > width / 2 ? end : width;
            parts.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        parts.add(rest);
        return parts;
    }
}
