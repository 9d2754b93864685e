package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The statements with which a dump creates something. */
final class CreateRules {

    /** Those that keep the rows of a table with the table, and read nothing else. */
    private static final Set<String> ENGINES = Set.of(
            "INNODB",
            "MYISAM",
            "ARIA",
            "MEMORY",
            "HEAP",
            "ARCHIVE",
            "CSV",
            "BLACKHOLE",
            "NDB",
            "NDBCLUSTER",
            "ROCKSDB",
            "TOKUDB",
            "COLUMNSTORE",
            "MROONGA");

    /** After the columns: options with plain values, and partitions. */
    private static final Set<String> TABLE_OPTIONS = Set.of(
            "ENGINE",
            "AUTO_INCREMENT",
            "DEFAULT",
            "CHARSET",
            "CHARACTER",
            "SET",
            "COLLATE",
            "COMMENT",
            "ROW_FORMAT",
            "KEY_BLOCK_SIZE",
            "STATS_PERSISTENT",
            "STATS_AUTO_RECALC",
            "STATS_SAMPLE_PAGES",
            "PACK_KEYS",
            "CHECKSUM",
            "TABLE_CHECKSUM",
            "DELAY_KEY_WRITE",
            "AVG_ROW_LENGTH",
            "MAX_ROWS",
            "MIN_ROWS",
            "TRANSACTIONAL",
            "PAGE_CHECKSUM",
            "PAGE_COMPRESSED",
            "PAGE_COMPRESSION_LEVEL",
            "ENCRYPTED",
            "ENCRYPTION_KEY_ID",
            "ENCRYPTION",
            "COMPRESSION",
            "TABLESPACE",
            "STORAGE",
            "DISK",
            "SECONDARY_ENGINE",
            "AUTOEXTEND_SIZE",
            "ENGINE_ATTRIBUTE",
            "SECONDARY_ENGINE_ATTRIBUTE",
            "SECONDARY_LOAD",
            "SECONDARY_UNLOAD",
            "WITH",
            "WITHOUT",
            "SYSTEM",
            "VERSIONING",
            "PARTITION",
            "BY",
            "RANGE",
            "LIST",
            "HASH",
            "KEY",
            "LINEAR",
            "COLUMNS",
            "ALGORITHM",
            "PARTITIONS",
            "SUBPARTITION",
            "SUBPARTITIONS",
            "SYSTEM_TIME",
            "INTERVAL",
            "LIMIT",
            "STARTS",
            "AUTO",
            "SEQUENCE",
            "START",
            "MINVALUE",
            "MAXVALUE",
            "INCREMENT",
            "CACHE",
            "NOCACHE",
            "CYCLE",
            "NOCYCLE",
            "MICROSECOND",
            "SECOND",
            "MINUTE",
            "HOUR",
            "DAY",
            "WEEK",
            "MONTH",
            "QUARTER",
            "YEAR",
            "TIMESTAMP",
            "DYNAMIC",
            "COMPACT",
            "REDUNDANT",
            "COMPRESSED",
            "FIXED",
            "PAGE",
            "YES",
            "NO",
            "ON",
            "OFF",
            "NONE",
            "NULL",
            "BIGINT",
            "INT",
            "SMALLINT",
            "TINYINT",
            "MEDIUMINT",
            "UNSIGNED",
            "SIGNED",
            "AS");

    /** Values of theirs that are names. */
    private static final Set<String> BEFORE_NAME =
            Set.of("CHARSET", "SET", "COLLATE", "ENGINE", "TABLESPACE", "SECONDARY_ENGINE", "BY", "COLUMNS");

    private static final Set<String> PROGRAMS = Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT");

    private final Names names;
    private final List<String> definers;
    private final boolean isOracle;

    /**
     * The rules for one statement.
     *
     * @param definers gets the accounts that a statement names
     */
    CreateRules(Names names, List<String> definers, boolean isOracle) {
        this.names = names;
        this.definers = definers;
        this.isOracle = isOracle;
    }

    /** What follows the word {@code CREATE}. */
    Effect check(Tokens tokens) throws RefusedContentException {
        if (tokens.take("DATABASE")) {
            return database(tokens);
        }
        if (tokens.take("TABLE")) {
            return table(tokens);
        }
        if (tokens.take("SEQUENCE")) {
            return sequence(tokens);
        }
        tokens.take("OR", "REPLACE");
        if (tokens.take("ALGORITHM", "=")) {
            tokens.next();
        }
        if (tokens.take("DEFINER", "=")) {
            definer(tokens);
        }
        if (tokens.take("SQL", "SECURITY")) {
            tokens.next();
        }
        if (tokens.take("VIEW")) {
            return view(tokens);
        }
        tokens.take("AGGREGATE");
        String kind = tokens.takeOneOf(PROGRAMS).orElse("");
        if (kind.isEmpty()) {
            throw tokens.unexpected();
        }
        if (isOracle) {
            throw new RefusedContentException("a " + kind + " in the mode ORACLE, whose end cannot be read");
        }
        tokens.take("IF", "NOT", "EXISTS");
        String name = names.read(tokens);
        Effect effect = kind.equals("TRIGGER") ? trigger(name, tokens) : Effect.of("CREATE " + kind, name);
        if (kind.equals("EVENT")) {
            schedule(tokens);
        } else if (!kind.equals("TRIGGER")) {
            ProgramHeader.skip(tokens);
        }
        ProgramBody.requireOne(tokens.rest());
        return effect;
    }

