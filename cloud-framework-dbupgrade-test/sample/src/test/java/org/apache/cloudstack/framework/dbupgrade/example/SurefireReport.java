package org.apache.cloudstack.framework.dbupgrade.example;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What Surefire reports of one test class.
 *
 * @param tests how many tests ran
 * @param problems what those that did not pass say, in their order
 * @param classPath the class path that they ran on
 */
record SurefireReport(int tests, List<String> problems, String classPath) {

    static SurefireReport read(Path file) {
        try {
            Document report = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile());
            List<String> problems = Stream.of("failure", "error")
                    .flatMap(kind -> elements(report, kind))
                    .map(problem -> problem.getAttribute("message"))
                    .toList();
            String classPath = elements(report, "property")
                    .filter(property -> property.getAttribute("name").equals("surefire.test.class.path"))
                    .map(property -> property.getAttribute("value"))
                    .findFirst()
                    .orElseThrow();
            return new SurefireReport((int) elements(report, "testcase").count(), problems, classPath);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("The report " + file + " cannot be read", e);
        }
    }

    private static Stream<Element> elements(Document report, String name) {
        var found = report.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(place -> (Element) found.item(place));
    }
}
