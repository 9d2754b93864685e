package org.apache.cloudstack.framework.dbupgrade.report;

import static org.apache.cloudstack.framework.dbupgrade.report.GraphLayout.BOX_HEIGHT;
import static org.apache.cloudstack.framework.dbupgrade.report.GraphLayout.BOX_WIDTH;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.apache.cloudstack.framework.dbupgrade.report.GraphLayout.Box;
import org.apache.cloudstack.framework.dbupgrade.report.GraphPicture.Mark;
import org.apache.cloudstack.framework.dbupgrade.report.GraphPicture.Release;

/** Draws the box of one release: version and number of migrations, below them the label, and tags for its marks. */
final class SvgBox {

    static final double TAG_HEIGHT = 16;
    private static final double PADDING = 12;
    private static final double RADIUS = 6;
    private static final double UPPER_TEXT = 19;
    private static final double LOWER_TEXT = 36;
    private static final double TAG_RISE = 12;
    private static final double TAG_GAP = 6;
    private static final double TAG_TEXT = 12;
    private static final double TAG_LETTER = 6.8;
    private static final int LABEL_LENGTH = 32;
    private static final String ELLIPSIS = "\u2026";

    private SvgBox() {}

    static void draw(SvgWriter svg, Box box) throws XMLStreamException {
        Release release = box.release();
        svg.element("g", () -> {
            svg.attribute("class", style(release))
                    .attribute("data-version", release.version().toString());
            svg.textElement("title", description(release));
            svg.box("box", box.x(), box.y(), BOX_WIDTH, BOX_HEIGHT, RADIUS);
            boolean labelled = !release.label().isEmpty();
            double first = box.y() + (labelled ? UPPER_TEXT : (UPPER_TEXT + LOWER_TEXT) / 2);
            double right = box.x() + BOX_WIDTH - PADDING;
            svg.words("version", box.x() + PADDING, first, release.version().toString());
            svg.words("count", right, first, release.migrationsText());
            if (labelled) {
                svg.words("label", box.x() + PADDING, box.y() + LOWER_TEXT, shortened(release.label()));
            }
            drawTags(svg, release, box.x() + BOX_WIDTH - TAG_GAP, box.y() - TAG_RISE);
        });
    }

    private static String style(Release release) {
        return "release"
                + release.marks().stream().map(mark -> " " + mark.word()).collect(Collectors.joining());
    }

    private static String description(Release release) {
        List<String> parts = new ArrayList<>(List.of(release.version().toString(), release.migrationsText()));
        if (!release.label().isEmpty()) {
            parts.add(release.label());
        }
        release.marks().forEach(mark -> parts.add(mark.word()));
        return String.join(", ", parts);
    }

    private static void drawTags(SvgWriter svg, Release release, double right, double y) throws XMLStreamException {
        double end = right;
        for (Mark mark : release.marks()) {
            if (mark != Mark.PENDING) {
                double width = tagWidth(mark);
                drawTag(svg, mark, end - width, y);
                end -= width + TAG_GAP;
            }
        }
    }

    static double tagWidth(Mark mark) {
        return mark.word().length() * TAG_LETTER + TAG_TEXT;
    }

    static void drawTag(SvgWriter svg, Mark mark, double x, double y) throws XMLStreamException {
        double width = tagWidth(mark);
        svg.box("tag " + mark.word() + "-tag", x, y, width, TAG_HEIGHT, TAG_HEIGHT / 2);
        svg.words("tag-text", x + width / 2, y + TAG_TEXT, mark.word());
    }

    private static String shortened(String label) {
        if (label.codePointCount(0, label.length()) <= LABEL_LENGTH) {
            return label;
        }
        return label.substring(0, label.offsetByCodePoints(0, LABEL_LENGTH - 1)).strip() + ELLIPSIS;
    }
}
