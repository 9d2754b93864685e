package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.Locale;
import java.util.Set;

/** The settings of a session that dumps make. */
final class SetRules {

    static final Effect HOW_TEXT_IS_READ = Effect.of("SET of what decides how text is read");

    private static final Set<String> VARIABLES = Set.of(
            "SQL_MODE",
            "TIME_ZONE",
            "CHARACTER_SET_CLIENT",
            "CHARACTER_SET_RESULTS",
            "CHARACTER_SET_CONNECTION",
            "COLLATION_CONNECTION",
            "FOREIGN_KEY_CHECKS",
            "UNIQUE_CHECKS",
            "SQL_NOTES",
            "NOTE_VERBOSITY",
            "SQL_QUOTE_SHOW_CREATE",
            "AUTOCOMMIT",
            "SYSTEM_VERSIONING_INSERT_HISTORY",
            "SYSTEM_VERSIONING_ALTER_HISTORY",
            "CHECK_CONSTRAINT_CHECKS");

    private final DumpSession session;
    private final boolean follows;
    private boolean matters;

    /**
     * The rules for one statement.
     *
     * @param follows whether the session takes notice of what is set
     */
    SetRules(DumpSession session, boolean follows) {
        this.session = session;
        this.follows = follows;
    }

    /** What follows the word {@code SET}. */
    Effect check(Tokens tokens) throws RefusedContentException {
        if (tokens.take("NAMES")) {
            assign("NAMES", tokens.name());
            if (tokens.take("COLLATE")) {
                tokens.name();
            }
            tokens.requireEnd();
        } else {
            do {
                assignment(tokens);
            } while (tokens.take(","));
            tokens.requireEnd();
        }
        return matters ? HOW_TEXT_IS_READ : Effect.of("SET");
    }

    private void assignment(Tokens tokens) throws RefusedContentException {
        if (tokens.peek().is("@") && !tokens.peek(1).is("@")) {
            tokens.next();
            String user = tokens.name().toUpperCase(Locale.ROOT);
            equalSign(tokens);
            String kept = systemVariable(tokens);
            matters |= DumpSession.matters(kept);
            if (follows) {
                session.keep(user, kept);
            }
            return;
        }
        String variable = tokens.peek().is("@") ? systemVariable(tokens) : variable(tokens);
        equalSign(tokens);
        value(variable, tokens);
    }

    private static void equalSign(Tokens tokens) throws RefusedContentException {
        tokens.take(":");
        tokens.require("=");
    }

    private static String systemVariable(Tokens tokens) throws RefusedContentException {
        tokens.require("@", "@");
        if (tokens.peek(1).is(".") && (tokens.take("SESSION") || tokens.take("LOCAL"))) {
            tokens.require(".");
        }
        return known(tokens);
    }

    private static String variable(Tokens tokens) throws RefusedContentException {
        if (!tokens.take("SESSION")) {
            tokens.take("LOCAL");
        }
        return known(tokens);
    }

    private static String known(Tokens tokens) throws RefusedContentException {
        if (!tokens.peek().isWord() || !VARIABLES.contains(tokens.peek().text())) {
            throw tokens.unexpected();
        }
        return tokens.next().text();
    }

    private void value(String variable, Tokens tokens) throws RefusedContentException {
        if (tokens.peek().is("@") && !tokens.peek(1).is("@")) {
            tokens.next();
            String user = tokens.name().toUpperCase(Locale.ROOT);
            String kept = session.kept(user);
            if (DumpSession.matters(variable) && kept == null) {
                throw new RefusedContentException("a SET of " + variable + " from a variable that was not kept");
            }
            assign(variable, kept == null ? "" : kept);
        } else if (tokens.peek().kind() == DumpToken.Kind.STRING
                || tokens.peek().isWord()) {
            boolean isNumber = tokens.peek().isNumber();
            if (isNumber && DumpSession.matters(variable) || tokens.peek(1).is("(")) {
                throw tokens.unexpected();
            }
            assign(variable, tokens.next().text());
        } else {
            throw tokens.unexpected();
        }
    }

    private void assign(String variable, String value) throws RefusedContentException {
        matters |= DumpSession.matters(variable);
        if (variable.equals("SQL_MODE") && value.equals("DEFAULT")) {
            throw new RefusedContentException("a SET of SQL_MODE to DEFAULT, which depends on the server");
        }
        if (follows) {
            session.set(variable, value);
        }
    }
}
