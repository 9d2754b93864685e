package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.change.AlterAlgorithm;

/**
 * A way to write DDL so that the server refuses it where it would do more than the words allow. The words stand
 * right after the table's name, since what says how a table is partitioned must stay last.
 */
public enum AlterClause {
    /** Only what the catalogue says of the table changes. */
    INSTANT(AlterAlgorithm.INSTANT),
    /** The table may be gone through, while others read and write it. */
    IN_PLACE(AlterAlgorithm.IN_PLACE),
    /** The table may be gone through, while others only read it. */
    IN_PLACE_READ_ONLY(AlterAlgorithm.IN_PLACE_READ_ONLY),
    /** All rows may go into a copy, while others read and write the table. */
    COPY_ONLINE(AlterAlgorithm.COPY_ONLINE),
    /** All rows may go into a copy, while others only read the table. */
    COPY(AlterAlgorithm.COPY);

    private static final Set<String> HOW = Set.of("ALGORITHM", "LOCK");
    private static final Set<String> WAYS =
            Set.of("DEFAULT", "INSTANT", "INPLACE", "NOCOPY", "COPY", "NONE", "SHARED", "EXCLUSIVE");

    private final List<String> clauses;

    AlterClause(AlterAlgorithm algorithm) {
        this.clauses = algorithm.clauses();
    }

    /** The words, one clause each. */
    public List<String> clauses() {
        return clauses;
    }

    /**
     * The variants to try of a statement until one is not refused. It is the statement alone when that says itself how it is
     * to be done, when it renames a table and nothing else, or when servers know no such words for it: those are known for
     * {@code ALTER TABLE}, {@code CREATE INDEX} and {@code DROP INDEX}.
     */
    public static List<String> textsToTry(String statement, List<AlterClause> forms) {
        List<String> texts =
                forms.stream().flatMap(form -> form.of(statement).stream()).toList();
        return texts.isEmpty() ? List.of(statement) : texts;
    }

    private Optional<String> of(String statement) {
        List<Token> tokens = Token.of(statement);
        if (saysHow(tokens)) {
            return Optional.empty();
        }
        TokenReader reader = new TokenReader(tokens);
        if (reader.take("ALTER")) {
            return alterTable(statement, reader);
        }
        if (this == INSTANT) {
            // no server makes or drops an index so
            return Optional.empty();
        }
        return reader.take("CREATE")
                ? createIndex(statement, reader)
                : reader.take("DROP", "INDEX") ? dropIndex(statement, reader) : Optional.empty();
    }

    private static boolean saysHow(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).depth() == 0 && HOW.stream().anyMatch(tokens.get(i)::is)) {
                TokenReader behind = new TokenReader(tokens.subList(i + 1, tokens.size()));
                behind.take("=");
                // a column may be named algorithm
                if (behind.takeOneOf(WAYS.toArray(String[]::new))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<String> alterTable(String statement, TokenReader reader) {
        Token first = reader.last();
        reader.take("ONLINE");
        reader.take("IGNORE");
        if (!reader.take("TABLE")) {
            return Optional.empty();
        }
        reader.take("IF", "EXISTS");
        boolean named = reader.takeName();
        reader.takeWait();
        List<Token> changes = reader.rest();
        boolean torn = reader.last().directive() != first.directive()
                || !changes.isEmpty() && changes.get(0).directive() != first.directive();
        if (!named || torn || standsAlone(changes) || onlyRenames(changes)) {
            return Optional.empty();
        }
        int at = reader.last().end();
        return Optional.of(statement.substring(0, at) + " " + String.join(", ", clauses)
                + (takesComma(changes) ? "," : "") + spaced(statement.substring(at)));
    }

    /** Changes of single partitions and of the file of a table go together with no other words on some servers. */
    private static boolean standsAlone(List<Token> changes) {
        TokenReader reader = new TokenReader(changes);
        return reader.takeOneOf("DISCARD", "IMPORT")
                || reader.take("CONVERT", "TABLE")
                || changes.size() > 1 && changes.get(1).is("PARTITION");
    }

    /** Which never copies, and for which MariaDB grants no such words. */
    private static boolean onlyRenames(List<Token> changes) {
        TokenReader reader = new TokenReader(changes);
        if (!reader.take("RENAME")) {
            return false;
        }
        reader.takeOneOf("TO", "AS", "=");
        return reader.takeName() && reader.isAtEnd();
    }

    private static boolean takesComma(List<Token> changes) {
        return !changes.isEmpty()
                && !changes.get(0).is("PARTITION")
                && !changes.get(0).is("REMOVE");
    }

    private Optional<String> createIndex(String statement, TokenReader reader) {
        Token first = reader.last();
        reader.take("OR", "REPLACE");
        reader.takeOneOf("UNIQUE", "FULLTEXT", "SPATIAL");
        if (!reader.take("INDEX")) {
            return Optional.empty();
        }
        int end = reader.rest().stream()
                .filter(token -> token.directive() == first.directive())
                .mapToInt(Token::end)
                .max()
                .orElse(first.end());
        return Optional.of(
                statement.substring(0, end) + " " + String.join(" ", clauses) + spaced(statement.substring(end)));
    }

    /** Written as {@code ALTER TABLE}, since MariaDB knows no such words for {@code DROP INDEX}. */
    private Optional<String> dropIndex(String statement, TokenReader reader) {
        Token first = reader.first();
        boolean guarded = reader.take("IF", "EXISTS");
        int index = reader.next();
        boolean named = reader.takeName();
        String name = statement.substring(index, reader.last().end());
        boolean placed = reader.take("ON");
        int table = reader.next();
        if (!named || !placed || !reader.takeName()) {
            return Optional.empty();
        }
        reader.takeWait();
        int end = reader.last().end();
        if (!reader.isAtEnd() || reader.last().directive() != first.directive()) {
            return Optional.empty();
        }
        return Optional.of(
                statement.substring(0, first.start()) + "ALTER TABLE " + statement.substring(table, end) + " "
                        + String.join(", ", clauses) + ", DROP INDEX " + (guarded ? "IF EXISTS " : "") + name
                        + statement.substring(end));
    }

    private static String spaced(String rest) {
        return rest.isEmpty() || Character.isWhitespace(rest.charAt(0)) ? rest : " " + rest;
    }
}
