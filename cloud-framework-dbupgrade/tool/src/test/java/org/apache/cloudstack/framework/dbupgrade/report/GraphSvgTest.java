package org.apache.cloudstack.framework.dbupgrade.report;

import static org.apache.cloudstack.framework.dbupgrade.report.DrawnGraph.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GraphSvgTest {

    private static final String SVG = "http://www.w3.org/2000/svg";

    @Test
    void drawsEachReleaseOnce() throws Exception {
        Document document = parsed(SampleGraph.picture("4.5.3", "4.7.0"));

        assertThat(releases(document).map(each -> each.getAttribute("data-version")))
                .containsExactly("4.7.0", "4.6.1", "4.6.0", "4.5.3", "4.5.2");
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
        assertThat(marks(document)).containsExactly("code, pending", "pending", "pending", "database");
    }

    @Test
    void eachReleaseHasARowAndItsStarIsWhereTheTextHasIt() throws Exception {
        GraphPicture picture = DrawnGraph.ofThreeHundred();
        Document document = parsed(picture);

        assertThat(stars(document, "cy").toList()).isSorted().doesNotHaveDuplicates();
        assertThat(stars(document, "cx").map(x -> (x - 25) / 9).map(Double::intValue))
                .containsExactlyElementsOf(new GraphText(picture)
                        .lines().stream()
                                .filter(line -> line.contains("*"))
                                .map(line -> line.indexOf('*'))
                                .toList());
    }

    /** A star's ends are lines of their own: a star without a neighbour above or below has none there. */
    @Test
    void theLinesAreThoseOfTheText() throws Exception {
        Document document = parsed(SampleGraph.picture("4.5.3", "4.7.0"));

        assertThat(lines(document))
                .containsExactly(
                        "25,34 25,48", // 4.7.0 has nothing above it
                        "25,48 25,62",
                        "25,62 25,76", // 4.6.1
                        "25,76 25,90", // and to its right
                        "25,76 43,90",
                        "25,90 25,104",
                        "25,104 25,118",
                        "43,90 43,118",
                        "25,118 25,146",
                        "43,118 43,132",
                        "43,132 43,146",
                        "25,146 25,160",
                        "43,146 25,160",
                        "25,160 25,174"); // 4.5.2 has nothing below it
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
    }

    @Test
    void drawsALineSeveralFirstReleasesAndNoneAtAll() throws Exception {
        assertThat(releases(parsed(DrawnGraph.line(12)))).hasSize(12);
        assertThat(releases(parsed(DrawnGraph.of("1.0.0", "2.0.0", "3.0.0 1.0.0"))))
                .hasSize(3);
        assertThat(releases(parsed(new GraphPicture(List.of())))).isEmpty();
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

    private static Stream<Double> stars(Document document, String coordinate) {
        return all(document.getElementsByTagNameNS(SVG, "circle"), each -> true)
                .map(each -> Double.valueOf(each.getAttribute(coordinate)));
    }

    private static Stream<String> lines(Document document) {
        return all(document.getElementsByTagNameNS(SVG, "path"), each -> true)
                .flatMap(each -> Stream.of(each.getAttribute("d").substring(1).split(" M")))
                .map(line -> line.replace(" L", ";").replace(' ', ',').replace(';', ' '));
    }

    private static Stream<String> marks(Document document) {
        return all(document.getElementsByTagNameNS(SVG, "text"), each -> each.getAttribute("class")
                        .equals("marks"))
                .map(Element::getTextContent);
    }

    private static Stream<Element> all(NodeList nodes, Predicate<Element> wanted) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Element.class::cast)
                .filter(wanted);
    }
}
