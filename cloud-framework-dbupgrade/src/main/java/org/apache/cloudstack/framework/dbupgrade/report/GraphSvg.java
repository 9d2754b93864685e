package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.apache.cloudstack.framework.dbupgrade.report.GraphLayout.Box;
import org.apache.cloudstack.framework.dbupgrade.report.GraphLayout.Line;
import org.apache.cloudstack.framework.dbupgrade.report.GraphPicture.Mark;
import org.apache.cloudstack.framework.dbupgrade.report.GraphPicture.Release;

/**
 * The release graph as one self-contained SVG document: newest release on top, the releases of a lane above each other, the
 * places of the database and of the code highlighted, pending releases dashed. It can stand alone or inside HTML, in light and
 * in dark surroundings and on paper. The layout needs the optional libraries {@code org.eclipse.elk.alg.layered} and
 * {@code org.eclipse.xtext.xbase.lib}.
 *
 * @param picture what is drawn
 */
public record GraphSvg(GraphPicture picture) {

    private static final List<String> LAYOUT_LIBRARIES = List.of(
            "org.eclipse.elk.alg.layered.LayeredLayoutProvider", "org.eclipse.xtext.xbase.lib.CollectionLiterals");
    private static final double MARGIN = 20;
    private static final double LEGEND_HEIGHT = 44;
    private static final double LEGEND_WIDTH = 460;

    /** Whether the layout libraries are there; without them only {@link GraphText} can draw. */
    public static boolean isPossible() {
        return LAYOUT_LIBRARIES.stream().allMatch(GraphSvg::isThere);
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, GraphSvg.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The document, without an XML declaration. */
    public String document() {
        GraphLayout layout = GraphLayout.of(picture);
        SvgWriter svg = new SvgWriter();
        double width = Math.max(layout.width(), LEGEND_WIDTH) + 2 * MARGIN;
        double height = layout.height() + 2 * MARGIN + LEGEND_HEIGHT;
        return svg.document(() -> {
            svg.attribute("class", "release-graph")
                    .attribute("role", "img")
                    .attribute("width", width)
                    .attribute("height", height)
                    .attribute("viewBox", "0 0 " + SvgWriter.number(width) + " " + SvgWriter.number(height));
            svg.textElement("title", title());
            svg.textElement("style", SvgStyle.CSS);
            svg.box("paper", 0, 0, width, height, 0);
            new SvgLegend(svg).draw(MARGIN, MARGIN);
            svg.element("g", () -> {
                svg.attribute(
                        "transform",
                        "translate(" + SvgWriter.number((width - layout.width()) / 2) + " "
                                + SvgWriter.number(MARGIN + LEGEND_HEIGHT) + ")");
                drawGraph(svg, layout);
            });
        });
    }

    private static void drawGraph(SvgWriter svg, GraphLayout layout) throws XMLStreamException {
        for (Line line : layout.lines()) {
            SvgLine.draw(svg, line);
        }
        for (Box box : layout.boxes()) {
            SvgBox.draw(svg, box);
        }
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
