package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as people may read it: on one line, without comments, and with {@value #MASK} in the place of every string
 * and, but in definitions, of every number. Where it is not certain where a string ends, the rest is left out: a mode of
 * the session can change that, and so can a quote too many.
 */
public final class MaskedStatement {

    private static final String MASK = "…";
    private static final int LONGEST = 200;
    private static final Pattern HOLDS_QUOTE_OR_COMMENT = Pattern.compile("['\"#]|--|/\\*");
    private static final Pattern DIRECTIVE = Pattern.compile("/\\*M?!\\d*");
    private static final Pattern NUMBER = Pattern.compile("[\\w.$]+");
    private static final Pattern PLAIN_NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
    private static final Pattern DEFINITION = Pattern.compile(
            "(CREATE|ALTER|DROP|RENAME)( OR REPLACE| TEMPORARY| UNIQUE| FULLTEXT| SPATIAL| ONLINE| IGNORE)*"
                    + " (TABLE|INDEX|DATABASE|SCHEMA) .*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BEGINS_ROWS = Pattern.compile("SELECT|VALUES", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEFORE_SECRET =
            Pattern.compile("IDENTIFIED|(MASTER|SOURCE)_PASSWORD", Pattern.CASE_INSENSITIVE);
    private static final Pattern SET_PASSWORD = Pattern.compile("SET PASSWORD", Pattern.CASE_INSENSITIVE);

    private final String text;
    private final StringBuilder shown = new StringBuilder();
    private boolean endsAtString;
    private boolean hasRows;
    private boolean inDirective;
    private int at;

    private MaskedStatement(String text, boolean endsAtString) {
        this.text = text;
        this.endsAtString = endsAtString;
    }

    /** Masks a statement that the server has read. */
    public static String of(SqlStatement statement) {
        return new MaskedStatement(statement.text(), false).masked();
    }

    /** Masks a statement that the server could not read: it ends at the first string, for nobody knows where that ends. */
    public static String ofUnreadable(SqlStatement statement) {
        return new MaskedStatement(statement.text(), true).masked();
    }

    private String masked() {
        while (at < text.length() && shown.length() <= LONGEST) {
            step(text.charAt(at));
        }
        String line = shown.toString().strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1).stripTrailing() + MASK;
    }

    private void step(char c) {
        if (Character.isWhitespace(c)) {
            skipTo(at + 1);
        } else if (c == '\'' || c == '"') {
            string(c);
        } else if (c == '`') {
            quotedName();
        } else if (c == '#' || text.startsWith("--", at)) {
            lineComment();
        } else if (text.startsWith("/*", at)) {
            comment();
        } else if (inDirective && text.startsWith("*/", at)) {
            inDirective = false;
            skipTo(at + 2);
        } else if (isDigit(c)) {
            number();
        } else {
            word();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A blank for what is not shown. */
    private void skipTo(int end) {
        if (!shown.isEmpty() && shown.charAt(shown.length() - 1) != ' ') {
            shown.append(' ');
        }
        at = end;
    }

    private void cut() {
        skipTo(text.length());
        shown.append(MASK);
    }

    private void string(char quote) {
        int end = at + 1;
        boolean escapesQuote = false;
        while (end < text.length() && (text.charAt(end) != quote || isAt(end + 1, quote))) {
            boolean escape = text.charAt(end) == '\\';
            escapesQuote |= escape && isAt(end + 1, quote);
            end += escape || text.charAt(end) == quote ? 2 : 1;
        }
        shown.append(quote).append(MASK).append(quote);
        at = end + 1;
        if (end >= text.length() || escapesQuote || endsAtString) {
            cut();
        }
    }

    private boolean isAt(int place, char c) {
        return place < text.length() && text.charAt(place) == c;
    }

    private void quotedName() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            cut();
        } else {
            shown.append(text, at, end + 1);
            at = end + 1;
        }
    }

    /** Two dashes with no blank after them are a comment to the one and arithmetic to the other. */
    private void lineComment() {
        boolean certain =
                text.charAt(at) == '#' || at + 2 >= text.length() || text.charAt(at + 2) <= ' ' || shown.isEmpty();
        boolean beginsLine = at == 0 || text.charAt(at - 1) == '\n';
        if (certain) {
            int end = text.indexOf('\n', at);
            skipTo(end < 0 ? text.length() : end);
        } else if (beginsLine) {
            cut();
        } else {
            shown.append("--");
            at += 2;
        }
    }

    /** What a directive holds is a statement to one server and a comment to another. */
    private void comment() {
        int close = text.indexOf("*/", at + 2);
        Matcher directive = DIRECTIVE.matcher(text).region(at, text.length());
        if (!directive.lookingAt()) {
            skipTo(close < 0 ? text.length() : close + 2);
            return;
        }
        inDirective = true;
        String inside = text.substring(directive.end(), close < 0 ? text.length() : close);
        endsAtString |= HOLDS_QUOTE_OR_COMMENT.matcher(inside).find();
        skipTo(directive.end());
    }

    private void number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        String found = number.lookingAt() ? number.group() : "";
        boolean isKept = !hasRows
                && PLAIN_NUMBER.matcher(found).matches()
                && DEFINITION.matcher(shown).matches();
        shown.append(isKept ? found : MASK);
        at += found.length();
    }

    private void word() {
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (!word.lookingAt()) {
            shown.append(text.charAt(at++));
            return;
        }
        String found = word.group();
        shown.append(found);
        at = word.end();
        hasRows |= BEGINS_ROWS.matcher(found).matches();
        boolean quotesByDollars = found.startsWith("$") && found.indexOf('$', 1) > 0;
        if (quotesByDollars
                || BEFORE_SECRET.matcher(found).matches()
                || SET_PASSWORD.matcher(shown).matches()) {
            cut();
        }
    }
}
