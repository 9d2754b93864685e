package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/**
 * Something that ends with its session and that no statement can bring back as it was.
 *
 * @param kind what it is
 * @param name its name, without quotes
 * @param statement the number of the statement that made it
 */
public record SessionObject(Kind kind, String name, int statement) {

    private static final Pattern LINE = Pattern.compile("-- ([A-Z_]+) from statement (\\d+): (.*)");

    /** A value of more bytes is not kept. */
    public static final int LARGEST_VALUE = 64 * 1024;

    /** What a session may hold. */
    public enum Kind {
        TEMPORARY_TABLE("\\bCREATE\\b", "\\bDROP\\s+(?:TEMPORARY\\s+)?TABLES?\\b[^;]*?%s"),
        USER_LOCK("\\bGET_LOCK\\b", "\\bRELEASE_(?:LOCK\\s*\\(\\s*'%s'|ALL_LOCKS\\b)"),
        HANDLER("\\bOPEN\\b", "\\bHANDLER\\s+`?%s`?\\s+CLOSE"),
        /** A user variable whose value is too large to be kept. */
        USER_VARIABLE("", "$.");

        private final String begin;
        private final String end;

        /** Words by which SQL makes it, and end the one of a name. */
        Kind(String begin, String end) {
            this.begin = begin;
            this.end = end;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Its name without that of its database. */
    public String simpleName() {
        return name.substring(name.indexOf('.') + 1);
    }

    /** Whether a statement may use it; one whose text is not all that it runs may. */
    boolean mayBeUsedBy(SqlStatement statement) {
        return statement.startsWith("CALL")
                || statement.startsWith("EXECUTE")
                || Pattern.compile("(?<![\\w$])" + Pattern.quote(simpleName()) + "(?![\\w$])", Pattern.CASE_INSENSITIVE)
                        .matcher(statement.text())
                        .find();
    }

    /** Whether it is gone after a text that may make it; only a text says that of what nobody has run yet. */
    boolean endsIn(String text) {
        int end = last(kind.end.formatted("(?<![\\w$])" + Pattern.quote(simpleName()) + "(?![\\w$])"), text);
        return end > last(kind.begin, text);
    }

    private static int last(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .results()
                .mapToInt(java.util.regex.MatchResult::start)
                .max()
                .orElse(-1);
    }

    /** The number of the last statement that may use it. */
    int lastUse(List<SqlStatement> statements) {
        return statements.stream()
                .filter(this::mayBeUsedBy)
                .mapToInt(SqlStatement::number)
                .max()
                .orElse(statement);
    }

    String line() {
        return "-- %s from statement %d: %s".formatted(kind.name(), statement, name.replaceAll("\\R", " "));
    }

    static boolean isLine(String line) {
        return LINE.matcher(line).matches();
    }

    static SessionObject ofLine(String line) {
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("Not what a session holds: " + line);
        }
        return new SessionObject(Kind.valueOf(found.group(1)), found.group(3), Integer.parseInt(found.group(2)));
    }
}
