package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;
import java.util.Optional;

/**
 * {@code IF EXISTS} and {@code IF NOT EXISTS} before the parts of a table. MariaDB knows them; MySQL knows them before
 * tables, views and routines only.
 */
public final class ExistenceGuard {

    private ExistenceGuard() {}

    /** The statement without them; empty when it has none. */
    public static Optional<String> takenFrom(String statement) {
        if (!Phrase.isWordIn(statement, "EXISTS")) {
            return Optional.empty();
        }
        List<Token> tokens = Token.of(statement);
        if (!changesParts(tokens)) {
            return Optional.empty();
        }
        StringBuilder rest = new StringBuilder(statement);
        for (int i = tokens.size() - 1; i > 0; i--) {
            int end = endOfGuard(tokens, i);
            if (end > 0 && !tokens.get(i - 1).is("TABLE")) {
                rest.delete(tokens.get(i).start(), end);
            }
        }
        return rest.length() == statement.length() ? Optional.empty() : Optional.of(rest.toString());
    }

    private static boolean changesParts(List<Token> tokens) {
        TokenReader reader = new TokenReader(tokens);
        if (reader.take("ALTER")) {
            reader.take("IGNORE");
            return reader.take("TABLE");
        }
        if (reader.take("CREATE")) {
            reader.takeOneOf("UNIQUE", "FULLTEXT", "SPATIAL");
            return reader.take("INDEX");
        }
        return reader.take("DROP", "INDEX");
    }

    /** Where the guard that starts at a token ends, with the blank after it; 0 when none starts there. */
    private static int endOfGuard(List<Token> tokens, int at) {
        TokenReader reader = new TokenReader(tokens.subList(at, tokens.size()));
        boolean guards =
                tokens.get(at).depth() == 0 && (reader.take("IF", "NOT", "EXISTS") || reader.take("IF", "EXISTS"));
        return guards ? reader.next() : 0;
    }
}
