package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one backup, in the order in which they are restored. Each statement is known to be one that a restore needs, or
 * the file is refused. The bodies of views and stored programs may hold anything; none of them runs while a dump is loaded.
 */
public final class DumpContent {

    private static final int MOST_TOKENS = 2_000_000;

    private final Set<String> databases;
    private final List<String> definers = new ArrayList<>();
    private final Set<String> tables = new HashSet<>();
    private final Set<String> withTrigger = new HashSet<>();

    /** Of a backup of these databases. */
    public DumpContent(List<String> databases) {
        this.databases = Set.copyOf(databases);
    }

    /** The accounts with whose rights views and stored programs run, such as {@code root@localhost}. */
    public List<String> definers() {
        return List.copyOf(definers);
    }

    /**
     * Reads the text of one file.
     *
     * @param name of the file, for the reason
     * @param database which the session uses at the start, if any
     * @throws RefusedContentException when it has something that a restore does not need
     */
    public void check(String name, @Nullable String database, InputStream text)
            throws IOException, RefusedContentException {
        DumpSession session = new DumpSession(database);
        DumpLexer lexer = new DumpLexer(text, session);
        int line = 1;
        try {
            List<DumpToken> statement = new ArrayList<>();
            for (Optional<DumpToken> next = lexer.next(false); next.isPresent(); next = lexer.next(false)) {
                DumpToken token = next.get();
                line = statement.isEmpty() ? lexer.line() : line;
                if (token.kind() == DumpToken.Kind.END) {
                    statement(statement, session);
                    statement.clear();
                } else if (!isDelimiterLine(token, statement, lexer, session)) {
                    statement.add(token);
                    if (startsRows(statement)) {
                        rows(statement, lexer, session);
                        statement.clear();
                    }
                }
                if (statement.size() > MOST_TOKENS) {
                    throw new RefusedContentException("a statement without an end");
                }
            }
            requireEnd(statement, session);
        } catch (RefusedContentException e) {
            throw new RefusedContentException(name + " has, in the statement at line " + line + ", " + e.reason());
        }
    }

    /** Requires that a text is the statement that creates this database. */
    public static void requireCreation(String database, String statement) throws RefusedContentException {
        DumpContent content = new DumpContent(List.of(database));
        DumpSession session = new DumpSession(null);
        DumpLexer lexer = new DumpLexer(new ByteArrayInputStream(statement.getBytes(StandardCharsets.UTF_8)), session);
        List<DumpToken> tokens = new ArrayList<>();
        try {
            for (Optional<DumpToken> next = lexer.next(false); next.isPresent(); next = lexer.next(false)) {
                tokens.add(next.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!content.effect(tokens, session).equals(Effect.of("CREATE DATABASE", database))) {
            throw new RefusedContentException("a statement that does not create the database " + database);
        }
    }

    /** Requires that rows are of one of these databases. */
    public static void requireKnown(@Nullable String database, Set<String> databases) throws RefusedContentException {
        if (database != null && !databases.contains(database)) {
            throw new RefusedContentException(
                    "the manifest names rows of the database " + database + ", which is none of those of the backup");
        }
    }

    private static void requireEnd(List<DumpToken> statement, DumpSession session) throws RefusedContentException {
        if (!statement.isEmpty()) {
            throw new RefusedContentException("no end");
        }
        if (!session.delimiter().equals(";") || !session.isPlain()) {
            throw new RefusedContentException("a delimiter or a character set that the next file would be read with");
        }
    }

    private static boolean isDelimiterLine(
            DumpToken token, List<DumpToken> statement, DumpLexer lexer, DumpSession session)
            throws IOException, RefusedContentException {
        if (!token.is("DELIMITER")) {
            return false;
        }
        if (!statement.isEmpty() || !lexer.isLineOfItsOwn()) {
            throw new RefusedContentException("the word DELIMITER, which the client takes for a command");
        }
        session.delimit(lexer.delimiter());
        return true;
    }

    private static boolean startsRows(List<DumpToken> statement) {
        return statement.get(0).is("INSERT")
                && statement.get(statement.size() - 1).is("VALUES");
    }

    private void rows(List<DumpToken> start, DumpLexer lexer, DumpSession session)
            throws IOException, RefusedContentException {
        Tokens tokens = new Tokens(start);
        tokens.require("INSERT", "INTO");
        String table = names(session).read(tokens);
        if (tokens.peek().is("(")) {
            tokens.skipBrackets();
        }
        tokens.require("VALUES");
        tokens.requireEnd();
        if (start.stream().anyMatch(DumpToken::byVersion)) {
            throw new RefusedContentException("rows in a comment directive that only some servers read");
        }
        if (!tables.contains(table)) {
            throw new RefusedContentException(
                    "rows of " + table + ", which the backup does not create as a table before");
        }
        if (withTrigger.contains(table)) {
            throw new RefusedContentException("rows of " + table + " after a trigger, which would run");
        }
        RowRules rules = new RowRules();
        for (Optional<DumpToken> next = lexer.next(true); next.isPresent(); next = lexer.next(true)) {
            if (next.get().kind() == DumpToken.Kind.END) {
                rules.end();
                return;
            }
            rules.take(next.get());
        }
        throw new RefusedContentException("no end");
    }

    private void statement(List<DumpToken> statement, DumpSession session) throws RefusedContentException {
        Effect effect = effect(statement, session);
        switch (effect.kind()) {
            case "USE" -> session.use(effect.names().get(0));
            case "CREATE TABLE" -> tables.addAll(effect.names());
            case "CREATE VIEW", "DROP" ->
                // some servers take names in any case for the same
                effect.names().forEach(name -> tables.removeIf(name::equalsIgnoreCase));
            case "CREATE TRIGGER" -> withTrigger.add(table(effect.names().get(1)));
            default -> {
                // of no interest to the statements that follow
            }
        }
    }

    /** The table of a trigger, which may be written in another case. */
    private String table(String name) throws RefusedContentException {
        return tables.stream()
                .filter(table -> table.equals(name))
                .findFirst()
                .or(() -> tables.stream().filter(name::equalsIgnoreCase).findFirst())
                .orElseThrow(() -> new RefusedContentException(
                        "a trigger of " + name + ", which the backup does not create as a table before"));
    }

    /** What every server would do with it. */
    private Effect effect(List<DumpToken> statement, DumpSession session) throws RefusedContentException {
        StatementRules rules = new StatementRules(names(session), session, definers);
        List<DumpToken> readByAll =
                statement.stream().filter(token -> !token.byVersion()).toList();
        boolean isSame = readByAll.size() == statement.size();
        Effect effect = rules.check(List.copyOf(statement), isSame);
        if (isSame) {
            return effect;
        }
        boolean isPlain = readByAll.isEmpty() && effect.equals(Effect.of("SET"));
        if (effect.equals(SetRules.HOW_TEXT_IS_READ)
                || !isPlain && !rules.check(readByAll, true).equals(effect)) {
            throw new RefusedContentException("a statement that does different things on different servers");
        }
        return effect;
    }

    private Names names(DumpSession session) {
        return new Names(databases, session.database());
    }
}
