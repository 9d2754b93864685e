package org.apache.cloudstack.framework.dbupgrade.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word, a quoted name, a string or a sign of a statement; comments are none.
 *
 * @param kind which of them
 * @param text as it is written, quotes included
 * @param start where it begins in the statement
 * @param end where it ends
 * @param depth how many brackets are open around it
 * @param directive the number of the comment directive that holds it, from 1; 0 when none does
 */
record Token(Kind kind, String text, int start, int end, int depth, int directive) {

    enum Kind {
        WORD,
        /** In back-quotes, or in double quotes, which hold a name under {@code ANSI_QUOTES}. */
        QUOTED,
        STRING,
        SIGN
    }

    static final Pattern PIECE = Pattern.compile(
            "(?<comment>#[^\\n]*|--(?=\\s|\\z)[^\\n]*|(?m:^)--[^\\n]*|/\\*(?!M?!).*?(?:\\*/|\\z))"
                    + "|(?<open>/\\*M?!\\d*)"
                    + "|(?<close>\\*/)"
                    + "|(?<string>'(?:[^'\\\\]++|\\\\.|'')*+'?)"
                    + "|(?<quoted>\"(?:[^\"\\\\]++|\\\\.|\"\")*+\"?|`(?:[^`]++|``)*+`?)"
                    + "|(?<word>[\\w$\\x{80}-\\x{10FFFF}]+)"
                    + "|(?<sign>\\S)",
            Pattern.DOTALL);

    /** All of a statement, in order. */
    static List<Token> of(String statement) {
        List<Token> tokens = new ArrayList<>();
        Matcher piece = PIECE.matcher(statement);
        int depth = 0;
        int directives = 0;
        int directive = 0;
        while (piece.find()) {
            if (piece.group("open") != null) {
                directive = ++directives;
            } else if (piece.group("close") != null) {
                directive = 0;
            } else if (piece.group("comment") == null) {
                depth -= piece.group().equals(")") ? 1 : 0;
                tokens.add(new Token(kind(piece), piece.group(), piece.start(), piece.end(), depth, directive));
                depth += piece.group().equals("(") ? 1 : 0;
            }
        }
        return tokens;
    }

    private static Kind kind(Matcher piece) {
        if (piece.group("word") != null) {
            return Kind.WORD;
        }
        if (piece.group("quoted") != null) {
            return Kind.QUOTED;
        }
        return piece.group("string") != null ? Kind.STRING : Kind.SIGN;
    }

    /** Whether it is this word or sign, in any case and without quotes. */
    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }

    boolean canBeName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }
}
