package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a {@code sql_mode} says about quotes.
 *
 * @param ansiQuotes whether double quotes hold a name
 * @param noBackslashEscapes whether a backslash in a string is a character like any other
 */
public record QuoteRules(boolean ansiQuotes, boolean noBackslashEscapes) {

    /** What the pinned mode says. */
    public static final QuoteRules DEFAULT = new QuoteRules(false, false);

    private static final List<String> WITH_ANSI_QUOTES =
            List.of("ANSI_QUOTES", "ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL");
    private static final String NO_BACKSLASH_ESCAPES = "NO_BACKSLASH_ESCAPES";

    /** Reads a list of modes, with commas. */
    public static QuoteRules of(String sqlMode) {
        List<String> modes =
                Arrays.stream(sqlMode.toUpperCase(Locale.ROOT).split("[\\s,]+")).toList();
        return new QuoteRules(
                modes.stream().anyMatch(WITH_ANSI_QUOTES::contains), modes.contains(NO_BACKSLASH_ESCAPES));
    }

    /** Whether a backslash escapes inside a quote. */
    boolean escapesIn(char quote) {
        return quote == '\'' ? !noBackslashEscapes : quote == '"' && !ansiQuotes && !noBackslashEscapes;
    }
}
