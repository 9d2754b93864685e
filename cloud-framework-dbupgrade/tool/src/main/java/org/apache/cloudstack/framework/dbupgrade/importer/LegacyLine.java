package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a script, as CloudStack's runner read it.
 *
 * @param number its number, from 1
 * @param text what is in it
 * @param end its line end; empty at the end of a file
 */
record LegacyLine(int number, String text, String end) {

    private static final Pattern LINE = Pattern.compile("(?<text>[^\\r\\n]*)(?<end>\\r\\n|\\r|\\n|\\z)");
    private static final String DELIMITER = ";";
    private static final String DASHES = "--";

    static List<LegacyLine> of(String script) {
        List<LegacyLine> lines = new ArrayList<>();
        Matcher line = LINE.matcher(script);
        while (line.find() && line.start() < script.length()) {
            lines.add(new LegacyLine(lines.size() + 1, line.group("text"), line.group("end")));
        }
        return lines;
    }

    String trimmed() {
        return text.trim();
    }

    /** Whether the runner sent nothing of it, wherever it stood. */
    boolean isSkipped() {
        return trimmed().isEmpty() || isComment();
    }

    /** It took a line for a comment by its first characters; not a comment after a statement in the same line. */
    boolean isComment() {
        String trimmed = trimmed();
        return trimmed.startsWith(DASHES) || trimmed.startsWith("//") || trimmed.startsWith("#");
    }

    /** The only place where a statement ended: the runner knew neither quotes nor blocks. */
    boolean endsStatement() {
        return !isSkipped() && trimmed().endsWith(DELIMITER);
    }

    /** What was sent of it, joined to the other lines by one blank. */
    String sent() {
        return text.substring(0, endsStatement() ? text.lastIndexOf(DELIMITER) : cut()) + " ";
    }

    /** What was cut off as a comment after two dashes, also in quotes; empty when there are none. */
    String cutOff() {
        return endsStatement() ? "" : text.substring(cut());
    }

    /** Where in the line the runner stopped reading. */
    int cut() {
        int dashes = text.indexOf(DASHES);
        return dashes < 0 || endsStatement() ? text.length() : dashes;
    }

    LegacyLine with(String other) {
        return new LegacyLine(number, other, end);
    }
}