    private Effect database(Tokens tokens) throws RefusedContentException {
        tokens.take("IF", "NOT", "EXISTS");
        String name = names.database(tokens);
        databaseOptions(tokens);
        return Effect.of("CREATE DATABASE", name);
    }

    /** Such as {@code DEFAULT CHARACTER SET latin1 COLLATE latin1_bin COMMENT 'x'}. */
    static void databaseOptions(Tokens tokens) throws RefusedContentException {
        while (!tokens.isAtEnd()) {
            tokens.take("DEFAULT");
            if (tokens.take("CHARACTER", "SET") || tokens.take("CHARSET") || tokens.take("COLLATE")) {
                tokens.take("=");
                tokens.name();
            } else if (tokens.take("COMMENT") || tokens.take("ENCRYPTION")) {
                tokens.take("=");
                tokens.string();
            } else {
                throw tokens.unexpected();
            }
        }
    }

    /** Where it exists already, as a view perhaps, the rows that follow are not its own. */
    private Effect table(Tokens tokens) throws RefusedContentException {
        String name = names.read(tokens);
        columns(tokens);
        options(tokens);
        return Effect.of("CREATE TABLE", name);
    }

    private void columns(Tokens tokens) throws RefusedContentException {
        tokens.require("(");
        for (int depth = 1; depth > 0; ) {
            if (tokens.isAtEnd() || tokens.peek().is(";") || tokens.peek().is("SELECT")) {
                throw tokens.unexpected();
            }
            if (tokens.take("REFERENCES")) {
                names.read(tokens);
                continue;
            }
            DumpToken next = tokens.next();
            depth += next.is("(") ? 1 : next.is(")") ? -1 : 0;
        }
    }

    private void options(Tokens tokens) throws RefusedContentException {
        String before = "";
        int depth = 0;
        while (!tokens.isAtEnd()) {
            DumpToken token = tokens.peek();
            if (before.equals("ENGINE")) {
                engine(tokens);
                before = "";
                continue;
            }
            boolean isValue = BEFORE_NAME.contains(before) || before.equals("=");
            boolean isKnown = !token.isWord() || token.isNumber() || isValue || TABLE_OPTIONS.contains(token.text());
            boolean isPlace =
                    token.is("DIRECTORY") || token.is("CONNECTION") || token.is("UNION") || token.is("SELECT");
            if (token.is(";") || token.is("@") || isPlace || depth == 0 && !isKnown) {
                throw tokens.unexpected();
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            before = token.isWord() ? token.text() : token.is("=") && isOption(before) ? before : "";
            tokens.next();
        }
    }

    private static boolean isOption(String word) {
        return TABLE_OPTIONS.contains(word);
    }

    private static void engine(Tokens tokens) throws RefusedContentException {
        tokens.take("=");
        String engine = tokens.name();
        if (!ENGINES.contains(engine.toUpperCase(Locale.ROOT))) {
            throw new RefusedContentException("a table of the engine " + engine
                    + ", which reads something else than rows of" + " its own, or is not known");
        }
    }

    private Effect sequence(Tokens tokens) throws RefusedContentException {
        tokens.take("IF", "NOT", "EXISTS");
        String name = names.read(tokens);
        options(tokens);
        return Effect.of("CREATE TABLE", name);
    }

    private void definer(Tokens tokens) throws RefusedContentException {
        String user = account(tokens);
        String host = tokens.take("@") ? account(tokens) : "%";
        tokens.take("(");
        tokens.take(")");
        String definer = user + "@" + host;
        if (!definers.contains(definer)) {
            definers.add(definer);
        }
    }

    private static String account(Tokens tokens) throws RefusedContentException {
        return tokens.peek().kind() == DumpToken.Kind.STRING ? tokens.string() : tokens.name();
    }

    private Effect view(Tokens tokens) throws RefusedContentException {
        tokens.take("IF", "NOT", "EXISTS");
        String name = names.read(tokens);
        if (tokens.peek().is("(")) {
            tokens.skipBrackets();
        }
        tokens.require("AS");
        while (!tokens.isAtEnd()) {
            if (tokens.peek().is(";") || tokens.peek().is("INTO")) {
                throw tokens.unexpected();
            }
            tokens.next();
        }
        return Effect.of("CREATE VIEW", name);
    }

    private Effect trigger(String name, Tokens tokens) throws RefusedContentException {
        tokens.takeOneOf(Set.of("BEFORE", "AFTER"));
        List<String> objects = new ArrayList<>(List.of(name));
        while (!tokens.peek().is("ON")) {
            if (tokens.takeOneOf(Set.of("INSERT", "UPDATE", "DELETE", "OR", "OF"))
                    .isEmpty()) {
                throw tokens.unexpected();
            }
        }
        tokens.require("ON");
        objects.add(names.read(tokens));
        tokens.require("FOR", "EACH", "ROW");
        if (tokens.takeOneOf(Set.of("FOLLOWS", "PRECEDES")).isPresent()) {
            names.read(tokens);
        }
        return new Effect("CREATE TRIGGER", objects);
    }

    /** The servers compute what it holds when they create the event. */
    private static void schedule(Tokens tokens) throws RefusedContentException {
        tokens.require("ON", "SCHEDULE");
        while (!tokens.take("DO")) {
            if (tokens.isAtEnd()
                    || tokens.peek().is("(")
                    || tokens.peek().is(";")
                    || tokens.peek().is("@")) {
                throw tokens.unexpected();
            }
            tokens.next();
        }
    }
}
