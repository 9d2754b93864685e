package org.apache.cloudstack.framework.dbupgrade.internal.sql;

/** Goes through a text piece by piece, as the servers read it; blanks are no pieces. */
public final class Lexer {

    /** What a piece is. */
    public enum Kind {
        /** A comment, to its end. */
        COMMENT,
        /** What opens a comment directive, {@code /*!40101}. */
        OPEN,
        /** What closes a comment. */
        CLOSE,
        /** In single quotes. */
        STRING,
        /** In double quotes, which the mode decides about. */
        DOUBLE_QUOTED,
        /** In back-quotes. */
        NAME,
        /** Letters, digits, {@code _} and {@code $}. */
        WORD,
        /** Any other character. */
        SIGN
    }

    private final CharSequence text;
    private final QuoteRules rules;
    private int start;
    private int end;
    private Kind kind = Kind.SIGN;

    /** Starts at the beginning. */
    public Lexer(CharSequence text, QuoteRules rules) {
        this.text = text;
        this.rules = rules;
    }

    /** Goes to the next piece; false when there is none. */
    public boolean next() {
        start = end;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start >= text.length()) {
            end = start;
            return false;
        }
        read(text.charAt(start));
        return true;
    }

    /** Another one at the same place. */
    Lexer copy() {
        Lexer copy = new Lexer(text, rules);
        copy.end = end;
        return copy;
    }

    private void read(char c) {
        if (c == '#' || c == '-' && isDashComment(text, start)) {
            take(Kind.COMMENT, endOfLine());
        } else if (c == '/' && isAt(start + 1, '*')) {
            comment();
        } else if (c == '*' && isAt(start + 1, '/')) {
            take(Kind.CLOSE, start + 2);
        } else if (c == '\'' || c == '"' || c == '`') {
            take(c == '`' ? Kind.NAME : c == '"' ? Kind.DOUBLE_QUOTED : Kind.STRING, endOfQuote(c));
        } else if (isWordSign(c)) {
            int stop = start + 1;
            while (stop < text.length() && isWordSign(text.charAt(stop))) {
                stop++;
            }
            take(Kind.WORD, stop);
        } else {
            take(Kind.SIGN, start + 1);
        }
    }

    /** Whether two dashes start a comment there: with a blank, or nothing, after them. */
    public static boolean isDashComment(CharSequence text, int at) {
        return at + 1 < text.length()
                && text.charAt(at) == '-'
                && text.charAt(at + 1) == '-'
                && (at + 2 >= text.length() || text.charAt(at + 2) <= ' ');
    }

    private void comment() {
        int mark = isAt(start + 2, 'M') ? start + 3 : start + 2;
        if (isAt(mark, '!')) {
            int stop = mark + 1;
            while (stop < text.length() && Character.isDigit(text.charAt(stop))) {
                stop++;
            }
            take(Kind.OPEN, stop);
            return;
        }
        int stop = start + 2;
        while (stop < text.length() && !(text.charAt(stop) == '*' && isAt(stop + 1, '/'))) {
            stop++;
        }
        take(Kind.COMMENT, Math.min(stop + 2, text.length()));
    }

    private int endOfLine() {
        int stop = start;
        while (stop < text.length() && text.charAt(stop) != '\n') {
            stop++;
        }
        return stop;
    }

    /** A quote that is never closed ends with the text. */
    private int endOfQuote(char quote) {
        boolean escapes = rules.escapesIn(quote);
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && escapes) {
                at++;
            } else if (c == quote) {
                if (!isAt(at + 1, quote)) {
                    return at + 1;
                }
                at++;
            }
            at++;
        }
        return text.length();
    }

    private static boolean isWordSign(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '$'
                || c >= 0x80;
    }

    private boolean isAt(int place, char c) {
        return place < text.length() && text.charAt(place) == c;
    }

    private void take(Kind found, int stop) {
        kind = found;
        end = stop;
    }

    /** What the piece is. */
    public Kind kind() {
        return kind;
    }

    /** Where it starts. */
    public int start() {
        return start;
    }

    /** Where it ends. */
    public int end() {
        return end;
    }

    /** Its text, quotes included. */
    public String text() {
        return text.subSequence(start, end).toString();
    }

    /** Whether it is this word, in any case. */
    public boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN)
                && end - start == word.length()
                && text().equalsIgnoreCase(word);
    }
}
