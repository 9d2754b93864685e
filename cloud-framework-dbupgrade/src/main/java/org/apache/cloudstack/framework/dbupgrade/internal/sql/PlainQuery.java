package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A query that does nothing but read: it creates no variable, no file and no lock. */
public final class PlainQuery {

    private static final Set<String> BEGINS = Set.of("SELECT", "WITH", "SHOW");
    private static final String[][] NOT_PLAIN = {
        {"INTO"}, {"FOR", "UPDATE"}, {"FOR", "SHARE"}, {"LOCK", "IN", "SHARE", "MODE"}, {"PROCEDURE", "ANALYSE"}
    };

    private PlainQuery() {}

    /** Why a statement is none, as the end of a sentence; empty when it is one. */
    public static Optional<String> objection(SqlStatement statement) {
        List<Token> tokens = Token.of(statement.text());
        int first = IntStream.range(0, tokens.size())
                .filter(i -> !tokens.get(i).is("("))
                .findFirst()
                .orElse(tokens.size());
        if (first == tokens.size() || BEGINS.stream().noneMatch(tokens.get(first)::is)) {
            return Optional.of("it is no query, which starts with SELECT, WITH or SHOW");
        }
        for (String[] words : NOT_PLAIN) {
            if (holds(tokens, words)) {
                return Optional.of("a query with " + String.join(" ", words) + " does more than read");
            }
        }
        boolean changes = tokens.get(first).is("WITH")
                && tokens.stream().anyMatch(token -> token.depth() == 0 && (token.is("UPDATE") || token.is("DELETE")));
        return changes ? Optional.of("it changes rows") : Optional.empty();
    }

    private static boolean holds(List<Token> tokens, String... words) {
        return IntStream.rangeClosed(0, tokens.size() - words.length).anyMatch(start -> IntStream.range(0, words.length)
                .allMatch(i -> tokens.get(start + i).is(words[i])));
    }
}
