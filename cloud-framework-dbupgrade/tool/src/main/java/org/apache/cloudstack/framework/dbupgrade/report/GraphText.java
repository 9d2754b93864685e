package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Mark;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Release;

/**
 * The release graph for logs and terminals, drawn as {@code git log --graph} draws commits: newest release on top, one star
 * for each release, lines down to the releases that it follows. Beside each star stand the release, its marks, its number of
 * migrations and its label.
 *
 * @param picture what is drawn
 * @param characters which characters the lines are drawn with; the labels are left as they are
 */
public record GraphText(GraphPicture picture, Characters characters) {

    private static final String GAP = "  ";

    /** The characters of the lines. */
    public enum Characters {
        /** Stars, bars and slashes, which every terminal and log has. */
        ASCII,
        /** Dots, hollow for pending releases, and the box drawing characters of Unicode. */
        UNICODE
    }

    /** A row of the drawing, and what is written beside its star; rows between two stars have no cells. */
    private record Row(String drawing, List<String> cells) {}

    /** The drawing in ASCII. */
    public GraphText(GraphPicture picture) {
        this(picture, Characters.ASCII);
    }

    /** The lines of the drawing, without trailing blanks. */
    public List<String> lines() {
        List<Row> rows = GraphRow.of(picture).stream().map(this::row).toList();
        int drawing = widest(rows.stream().map(Row::drawing).toList());
        int marks = widest(cells(rows, 0));
        int migrations = widest(cells(rows, 1));
        return rows.stream().map(row -> line(row, drawing, marks, migrations)).toList();
    }

    private Row row(GraphRow row) {
        return row.star()
                .map(release -> new Row(styled(row.drawing(), release) + release.version(), cells(release)))
                .orElseGet(() -> new Row(styled(row.drawing()).stripTrailing(), List.of()));
    }

    private static List<String> cells(List<Row> rows, int cell) {
        return rows.stream()
                .filter(row -> !row.cells().isEmpty())
                .map(row -> row.cells().get(cell))
                .toList();
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String line(Row row, int drawing, int marks, int migrations) {
        if (row.cells().isEmpty()) {
            return row.drawing();
        }
        StringBuilder line = new StringBuilder(padded(row.drawing(), drawing));
        if (marks > 0) {
            line.append(GAP).append(padded(row.cells().get(0), marks));
        }
        line.append(GAP).append(padded(row.cells().get(1), migrations));
        return line.append(GAP).append(row.cells().get(2)).toString().stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static List<String> cells(Release release) {
        return List.of(marks(release), release.migrationsText(), release.label());
    }

    private static String marks(Release release) {
        Set<Mark> places = EnumSet.of(Mark.DATABASE, Mark.CODE);
        String words = release.marks().stream().map(Mark::word).collect(Collectors.joining(", "));
        return release.marks().stream().anyMatch(places::contains) ? "<- " + words : words;
    }

    private String styled(String drawing, Release release) {
        return characters == Characters.ASCII
                ? drawing
                : styled(drawing.replace('*', release.is(Mark.PENDING) ? '○' : '●'));
    }

    private String styled(String drawing) {
        return characters == Characters.ASCII
                ? drawing
                : drawing.replace('|', '│').replace('/', '╱').replace('\\', '╲');
    }
}
