package org.apache.cloudstack.framework.dbupgrade.docs;

import java.util.List;

/**
 * A terminal as a picture.
 *
 * @param lines what it shows
 */
record TerminalPicture(List<String> lines) {

    private static final int LINE = 18;
    private static final int MARGIN = 16;
    private static final int BAR = 28;
    private static final double LETTER = 7.83;

    String svg() {
        int longest = lines.stream().mapToInt(String::length).max().orElse(0);
        int width = (int) Math.ceil(longest * LETTER) + 2 * MARGIN;
        int height = BAR + lines.size() * LINE + MARGIN;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" role="img" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">
                <title>A terminal</title>
                <rect width="%1$d" height="%2$d" rx="8" fill="#1e2127"/>
                <circle cx="18" cy="14" r="5" fill="#e06c75"/>
                <circle cx="36" cy="14" r="5" fill="#e5c07b"/>
                <circle cx="54" cy="14" r="5" fill="#98c379"/>
                <g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="13" xml:space="preserve">
                """.formatted(width, height));
        for (int line = 0; line < lines.size(); line++) {
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n"
                    .formatted(MARGIN, BAR + (line + 1) * LINE - 4, colour(lines.get(line)), escaped(lines.get(line))));
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static String colour(String line) {
        return line.startsWith("$ ") ? "#98c379" : "#dcdfe4";
    }

    private static String escaped(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
