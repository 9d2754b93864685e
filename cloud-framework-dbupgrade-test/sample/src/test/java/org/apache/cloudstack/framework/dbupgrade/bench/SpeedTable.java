package org.apache.cloudstack.framework.dbupgrade.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;

/**
 * The figures as a table: a row for each contender, a time and its multiple of the yardstick in each cell.
 *
 * @param headings the names of the columns
 * @param rows the cells
 */
record SpeedTable(List<String> headings, List<List<String>> rows) {

    static SpeedTable of(Figures figures) {
        List<String> headings = new ArrayList<>(List.of(""));
        for (int size : figures.sizes(Measure.APPLY)) {
            headings.add(String.format(Locale.ROOT, "apply %,d", size));
        }
        for (int size : figures.sizes(Measure.START)) {
            headings.add(String.format(Locale.ROOT, "start at %,d", size));
        }
        return new SpeedTable(
                headings,
                figures.entrants().stream()
                        .map(entrant -> row(figures, entrant))
                        .toList());
    }

    private static List<String> row(Figures figures, Entrant entrant) {
        List<String> cells = new ArrayList<>(List.of(entrant.name()));
        for (Measure measure : Measure.values()) {
            for (int size : figures.sizes(measure)) {
                cells.add(figures.time(entrant, measure, size)
                        .map(time -> cell(
                                measure,
                                time,
                                figures.ratio(entrant, measure, size).orElseThrow()))
                        .orElse("–"));
            }
        }
        return cells;
    }

    private static String cell(Measure measure, Duration time, double ratio) {
        return measure == Measure.APPLY
                ? String.format(Locale.ROOT, "%.1f s (%.2f)", time.toMillis() / 1e3, ratio)
                : String.format(Locale.ROOT, "%,d ms (%.2f)", time.toMillis(), ratio);
    }

    /** For a terminal. */
    List<String> text() {
        return new TextTable(headings, rows).lines();
    }

    /** For a page of the manual. */
    List<String> markdown() {
        List<String> rule = headings.stream().map(heading -> "---").toList();
        return Stream.concat(
                        Stream.of(
                                "| " + String.join(" | ", headings).strip() + " |", "|" + String.join("|", rule) + "|"),
                        rows.stream().map(row -> "| " + String.join(" | ", row) + " |"))
                .toList();
    }
}
