package org.apache.cloudstack.framework.dbupgrade.report;

import static org.apache.cloudstack.framework.dbupgrade.report.DrawnGraph.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GraphSvgTest {

    private static final String SVG = "http://www.w3.org/2000/svg";

    @Test
    void drawsEachReleaseAndEachEdgeOnce() throws Exception {
        Document document = parsed(SampleGraph.picture("4.5.3", "4.7.0"));

        assertThat(releases(document).map(each -> each.getAttribute("data-version")))
                .containsExactly("4.7.0", "4.6.1", "4.6.0", "4.5.3", "4.5.2");
        assertThat(edges(document))
                .containsExactlyInAnyOrder("4.7.0-4.6.1", "4.6.1-4.6.0", "4.6.1-4.5.3", "4.6.0-4.5.2", "4.5.3-4.5.2");
    }

    @Test
    void tellsPeopleWhoDoNotSeeItWhatItShows() throws Exception {
        Element root = parsed(SampleGraph.picture("4.5.3", "4.7.0")).getDocumentElement();

        assertThat(root.getNamespaceURI()).isEqualTo(SVG);
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(all(root.getElementsByTagNameNS(SVG, "title"), each -> true).map(Element::getTextContent))
                .startsWith(
                        "Release graph, newest on top: 5 releases, database at 4.5.3, code at 4.7.0, 3 pending",
                        "4.7.0, 2 migrations, code, pending",
                        "4.6.1, no migrations, 2015-12-18, joins the lines, pending");
    }

    @Test
    void highlightsThePlacesAndPendingReleases() throws Exception {
        Document document = parsed(SampleGraph.picture("4.5.3", "4.7.0"));

        assertThat(releases(document).map(each -> each.getAttribute("class")))
                .containsExactly(
                        "release code pending", "release pending", "release pending", "release database", "release");
        assertThat(tags(document)).containsExactly("database", "code", "code", "database");
    }

    @Test
    void newerReleasesAreAboveThoseTheyFollowAndNoBoxesOverlap() {
        GraphLayout layout = GraphLayout.of(DrawnGraph.ofThreeHundred());

        assertThat(layout.lines())
                .allMatch(line -> line.points().get(0).y()
                        < line.points().get(line.points().size() - 1).y());
        for (GraphLayout.Box one : layout.boxes()) {
            assertThat(layout.boxes())
                    .filteredOn(other -> Math.abs(one.x() - other.x()) < GraphLayout.BOX_WIDTH
                            && Math.abs(one.y() - other.y()) < GraphLayout.BOX_HEIGHT)
                    .containsExactly(one);
        }
    }

    @Test
    void theReleasesOfTheMainLineStandAboveEachOther() {
        GraphLayout layout = GraphLayout.of(SampleGraph.picture("4.5.3", "4.7.0"));

        assertThat(layout.boxes())
                .filteredOn(box -> !box.release().version().toString().equals("4.5.3"))
                .extracting(GraphLayout.Box::x)
                .containsOnly(0.0);
    }

    @Test
    void hostileNotesAreText() throws Exception {
        String note = "</text><script>alert('x')</script> & \"]]>\u0000\u001b";

        String svg = new GraphSvg(new GraphPicture(List.of(labelled("1.0.0", note)))).document();

        assertThat(svg).doesNotContain("<script").contains("&lt;script&gt;").contains("]]&gt;");
        assertThat(parsed(svg).getElementsByTagNameNS("*", "script").getLength())
                .isZero();
    }

    @Test
    void longNotesAreCutInTheBoxAndWholeInTheTitle() {
        String note = "shipped in a hurry \uD83D\uDE80\uD83D\uDE80 ".repeat(4).strip();

        String svg = new GraphSvg(new GraphPicture(List.of(labelled("1.0.0", note)))).document();

        assertThat(svg).contains(">1.0.0, no migrations, " + note + "</title>");
        assertThat(svg).contains("\u2026</text>").doesNotContain(note + "</text>");
    }

    @Test
    void loadsNothingFromElsewhere() {
        assertThat(new GraphSvg(SampleGraph.picture("4.5.3", "4.7.0"))
                        .document()
                        .replace(SVG, ""))
                .doesNotContain("http", "url(", "@import", "href");
    }

    @Test
    void isTheSameEachTime() {
        assertThat(new GraphSvg(DrawnGraph.ofThreeHundred()).document())
                .isEqualTo(new GraphSvg(DrawnGraph.ofThreeHundred()).document());
    }

    @Test
    void drawsThreeHundredReleases() throws Exception {
        Document document = parsed(DrawnGraph.ofThreeHundred());

        assertThat(releases(document)).hasSize(300);
        assertThat(edges(document)).hasSize(299 + 33).doesNotHaveDuplicates();
    }

    @Test
    void drawsALineSeveralFirstReleasesAndNoneAtAll() throws Exception {
        assertThat(edges(parsed(DrawnGraph.line(12)))).hasSize(11);
        assertThat(releases(parsed(DrawnGraph.of("1.0.0", "2.0.0", "3.0.0 1.0.0"))))
                .hasSize(3);
        assertThat(releases(parsed(new GraphPicture(List.of())))).isEmpty();
    }

    @Test
    void knowsThatTheLayoutLibraryIsThere() {
        assertThat(GraphSvg.isPossible()).isTrue();
    }

    private static Document parsed(GraphPicture picture) throws Exception {
        return parsed(new GraphSvg(picture).document());
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static Stream<Element> releases(Document document) {
        return all(document.getElementsByTagNameNS(SVG, "g"), each -> each.hasAttribute("data-version"));
    }

    private static Stream<String> edges(Document document) {
        return all(document.getElementsByTagNameNS(SVG, "path"), each -> each.hasAttribute("data-from"))
                .map(each -> each.getAttribute("data-from") + "-" + each.getAttribute("data-to"));
    }

    private static Stream<String> tags(Document document) {
        return all(document.getElementsByTagNameNS(SVG, "text"), each -> each.getAttribute("class")
                        .equals("tag-text"))
                .map(Element::getTextContent);
    }

    private static Stream<Element> all(NodeList nodes, Predicate<Element> wanted) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Element.class::cast)
                .filter(wanted);
    }
}
