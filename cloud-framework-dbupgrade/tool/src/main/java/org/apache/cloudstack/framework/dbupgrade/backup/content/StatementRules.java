package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The statements that a dump may have: those that a restore needs, on the databases of the backup. */
final class StatementRules {

    private static final Set<String> DROPPED =
            Set.of("TABLE", "VIEW", "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "SEQUENCE");

    private final Names names;
    private final DumpSession session;
    private final List<String> definers;

    StatementRules(Names names, DumpSession session, List<String> definers) {
        this.names = names;
        this.session = session;
        this.definers = definers;
    }

    /**
     * What a statement does that may be.
     *
     * @param follows whether the session takes notice of what is set
     */
    Effect check(List<DumpToken> statement, boolean follows) throws RefusedContentException {
        Tokens tokens = new Tokens(statement);
        if (tokens.isAtEnd()) {
            return Effect.NONE;
        }
        if (tokens.take("SET")) {
            return new SetRules(session, follows).check(tokens);
        }
        if (tokens.take("CREATE")) {
            return new CreateRules(names, definers, session.isOracle()).check(tokens);
        }
        if (tokens.take("DROP")) {
            return drop(tokens);
        }
        if (tokens.take("USE")) {
            Effect effect = Effect.of("USE", names.database(tokens));
            tokens.requireEnd();
            return effect;
        }
        return tokens.take("ALTER") ? alter(tokens) : other(tokens);
    }

    private Effect drop(Tokens tokens) throws RefusedContentException {
        if (tokens.takeOneOf(DROPPED).isEmpty()) {
            throw tokens.unexpected();
        }
        tokens.take("IF", "EXISTS");
        List<String> dropped = new ArrayList<>();
        do {
            dropped.add(names.read(tokens));
        } while (tokens.take(","));
        tokens.requireEnd();
        return new Effect("DROP", dropped);
    }

    private Effect alter(Tokens tokens) throws RefusedContentException {
        if (tokens.take("DATABASE")) {
            String name = names.database(tokens);
            CreateRules.databaseOptions(tokens);
            return Effect.of("ALTER DATABASE", name);
        }
        tokens.require("TABLE");
        String name = names.read(tokens);
        if (!tokens.take("DISABLE")) {
            tokens.require("ENABLE");
        }
        tokens.require("KEYS");
        tokens.requireEnd();
        return Effect.of("ALTER TABLE", name);
    }

    private Effect other(Tokens tokens) throws RefusedContentException {
        if (tokens.take("LOCK", "TABLES")) {
            String name = names.read(tokens);
            tokens.require("WRITE");
            tokens.requireEnd();
            return Effect.of("LOCK TABLES", name);
        }
        if (tokens.take("UNLOCK", "TABLES") || tokens.take("COMMIT") || tokens.take("START", "TRANSACTION")) {
            tokens.requireEnd();
            return Effect.of("SESSION");
        }
        if (tokens.take("SELECT", "SETVAL", "(") || tokens.take("DO", "SETVAL", "(")) {
            return sequenceValue(tokens);
        }
        throw new RefusedContentException("a statement " + tokens.opening() + ", which no restore needs");
    }

    private Effect sequenceValue(Tokens tokens) throws RefusedContentException {
        String name = names.read(tokens);
        while (tokens.take(",")) {
            tokens.take("-");
            if (!tokens.next().isNumber()) {
                throw tokens.unexpected();
            }
        }
        tokens.require(")");
        tokens.requireEnd();
        return Effect.of("SETVAL", name);
    }
}
