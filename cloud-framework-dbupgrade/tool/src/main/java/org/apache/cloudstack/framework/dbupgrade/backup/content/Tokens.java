package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes through the tokens of a statement. */
final class Tokens {

    private static final DumpToken NONE = new DumpToken(DumpToken.Kind.END, "", false);

    private final List<DumpToken> tokens;
    private int at;

    Tokens(List<DumpToken> tokens) {
        this.tokens = tokens;
    }

    DumpToken peek() {
        return peek(0);
    }

    DumpToken peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : NONE;
    }

    DumpToken next() {
        DumpToken next = peek();
        at++;
        return next;
    }

    boolean isAtEnd() {
        return at >= tokens.size();
    }

    /** Takes all of these words, or none. */
    boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    Optional<String> takeOneOf(Set<String> words) {
        return peek().isWord() && words.contains(peek().text()) ? Optional.of(next().text()) : Optional.empty();
    }

    void require(String... words) throws RefusedContentException {
        if (!take(words)) {
            throw unexpected();
        }
    }

    void requireEnd() throws RefusedContentException {
        if (!isAtEnd()) {
            throw unexpected();
        }
    }

    /** A name without the one of a database before it. */
    String name() throws RefusedContentException {
        DumpToken name = next();
        if (name.kind() != DumpToken.Kind.NAME && !name.isWord()) {
            at--;
            throw unexpected();
        }
        return name.written();
    }

    String string() throws RefusedContentException {
        if (peek().kind() != DumpToken.Kind.STRING) {
            throw unexpected();
        }
        return next().text();
    }

    /** Skips what is in brackets, and the brackets. */
    void skipBrackets() throws RefusedContentException {
        require("(");
        for (int depth = 1; depth > 0; ) {
            if (isAtEnd()) {
                throw unexpected();
            }
            DumpToken next = next();
            depth += next.is("(") ? 1 : next.is(")") ? -1 : 0;
        }
    }

    List<DumpToken> rest() {
        return tokens.subList(Math.min(at, tokens.size()), tokens.size());
    }

    /** What stands here has no place in such a statement; values are not named. */
    RefusedContentException unexpected() {
        DumpToken found = peek();
        String shown =
                switch (found.kind()) {
                    case WORD -> found.isNumber() ? "a number" : found.text();
                    case NAME -> "the name " + found.text();
                    case STRING -> "a string";
                    case SIGN -> "the character " + found.text();
                    case END -> "the end";
                };
        return new RefusedContentException("a statement " + opening() + " that goes on with " + shown);
    }

    /** Its first words. */
    String opening() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(4, tokens.size()) && tokens.get(i).isWord(); i++) {
            words.append(words.isEmpty() ? "" : " ").append(tokens.get(i).text());
        }
        return words.isEmpty() ? "without a word" : words.toString();
    }
}
