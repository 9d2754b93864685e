package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;

/** Reads tokens one after another. */
final class TokenReader {

    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Takes the next tokens when they are these words or symbols, in order; else none. */
    boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!isNext(i, words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** Takes the next token when it is one of these words or symbols. */
    boolean takeOneOf(String... words) {
        for (String word : words) {
            if (take(word)) {
                return true;
            }
        }
        return false;
    }

    /** Takes a name, with its database when that stands before it. */
    boolean takeName() {
        if (at == tokens.size() || !tokens.get(at).canBeName()) {
            return false;
        }
        at++;
        boolean isPlain = !take(".");
        return isPlain || takeName();
    }

    /** Takes MariaDB's {@code WAIT n} or {@code NOWAIT}, if it is next. */
    void takeWait() {
        if (take("WAIT")) {
            at = Math.min(at + 1, tokens.size());
        } else {
            take("NOWAIT");
        }
    }

    boolean isAtEnd() {
        return at == tokens.size();
    }

    /** The token taken last. */
    Token last() {
        return tokens.get(at - 1);
    }

    /** What is not taken yet. */
    List<Token> rest() {
        return tokens.subList(at, tokens.size());
    }

    Token first() {
        return tokens.get(0);
    }

    /** Where the next token starts in the statement; after the last one, where that ends. */
    int next() {
        return isAtEnd() ? last().end() : tokens.get(at).start();
    }

    private boolean isNext(int offset, String word) {
        return at + offset < tokens.size() && tokens.get(at + offset).is(word);
    }
}
