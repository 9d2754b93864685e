package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.text.PlainText;
import picocli.CommandLine.Help.Ansi;

/**
 * Lines as one stream shows them: without characters that control a terminal, broken at words, and in colour where that is
 * wanted.
 *
 * @param width the longest line
 * @param ansi whether there are colours
 */
record Lines(int width, Ansi ansi) {

    private static final Pattern BAD =
            Pattern.compile("^(?:[A-Z][A-Z_]+[A-Z](?=: )|stop(?=  )|problem:|half done:|Stopped\\b)");
    private static final Pattern DOUBTFUL = Pattern.compile("^(?:warn(?=  )|deferred:|paused:)");
    private static final Pattern GOOD = Pattern.compile("^ok(?=    )");
    private static final String INDENT = "  ";

    static Lines onOut(Terminal terminal) {
        return new Lines(terminal.widthOfOut(), ansi(terminal.out() && terminal.hasColour()));
    }

    static Lines onErr(Terminal terminal) {
        return new Lines(terminal.widthOfErr(), ansi(terminal.err() && terminal.hasColour()));
    }

    private static Ansi ansi(boolean isColoured) {
        return isColoured ? Ansi.ON : Ansi.OFF;
    }

    /** What a text becomes. */
    List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : PlainText.lines(text).split("\n", -1)) {
            lines.addAll(wrapped(line));
        }
        if (ansi.enabled()) {
            lines.replaceAll(this::coloured);
        }
        return lines;
    }

    /** The same for a text whose line breaks count, such as SQL. */
    List<String> verbatim(String text) {
        return List.of(PlainText.lines(text).split("\n", -1));
    }

    private List<String> wrapped(String line) {
        List<String> lines = new ArrayList<>();
        String rest = line;
        String indent =
                INDENT + line.substring(0, line.length() - line.stripLeading().length());
        while (rest.length() > width) {
            int end = rest.lastIndexOf(' ', width);
            boolean isWord = end <= rest.length() - rest.stripLeading().length();
            int cut = isWord ? width : end;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = (indent.length() < width / 2 ? indent : INDENT)
                    + rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private String coloured(String line) {
        return coloured(coloured(coloured(line, BAD, "31;1"), DOUBTFUL, "33;1"), GOOD, "32");
    }

    private static String coloured(String line, Pattern words, String colour) {
        Matcher found = words.matcher(line);
        return found.find()
                ? "\u001B[" + colour + "m" + found.group() + "\u001B[0m" + line.substring(found.end())
                : line;
    }
}
