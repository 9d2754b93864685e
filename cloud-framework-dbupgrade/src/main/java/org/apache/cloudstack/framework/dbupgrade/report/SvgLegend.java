package org.apache.cloudstack.framework.dbupgrade.report;

import javax.xml.stream.XMLStreamException;
import org.apache.cloudstack.framework.dbupgrade.report.GraphPicture.Mark;

/** Draws what the marks mean, in one row. */
final class SvgLegend {

    private static final double GAP = 10;
    private static final double LETTER = 7;
    private static final double SAMPLE_WIDTH = 26;
    private static final double SAMPLE_RADIUS = 4;
    private static final double BASELINE = 12;

    private final SvgWriter svg;

    SvgLegend(SvgWriter svg) {
        this.svg = svg;
    }

    void draw(double left, double top) throws XMLStreamException {
        svg.element("g", () -> {
            svg.attribute("class", "legend");
            double x = tag(Mark.DATABASE, "is here", left, top);
            x = tag(Mark.CODE, "is here", x, top);
            x = sample("pending", "pending", x, top);
            svg.words("label", x, top + BASELINE, "newest on top");
        });
    }

    private double tag(Mark mark, String words, double x, double y) throws XMLStreamException {
        SvgBox.drawTag(svg, mark, x, y);
        return words(words, x + SvgBox.tagWidth(mark), y);
    }

    private double sample(String style, String words, double x, double y) throws XMLStreamException {
        svg.element("g", () -> {
            svg.attribute("class", style);
            svg.box("box", x, y, SAMPLE_WIDTH, SvgBox.TAG_HEIGHT, SAMPLE_RADIUS);
        });
        return words(words, x + SAMPLE_WIDTH, y);
    }

    private double words(String words, double x, double y) throws XMLStreamException {
        svg.words("label", x + GAP / 2, y + BASELINE, words);
        return x + GAP / 2 + words.length() * LETTER + 2 * GAP;
    }
}
