package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A word, a quoted name, a string or a symbol of a statement; comments are none.
 *
 * @param kind which of them
 * @param text as it is written, quotes included
 * @param start where it starts in the statement
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

    /** All of a statement, in order. */
    static List<Token> of(String statement) {
        List<Token> tokens = new ArrayList<>();
        Lexer lexer = new Lexer(statement, QuoteRules.DEFAULT);
        int depth = 0;
        int directives = 0;
        int directive = 0;
        while (lexer.next()) {
            switch (lexer.kind()) {
                case OPEN -> directive = ++directives;
                case CLOSE -> directive = 0;
                case COMMENT -> {
                    // no token
                }
                default -> {
                    depth -= lexer.is(")") ? 1 : 0;
                    tokens.add(new Token(kind(lexer), lexer.text(), lexer.start(), lexer.end(), depth, directive));
                    depth += lexer.is("(") ? 1 : 0;
                }
            }
        }
        return tokens;
    }

    private static Kind kind(Lexer lexer) {
        return switch (lexer.kind()) {
            case WORD -> Kind.WORD;
            case NAME, DOUBLE_QUOTED -> Kind.QUOTED;
            case STRING -> Kind.STRING;
            default -> Kind.SIGN;
        };
    }

    /** Whether it is this word or symbol, in any case and without quotes. */
    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }

    boolean canBeName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }
}
