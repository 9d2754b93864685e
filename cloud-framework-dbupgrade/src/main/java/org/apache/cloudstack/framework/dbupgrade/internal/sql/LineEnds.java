package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Line ends as they are hashed and sent. Git and editors turn all line ends of a file into {@code CR LF}, in strings too, so a
 * file with no other line end means {@code LF}. In any other file what strings hold is data.
 */
public enum LineEnds {
    /** There is no carriage return. */
    LF,
    /** Each line feed has a carriage return before it, and each of those stands there. */
    CR_LF,
    /** Anything else. */
    MIXED;

    private static final int SIZE = 1 << 14;
    private static final Pattern BLANK_END = Pattern.compile("[ \\t]*(?:\\r\\n?|\\n)");

    /** Looks which of them a text has. */
    public static LineEnds of(Reader text) throws IOException {
        char[] buffer = new char[SIZE];
        boolean hasCr = false;
        boolean hasOther = false;
        boolean afterCr = false;
        for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
            for (int i = 0; i < count; i++) {
                hasOther |= afterCr != (buffer[i] == '\n');
                afterCr = buffer[i] == '\r';
                hasCr |= afterCr;
            }
        }
        return !hasCr ? LF : hasOther || afterCr ? MIXED : CR_LF;
    }

    /** The text with {@code LF}. */
    public static String normalized(String text) {
        if (text.indexOf('\r') < 0) {
            return text;
        }
        try {
            return of(new StringReader(text)) == CR_LF
                    ? text.replace("\r\n", "\n")
                    : outsideOfQuotes(text, LineEnds::plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A statement with {@code LF}, and no blanks before them, but for those in strings and quoted names. */
    public static String unified(String statement) {
        return statement.indexOf('\r') < 0 && !statement.contains(" \n") && !statement.contains("\t\n")
                ? statement
                : outsideOfQuotes(statement, text -> BLANK_END.matcher(text).replaceAll("\n"));
    }

    private static String outsideOfQuotes(String text, UnaryOperator<String> change) {
        StringBuilder changed = new StringBuilder(text.length());
        Lexer lexer = new Lexer(text, QuoteRules.DEFAULT);
        int done = 0;
        while (lexer.next()) {
            if (lexer.kind() == Lexer.Kind.STRING
                    || lexer.kind() == Lexer.Kind.DOUBLE_QUOTED
                    || lexer.kind() == Lexer.Kind.NAME) {
                changed.append(change.apply(text.substring(done, lexer.start())))
                        .append(lexer.text());
                done = lexer.end();
            }
        }
        return changed.append(change.apply(text.substring(done))).toString();
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
