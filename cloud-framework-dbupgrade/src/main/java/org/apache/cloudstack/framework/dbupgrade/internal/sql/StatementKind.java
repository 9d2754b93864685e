package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of statements, as far as running them in order and resuming after them asks for. */
public enum StatementKind {
    /** Changes rows, and commits and rolls back together with other rows. */
    DATA,
    /** Changes the session only. */
    SESSION,
    /** Opens a transaction or table lock of the script's own. */
    BLOCK_BEGIN,
    /** Ends what {@link #BLOCK_BEGIN} opened. */
    BLOCK_END,
    /** Reads only. */
    QUERY,
    /** Anything else; definitions of tables, views and routines commit at once. */
    OTHER;

    private static final Pattern NOISE =
            Pattern.compile("\\s+|#[^\\n]*|--[^\\n]*|/\\*M?!\\d*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Map<String, StatementKind> BY_FIRST_WORD = Map.ofEntries(
            Map.entry("INSERT", DATA),
            Map.entry("UPDATE", DATA),
            Map.entry("DELETE", DATA),
            Map.entry("REPLACE", DATA),
            Map.entry("SET", SESSION),
            Map.entry("USE", SESSION),
            Map.entry("BEGIN", BLOCK_BEGIN),
            Map.entry("COMMIT", BLOCK_END),
            Map.entry("ROLLBACK", BLOCK_END),
            Map.entry("SELECT", QUERY),
            Map.entry("SHOW", QUERY));
    /** MariaDB's settings for one statement; a value may be quoted. */
    private static final Pattern SETTINGS_FOR_ONE = Pattern.compile(
            "SET\\s+STATEMENT\\s(?:'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|[^'\"]){0,500}?\\sFOR\\s",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Map<String, StatementKind> BY_TWO_WORDS = Map.of(
            "BEGIN NOT",
            OTHER,
            "START TRANSACTION",
            BLOCK_BEGIN,
            "LOCK TABLES",
            BLOCK_BEGIN,
            "LOCK TABLE",
            BLOCK_BEGIN,
            "UNLOCK TABLES",
            BLOCK_END,
            "UNLOCK TABLE",
            BLOCK_END,
            "ROLLBACK TO",
            OTHER,
            "SET GLOBAL",
            OTHER,
            "SET PASSWORD",
            OTHER);

    /** Reads the first words of a statement, after comments. */
    static StatementKind of(String statement) {
        int begin = beginOf(statement);
        while (begin < statement.length() && statement.charAt(begin) == '(') {
            begin++;
        }
        int first = skipBlanks(statement, begin);
        int end = skipLetters(statement, first);
        String word = statement.substring(first, end).toUpperCase(Locale.ROOT);
        StatementKind byFirst = BY_FIRST_WORD.getOrDefault(word, OTHER);
        if (byFirst == DATA) {
            return DATA;
        }
        int second = skipBlanks(statement, end);
        String next =
                statement.substring(second, skipLetters(statement, second)).toUpperCase(Locale.ROOT);
        return BY_TWO_WORDS.getOrDefault(word + " " + (next.startsWith("PERSIST") ? "GLOBAL" : next), byFirst);
    }

    private static int skipBlanks(String statement, int from) {
        int at = from;
        while (at < statement.length() && Character.isWhitespace(statement.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipLetters(String statement, int from) {
        int at = from;
        while (at < statement.length() && isLetter(statement.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /**
     * Where the first word is, after blanks, comments and the settings for one statement; what a comment directive holds is
     * no comment.
     */
    static int beginOf(String statement) {
        int begin = behindNoise(statement, 0);
        if (!statement.regionMatches(true, begin, "SET", 0, "SET".length())) {
            return begin;
        }
        Matcher settings = SETTINGS_FOR_ONE.matcher(statement).region(begin, statement.length());
        return settings.lookingAt() ? beginOf(statement, settings.end()) : begin;
    }

    /** Whether it starts with settings for one statement. */
    static boolean hasSettings(String statement) {
        return SETTINGS_FOR_ONE
                .matcher(statement)
                .region(behindNoise(statement, 0), statement.length())
                .lookingAt();
    }

    private static int beginOf(String statement, int from) {
        return from + beginOf(statement.substring(from));
    }

    private static int behindNoise(String statement, int from) {
        if (from < statement.length() && Character.isLetter(statement.charAt(from))) {
            return from;
        }
        Matcher noise = NOISE.matcher(statement).region(from, statement.length());
        while (noise.lookingAt()) {
            noise.region(noise.end(), statement.length());
        }
        return noise.regionStart();
    }
}
