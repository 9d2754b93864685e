package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows the name of a stored program in the statement that creates it, in one form of writing. */
public final class ProgramText {

    private static final Set<String> KINDS = Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT");

    private final String statement;
    private final List<Token> tokens;

    private ProgramText(String statement, List<Token> tokens) {
        this.statement = statement;
        this.tokens = tokens;
    }

    /** Reads a statement; empty when it creates no stored program. */
    public static Optional<ProgramText> of(String statement) {
        List<Token> all = Token.of(statement);
        int kind = 0;
        while (kind < all.size() && KINDS.stream().noneMatch(all.get(kind)::is)) {
            kind++;
        }
        TokenReader reader = new TokenReader(all.subList(Math.min(kind + 1, all.size()), all.size()));
        reader.take("IF", "NOT", "EXISTS");
        return reader.takeName() ? Optional.of(new ProgramText(statement, reader.rest())) : Optional.empty();
    }

    /** All after the name. */
    public String whole() {
        return written(tokens);
    }

    /** The parameters of a procedure or function. */
    public String parameters() {
        return written(tokens.subList(0, endOfParameters()));
    }

    /** The words between the parameters, or the name, and the body that the server keeps; empty when it has another body. */
    public Optional<String> head(String body) {
        String text = statement.substring(
                0, tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).end());
        String kept = body.strip();
        if (kept.isEmpty() || !text.endsWith(kept)) {
            return Optional.empty();
        }
        int begin = text.length() - kept.length();
        return Optional.of(written(tokens.subList(endOfParameters(), tokens.size()).stream()
                .filter(token -> token.start() < begin)
                .toList()));
    }

    private int endOfParameters() {
        if (tokens.isEmpty() || !tokens.get(0).is("(")) {
            return 0;
        }
        int depth = tokens.get(0).depth();
        int end = 1;
        while (end < tokens.size()
                && !(tokens.get(end).is(")") && tokens.get(end).depth() == depth)) {
            end++;
        }
        return Math.min(end + 1, tokens.size());
    }

    private static String written(List<Token> tokens) {
        return tokens.stream().map(ProgramText::written).collect(Collectors.joining(" "));
    }

    /** MySQL quotes names that were written without quotes. */
    private static String written(Token token) {
        boolean isName = token.kind() == Token.Kind.QUOTED && token.text().startsWith("`");
        String bare = isName ? token.text().replace("`", "") : token.text();
        return isName || token.kind() == Token.Kind.WORD ? bare.toUpperCase(Locale.ROOT) : bare;
    }
}
