package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Mark;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Release;

/**
 * The release graph as one self-contained SVG document: the lanes of {@link GraphText} as lines, newest release on top, one
 * release in a row, the places of the database and of the code in colour, pending releases hollow. It can stand alone or
 * inside HTML, in light and in dark surroundings and on paper.
 *
 * @param picture what is drawn
 */
public record GraphSvg(GraphPicture picture) {

    private static final double MARGIN = 20;
    private static final double COLUMN = 9;
    private static final double STAR_ROW = 28;
    private static final double JOIN_ROW = 14;
    private static final double RADIUS = 5;
    private static final double BASELINE = 4.5;
    private static final double LETTER = 7.4;
    private static final double GAP = 18;
    private static final int LABEL_LENGTH = 60;
    private static final String ELLIPSIS = "\u2026";

    /** The document, without an XML declaration. */
    public String document() {
        List<GraphRow> rows = GraphRow.of(picture);
        Columns columns = Columns.of(rows);
        double width = columns.end() + MARGIN;
        double height = rows.stream().mapToDouble(GraphSvg::height).sum() + 2 * MARGIN;
        SvgWriter svg = new SvgWriter();
        return svg.document(() -> {
            svg.attribute("class", "release-graph")
                    .attribute("role", "img")
                    .attribute("width", width)
                    .attribute("height", height)
                    .attribute("viewBox", "0 0 " + SvgWriter.number(width) + " " + SvgWriter.number(height));
            svg.textElement("title", title());
            svg.textElement("style", SvgStyle.CSS);
            svg.box("paper", 0, 0, width, height);
            svg.path("lanes", lanes(rows));
            double top = MARGIN;
            for (GraphRow row : rows) {
                if (row.star().isPresent()) {
                    draw(svg, row, row.star().get(), top + STAR_ROW / 2, columns);
                }
                top += height(row);
            }
        });
    }

    /** Where the text of each column starts, and where the last one ends. */
    private record Columns(double version, double marks, double migrations, double label, double end) {

        static Columns of(List<GraphRow> rows) {
            List<Release> releases =
                    rows.stream().flatMap(row -> row.star().stream()).toList();
            double version = MARGIN
                    + COLUMN
                            * rows.stream()
                                    .mapToInt(row -> row.drawing().length())
                                    .max()
                                    .orElse(0);
            double marks = after(
                    version,
                    releases.stream().map(each -> each.version().toString()).toList());
            double migrations =
                    after(marks, releases.stream().map(GraphSvg::marks).toList());
            double label = after(
                    migrations, releases.stream().map(Release::migrationsText).toList());
            return new Columns(
                    version,
                    marks,
                    migrations,
                    label,
                    after(label, releases.stream().map(GraphSvg::label).toList()));
        }

        private static double after(double start, List<String> texts) {
            int widest = texts.stream().mapToInt(String::length).max().orElse(0);
            return widest == 0 ? start : start + widest * LETTER + GAP;
        }
    }

    private static void draw(SvgWriter svg, GraphRow row, Release release, double middle, Columns columns)
            throws XMLStreamException {
        svg.element("g", () -> {
            svg.attribute("class", style(release))
                    .attribute("data-version", release.version().toString());
            svg.textElement("title", description(release));
            svg.circle("star", x(row.drawing().indexOf('*')), middle, RADIUS);
            svg.words(
                    "version",
                    columns.version(),
                    middle + BASELINE,
                    release.version().toString());
            svg.words("marks", columns.marks(), middle + BASELINE, marks(release));
            svg.words("count", columns.migrations(), middle + BASELINE, release.migrationsText());
            svg.words("label", columns.label(), middle + BASELINE, label(release));
        });
    }

    /** Each character of the drawing as a line: a bar through its row, a slash from lane to lane. */
    private static String lanes(List<GraphRow> rows) {
        StringBuilder path = new StringBuilder();
        double top = MARGIN;
        for (int index = 0; index < rows.size(); index++) {
            GraphRow row = rows.get(index);
            double bottom = top + height(row);
            for (int column = 0; column < row.drawing().length(); column++) {
                switch (row.at(column)) {
                    case '|' -> line(path, x(column), top, x(column), bottom);
                    case '/' -> line(path, x(column + 1), top, x(column - 1), bottom);
                    case '\\' -> line(path, x(column - 1), top, x(column + 1), bottom);
                    case '_' -> line(path, x(column - 1), bottom, x(column + 1), bottom);
                    case '*' -> star(path, rows, index, column, top);
                    default -> {}
                }
            }
            top = bottom;
        }
        return path.toString();
    }

    /** A star is connected with what reaches it from the row above and leaves it in the row below. */
    private static void star(StringBuilder path, List<GraphRow> rows, int index, int column, double top) {
        double middle = top + STAR_ROW / 2;
        if (index > 0 && meets(rows.get(index - 1), column, '/', '\\')) {
            line(path, x(column), top, x(column), middle);
        }
        if (index + 1 < rows.size() && meets(rows.get(index + 1), column, '\\', '/')) {
            line(path, x(column), middle, x(column), top + STAR_ROW);
        }
    }

    private static boolean meets(GraphRow neighbour, int column, char onTheRight, char onTheLeft) {
        return neighbour.at(column) == '|'
                || neighbour.at(column) == '*'
                || neighbour.at(column + 1) == onTheRight
                || neighbour.at(column - 1) == onTheLeft;
    }

    private static void line(StringBuilder path, double fromX, double fromY, double toX, double toY) {
        path.append(path.isEmpty() ? "M" : " M")
                .append(SvgWriter.number(fromX))
                .append(' ')
                .append(SvgWriter.number(fromY))
                .append(" L")
                .append(SvgWriter.number(toX))
                .append(' ')
                .append(SvgWriter.number(toY));
    }

    private static double x(int column) {
        return MARGIN + COLUMN * column + RADIUS;
    }

    private static double height(GraphRow row) {
        return row.star().isPresent() ? STAR_ROW : JOIN_ROW;
    }

    private static String style(Release release) {
        return "release"
                + release.marks().stream().map(mark -> " " + mark.word()).collect(Collectors.joining());
    }

    private static String marks(Release release) {
        return release.marks().stream().map(Mark::word).collect(Collectors.joining(", "));
    }

    private static String label(Release release) {
        String label = release.label();
        return label.codePointCount(0, label.length()) <= LABEL_LENGTH
                ? label
                : label.substring(0, label.offsetByCodePoints(0, LABEL_LENGTH - 1))
                                .strip()
                        + ELLIPSIS;
    }

    private static String description(Release release) {
        List<String> parts = new ArrayList<>(List.of(release.version().toString(), release.migrationsText()));
        if (!release.label().isEmpty()) {
            parts.add(release.label());
        }
        release.marks().forEach(mark -> parts.add(mark.word()));
        return String.join(", ", parts);
    }

    private String title() {
        List<String> parts = new ArrayList<>();
        parts.add("Release graph, newest on top: "
                + (picture.releases().size() == 1
                        ? "1 release"
                        : picture.releases().size() + " releases"));
        place(Mark.DATABASE).ifPresent(parts::add);
        place(Mark.CODE).ifPresent(parts::add);
        long pending = picture.releases().stream()
                .filter(each -> each.is(Mark.PENDING))
                .count();
        if (pending > 0) {
            parts.add(pending + " pending");
        }
        return String.join(", ", parts);
    }

    private Optional<String> place(Mark mark) {
        return picture.releases().stream()
                .filter(each -> each.is(mark))
                .map(Release::version)
                .map(version -> mark.word() + " at " + version)
                .findFirst();
    }
}
