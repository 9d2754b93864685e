package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;
import java.util.Optional;

/**
 * An {@code ALTER TABLE} in its two parts. That it may be done in any way, {@code ALGORITHM=DEFAULT}, is said of neither.
 *
 * @param schema the database, when it is named
 * @param table the table
 * @param changes the text after the table's name
 */
public record TableAlteration(Optional<String> schema, String table, String changes) {

    private static final String[] HOW = {"ALGORITHM", "LOCK"};

    /** Reads a statement; empty when it is none, renames something, is for some versions of servers only, or has more words. */
    public static Optional<TableAlteration> of(String statement) {
        List<Token> tokens = Token.of(statement);
        TokenReader reader = new TokenReader(tokens);
        boolean plain = tokens.stream().allMatch(token -> token.directive() == 0);
        if (!plain || !reader.take("ALTER", "TABLE") || !reader.takeName()) {
            return Optional.empty();
        }
        String table = unquoted(reader.last());
        int named = tokens.size() - reader.rest().size();
        boolean hasSchema = tokens.get(named - 2).is(".");
        Optional<String> schema = hasSchema ? Optional.of(unquoted(tokens.get(named - 3))) : Optional.empty();
        skipDefaults(reader);
        if (reader.isAtEnd() || reader.rest().stream().anyMatch(token -> token.depth() == 0 && token.is("RENAME"))) {
            return Optional.empty();
        }
        String changes =
                statement.substring(reader.next(), tokens.get(tokens.size() - 1).end());
        return Optional.of(new TableAlteration(schema, table, changes));
    }

    /** The same with this database, unless it names one. */
    public TableAlteration in(String current) {
        return new TableAlteration(schema.or(() -> Optional.of(current)), table, changes);
    }

    /** The statement. */
    public String statement() {
        return "ALTER TABLE "
                + schema.map(name -> Identifier.quote(name, table)).orElseGet(() -> Identifier.quote(table)) + " "
                + changes;
    }

    /** The statement for another table. */
    public String of(String otherSchema, String otherTable) {
        return "ALTER TABLE " + Identifier.quote(otherSchema, otherTable) + " " + changes;
    }

    private static void skipDefaults(TokenReader reader) {
        boolean found = true;
        while (found) {
            found = false;
            for (String word : HOW) {
                found |= reader.take(word, "=", "DEFAULT", ",") || reader.take(word, "DEFAULT", ",");
            }
        }
    }

    private static String unquoted(Token name) {
        if (name.kind() != Token.Kind.QUOTED) {
            return name.text();
        }
        String quote = name.text().substring(0, 1);
        return name.text().substring(1, name.text().length() - 1).replace(quote + quote, quote);
    }
}
