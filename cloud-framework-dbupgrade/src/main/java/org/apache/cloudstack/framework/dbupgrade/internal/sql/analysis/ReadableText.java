package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as the parser reads it: without comments, with comment directives opened, and with what the servers read
 * and the parser does not put in words it knows. Lines stay where they were.
 *
 * @param sql the text
 * @param guarded the names, in lower case, that stood after an {@code IF EXISTS} or {@code IF NOT EXISTS} taken out
 */
record ReadableText(String sql, Set<String> guarded) {

    private static final String NAME = "(`(?:[^`]|``)+`|[\\w$]+)";
    private static final Pattern GUARD = insensitive(
            "\\b(?:ADD|DROP|MODIFY|CHANGE|RENAME|INDEX|KEY|COLUMN|CONSTRAINT|UNIQUE)\\s+(IF\\s+(?:NOT\\s+)?EXISTS)\\s*"
                    + NAME + "?");
    private static final Pattern WITH_GUARDS = insensitive(
            "\\s*(?:ALTER\\s+(?:IGNORE\\s+)?TABLE|CREATE\\s+(?:UNIQUE\\s+|FULLTEXT\\s+|SPATIAL\\s+)?INDEX)\\b");
    private static final Pattern ROUTINE =
            insensitive("\\s*CREATE\\b.{0,200}?\\b(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)\\b");
    private static final Pattern NAME_OF_FOREIGN_KEY = insensitive("CONSTRAINT\\s+" + NAME + "\\s+FOREIGN\\s+KEY\\s*$");
    private static final Pattern CHARSET = insensitive("\\b(?:DEFAULT\\s+)?CHARSET\\b");
    private static final Pattern CHARACTERISTIC =
            insensitive("\\b(?:READS\\s+SQL\\s+DATA|MODIFIES\\s+SQL\\s+DATA|NO\\s+SQL"
                    + "|CONTAINS\\s+SQL|SQL\\s+SECURITY\\s+(?:DEFINER|INVOKER)|NOT\\s+DETERMINISTIC)\\b");
    private static final Pattern EXIT_HANDLER = insensitive("(?<=\\bDECLARE)\\s+EXIT(?=\\s+HANDLER\\b)");
    private static final Pattern DO = insensitive("\\s*DO\\b");
    private static final Pattern QUOTED =
            Pattern.compile("`[^`]*+`|'(?:[^'\\\\]|\\\\.|'')*+'|\"(?:[^\"\\\\]|\\\\.|\"\")*+\"", Pattern.DOTALL);

    static ReadableText of(String statement) {
        String sql = CommentWalk.open(statement);
        if (WITH_GUARDS.matcher(sql).lookingAt()) {
            return withoutGuards(replaced(sql, CHARSET, "CHARACTER SET"));
        }
        if (ROUTINE.matcher(sql).lookingAt()) {
            // which handler it is does not change what the body touches
            sql = replaced(replaced(sql, CHARACTERISTIC, ""), EXIT_HANDLER, " CONTINUE");
        }
        Matcher evaluation = DO.matcher(sql);
        return new ReadableText(evaluation.lookingAt() ? asQuery(sql, evaluation.end()) : sql, Set.of());
    }

    boolean isBlank() {
        return sql.isBlank();
    }

    boolean guards(String name) {
        return guarded.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String asQuery(String sql, int endOfDo) {
        return sql.substring(0, endOfDo - "DO".length()) + "SELECT" + sql.substring(endOfDo);
    }

    private static ReadableText withoutGuards(String sql) {
        StringBuilder plain = new StringBuilder(sql);
        Set<String> guarded = new HashSet<>();
        Matcher guard = GUARD.matcher(masked(sql));
        while (guard.find()) {
            int from = guard.start(1);
            plain.replace(from, guard.end(1), " ".repeat(guard.end(1) - from));
            Matcher foreignKey = NAME_OF_FOREIGN_KEY.matcher(sql).region(0, from);
            if (guard.group(2) != null) {
                guarded.add(Names.plain(guard.group(2)).toLowerCase(Locale.ROOT));
            } else if (foreignKey.find()) {
                guarded.add(Names.plain(foreignKey.group(1)).toLowerCase(Locale.ROOT));
            }
        }
        return new ReadableText(plain.toString(), guarded);
    }

    private static String replaced(String sql, Pattern words, String others) {
        Matcher found = words.matcher(masked(sql));
        StringBuilder text = new StringBuilder();
        int done = 0;
        while (found.find()) {
            text.append(sql, done, found.start()).append(others);
            done = found.end();
        }
        return done == 0 ? sql : text.append(sql, done, sql.length()).toString();
    }

    /** The same text with other characters in strings, where nothing may be looked for; a quote in a name starts none. */
    private static String masked(String sql) {
        return QUOTED.matcher(sql)
                .replaceAll(quoted -> quoted.group().startsWith("`")
                        ? Matcher.quoteReplacement(quoted.group())
                        : "'".repeat(quoted.group().length()));
    }

    private static Pattern insensitive(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
