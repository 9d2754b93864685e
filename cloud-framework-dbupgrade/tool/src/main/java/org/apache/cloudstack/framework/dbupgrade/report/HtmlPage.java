package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;

/**
 * A page of HTML in one text, with its style in it and nothing to load, good to read on a screen and in print. It is
 * well-formed XML too.
 */
public final class HtmlPage {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width"/>
            <title>%s</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; color: #1c2430; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #c8d0da; }
            table { border-collapse: collapse; width: 100%%; font-size: 0.9rem; }
            th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.6rem; border-bottom: 1px solid #e3e8ee; }
            td { overflow-wrap: anywhere; }
            .good { color: #14643a; } .bad { color: #a3261b; }
            svg { max-width: 100%%; height: auto; }
            @media print { body { margin: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
            </style>
            </head>
            <body>
            <h1>%s</h1>
            """;

    private final StringBuilder text;

    /** A page with a title and no content yet. */
    public HtmlPage(String title) {
        this.text = new StringBuilder(HEAD.formatted(escaped(title), escaped(title)));
    }

    /** Starts a section. */
    public HtmlPage section(String heading) {
        text.append("<h2>").append(escaped(heading)).append("</h2>\n");
        return this;
    }

    /** Adds a paragraph. */
    public HtmlPage paragraph(String words) {
        text.append("<p>").append(escaped(words)).append("</p>\n");
        return this;
    }

    /** Adds lines whose blanks count, such as a drawing. */
    public HtmlPage drawing(List<String> lines) {
        text.append("<pre>").append(escaped(String.join("\n", lines))).append("</pre>\n");
        return this;
    }

    /** Adds a paragraph that says whether all is well. */
    public HtmlPage verdict(boolean isGood, String words) {
        text.append("<p class=\"").append(isGood ? "good" : "bad").append("\">");
        text.append(escaped(words)).append("</p>\n");
        return this;
    }

    /** Adds a table; an empty one is left out. */
    public HtmlPage table(List<String> headings, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            text.append("<table>\n<thead>");
            row("th", headings);
            text.append("</thead>\n<tbody>\n");
            rows.forEach(row -> row("td", row));
            text.append("</tbody>\n</table>\n");
        }
        return this;
    }

    /** Adds a picture, which is a document of SVG. */
    public HtmlPage picture(String svg) {
        text.append("<figure>")
                .append(svg.replaceFirst("^<\\?xml[^>]*\\?>\\s*", ""))
                .append("</figure>\n");
        return this;
    }

    /** The whole page. */
    public String text() {
        return text + "</body>\n</html>\n";
    }

    private void row(String cell, List<String> cells) {
        text.append("<tr>");
        cells.forEach(each -> text.append('<')
                .append(cell)
                .append('>')
                .append(escaped(each))
                .append("</")
                .append(cell)
                .append('>'));
        text.append("</tr>\n");
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        PlainText.lines(text).codePoints().forEach(sign -> {
            switch (sign) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(sign);
            }
        });
        return safe.toString();
    }
}
