package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Statements about a table, turned into ones about a copy of it. What cannot be turned with certainty is empty. */
public final class CopiedStatement {

    private final String statement;
    private final List<Token> tokens;
    private final TokenReader reader;

    private CopiedStatement(String statement) {
        this.statement = statement;
        this.tokens = Token.of(statement);
        this.reader = new TokenReader(tokens);
    }

    /** {@code CREATE TABLE} for a temporary table, without foreign keys and partitions, which such a table cannot have. */
    public static Optional<String> temporaryTable(String statement, String name) {
        CopiedStatement copied = new CopiedStatement(statement);
        return copied.isPlain() ? copied.temporaryTable(name) : Optional.empty();
    }

    /** {@code CREATE VIEW} for a view of another name. */
    public static Optional<String> view(String statement, String name) {
        CopiedStatement copied = new CopiedStatement(statement);
        return copied.isPlain() ? copied.view(name) : Optional.empty();
    }

    /** What {@code ALTER TABLE} or {@code CREATE INDEX} adds to the table and changes of it, but for foreign keys. */
    public static Optional<String> additions(String statement, String table) {
        CopiedStatement copied = new CopiedStatement(statement);
        if (!copied.isPlain()) {
            return Optional.empty();
        }
        Optional<TableAlteration> alteration = TableAlteration.of(statement);
        return alteration.isPresent() ? additions(alteration.get(), table) : copied.index(table);
    }

    /** What is for some versions of servers only may say anything. */
    private boolean isPlain() {
        return !tokens.isEmpty() && tokens.stream().allMatch(token -> token.directive() == 0);
    }

    private Optional<String> temporaryTable(String name) {
        if (!reader.take("CREATE", "TABLE")) {
            return Optional.empty();
        }
        reader.take("IF", "NOT", "EXISTS");
        if (!reader.takeName() || !reader.take("(")) {
            return Optional.empty();
        }
        List<Token> rest = reader.rest();
        int close = 0;
        while (close < rest.size()
                && !(rest.get(close).depth() == 0 && rest.get(close).is(")"))) {
            close++;
        }
        if (close == rest.size()) {
            return Optional.empty();
        }
        String items = parts(rest.subList(0, close), 1).stream()
                .filter(part -> !isForeignKey(part, 0))
                .map(this::text)
                .collect(Collectors.joining(", "));
        return Optional.of("CREATE TEMPORARY TABLE " + name + " (" + items
                + statement.substring(
                        rest.get(close).start(),
                        statement.length() - partitions().length()));
    }

    /** How {@code CREATE TABLE} divides the table; empty when it does not. */
    public static String partitionsOf(String statement) {
        return new CopiedStatement(statement).partitions();
    }

    private String partitions() {
        return tokens.stream()
                .filter(token -> token.depth() == 0 && token.is("PARTITION"))
                .findFirst()
                .map(token -> statement.substring(token.start()))
                .orElse("");
    }

    private Optional<String> view(String name) {
        int kind = 0;
        while (kind < tokens.size() && !tokens.get(kind).is("VIEW")) {
            kind++;
        }
        TokenReader names = new TokenReader(tokens.subList(Math.min(kind + 1, tokens.size()), tokens.size()));
        return tokens.get(0).is("CREATE") && names.takeName()
                ? Optional.of(statement.substring(0, tokens.get(kind).end()) + " " + name + " "
                        + statement.substring(names.next()))
                : Optional.empty();
    }

    private static Optional<String> additions(TableAlteration alteration, String table) {
        CopiedStatement changes = new CopiedStatement(alteration.changes());
        String kept = parts(changes.tokens, 0).stream()
                .filter(part -> !isForeignKey(part, 1))
                .flatMap(part -> changes.addition(part).stream())
                .collect(Collectors.joining(", "));
        return kept.isEmpty() ? Optional.empty() : Optional.of("ALTER TABLE " + table + " " + kept);
    }

    /** A column that got another name has that already. */
    private Optional<String> addition(List<Token> part) {
        TokenReader words = new TokenReader(part);
        if (words.take("ADD", "CONSTRAINT") && words.takeName() && words.take("CHECK")) {
            // the name is that of the table's own
            return Optional.of("ADD CHECK " + text(words.rest()));
        }
        if (part.get(0).is("ADD") || part.get(0).is("MODIFY")) {
            return Optional.of(text(part));
        }
        if (!words.take("CHANGE")) {
            return Optional.empty();
        }
        words.take("COLUMN");
        return words.takeName() && !words.isAtEnd() ? Optional.of("MODIFY " + text(words.rest())) : Optional.empty();
    }

    private Optional<String> index(String table) {
        reader.take("CREATE");
        reader.takeOneOf("UNIQUE", "FULLTEXT", "SPATIAL");
        int on = 0;
        while (on < tokens.size() && !tokens.get(on).is("ON")) {
            on++;
        }
        TokenReader names = new TokenReader(tokens.subList(Math.min(on + 1, tokens.size()), tokens.size()));
        if (!reader.take("INDEX") || !names.takeName()) {
            return Optional.empty();
        }
        int end = tokens.stream()
                .filter(token -> token.depth() == 0 && (token.is("ALGORITHM") || token.is("LOCK")))
                .mapToInt(Token::start)
                .findFirst()
                .orElse(statement.length());
        return Optional.of(statement.substring(0, tokens.get(on).end()) + " " + table + " "
                + statement.substring(names.next(), Math.max(end, names.next())));
    }

    /** The parts between the commas at a depth. */
    private static List<List<Token>> parts(List<Token> tokens, int depth) {
        List<List<Token>> parts = new ArrayList<>();
        List<Token> part = new ArrayList<>();
        for (Token token : tokens) {
            if (token.depth() == depth && token.is(",")) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(token);
            }
        }
        parts.add(part);
        parts.removeIf(List::isEmpty);
        return parts;
    }

    private static boolean isForeignKey(List<Token> part, int from) {
        TokenReader words = new TokenReader(part.subList(Math.min(from, part.size()), part.size()));
        if (words.take("CONSTRAINT")) {
            return words.take("FOREIGN", "KEY") || words.takeName() && words.take("FOREIGN", "KEY");
        }
        return words.take("FOREIGN", "KEY");
    }

    private String text(List<Token> part) {
        return statement.substring(
                part.get(0).start(), part.get(part.size() - 1).end());
    }
}
