package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.apache.cloudstack.framework.dbupgrade.report.GraphLayout.Line;
import org.apache.cloudstack.framework.dbupgrade.report.GraphLayout.Point;

/** Draws the line from a release to one that it follows, with rounded corners. */
final class SvgLine {

    private static final double CORNER = 8;

    private SvgLine() {}

    static void draw(SvgWriter svg, Line line) throws XMLStreamException {
        String style = line.ofLane() ? "follows lane" : "follows";
        svg.element("path", () -> svg.attribute("class", style)
                .attribute("data-from", line.from().toString())
                .attribute("data-to", line.to().toString())
                .attribute("d", path(line.points())));
    }

    private static String path(List<Point> points) {
        StringBuilder path = new StringBuilder("M" + text(points.get(0)));
        for (int corner = 1; corner < points.size() - 1; corner++) {
            Point at = points.get(corner);
            path.append(" L").append(text(near(at, points.get(corner - 1))));
            path.append(" Q").append(text(at)).append(' ').append(text(near(at, points.get(corner + 1))));
        }
        return path.append(" L").append(text(points.get(points.size() - 1))).toString();
    }

    /** The point before or behind a corner where its rounding begins. */
    private static Point near(Point corner, Point neighbour) {
        double x = neighbour.x() - corner.x();
        double y = neighbour.y() - corner.y();
        double length = Math.hypot(x, y);
        double share = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
        return new Point(corner.x() + x * share, corner.y() + y * share);
    }

    private static String text(Point point) {
        return SvgWriter.number(point.x()) + " " + SvgWriter.number(point.y());
    }
}
