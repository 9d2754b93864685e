package org.apache.cloudstack.framework.dbupgrade.report;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements, attributes and escaped text of one SVG document. */
final class SvgWriter {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** What stands inside an element. */
    @FunctionalInterface
    interface Content {
        void write() throws XMLStreamException;
    }

    SvgWriter() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Every Java platform writes XML", e);
        }
    }

    /** The document with its root element, without a declaration, so that it can also stand inside HTML. */
    String document(Content content) {
        try {
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            content.write();
            xml.writeEndElement();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing to memory does not fail", e);
        }
        return text.toString();
    }

    /** An element on a line of its own. */
    void element(String name, Content content) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(name);
        content.write();
        xml.writeEndElement();
    }

    /** An element that holds only text. */
    void textElement(String name, String content) throws XMLStreamException {
        element(name, () -> xml.writeCharacters(content));
    }

    /** An attribute of the element that was started last. */
    SvgWriter attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, value);
        return this;
    }

    /** An attribute with a number. */
    SvgWriter attribute(String name, double value) throws XMLStreamException {
        return attribute(name, number(value));
    }

    void box(String style, double x, double y, double width, double height) throws XMLStreamException {
        element("rect", () -> attribute("class", style)
                .attribute("x", x)
                .attribute("y", y)
                .attribute("width", width)
                .attribute("height", height));
    }

    void circle(String style, double x, double y, double radius) throws XMLStreamException {
        element("circle", () -> attribute("class", style)
                .attribute("cx", x)
                .attribute("cy", y)
                .attribute("r", radius));
    }

    void path(String style, String lines) throws XMLStreamException {
        element("path", () -> attribute("class", style).attribute("d", lines));
    }

    /** A text that starts at x; none where there are no words. */
    void words(String style, double x, double y, String words) throws XMLStreamException {
        if (!words.isEmpty()) {
            element("text", () -> {
                attribute("class", style).attribute("x", x).attribute("y", y);
                xml.writeCharacters(words);
            });
        }
    }

    /** With at most one decimal. */
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
