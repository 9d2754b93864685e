package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One statement of a script.
 *
 * @param number its place in the script, from 1
 * @param line the line of the script on which it starts, from 1
 * @param text what is sent to the server, without the delimiter
 * @param rules what the mode that it runs under says about quotes
 * @param kind what the first word shows of the statement
 */
public record SqlStatement(int number, int line, String text, QuoteRules rules, StatementKind kind) {

    /** A statement that runs under the given rules. */
    public SqlStatement(int number, int line, String text, QuoteRules rules) {
        this(number, line, text, rules, StatementKind.of(text));
    }

    /** A statement that runs under the pinned mode. */
    public SqlStatement(int number, int line, String text) {
        this(number, line, text, QuoteRules.DEFAULT);
    }

    /** The text as it would be written under the pinned mode, for reading it. */
    public String standardText() {
        if (rules.equals(QuoteRules.DEFAULT)) {
            return text;
        }
        StringBuilder standard = new StringBuilder();
        Lexer lexer = new Lexer(text, rules);
        int done = 0;
        while (lexer.next()) {
            standard.append(text, done, lexer.start());
            String piece = lexer.text();
            boolean isString = lexer.kind() == Lexer.Kind.STRING || lexer.kind() == Lexer.Kind.DOUBLE_QUOTED;
            if (rules.ansiQuotes() && lexer.kind() == Lexer.Kind.DOUBLE_QUOTED && piece.length() > 1) {
                String name = piece.substring(1, piece.length() - 1).replace("\"\"", "\"");
                standard.append('`').append(name.replace("`", "``")).append('`');
            } else {
                standard.append(isString && rules.noBackslashEscapes() ? piece.replace("\\", "\\\\") : piece);
            }
            done = lexer.end();
        }
        return standard.append(text, done, text.length()).toString();
    }

    private static final List<String> DEFINITIONS = List.of("CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE");

    private static final List<String> ABOUT_SAVEPOINTS = List.of("SAVEPOINT", "RELEASE", "ROLLBACK");

    private static final Pattern INTO_VARIABLE = Pattern.compile("\\bINTO\\s+@", Pattern.CASE_INSENSITIVE);

    private static final Pattern DROPS_TEMPORARY_TABLE =
            Pattern.compile("DROP\\s+TEMPORARY\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern TEMPORARY = Pattern.compile(
            "(CREATE\\s+(OR\\s+REPLACE\\s+)?|DROP\\s+)TEMPORARY\\b|DROP\\s+PREPARE\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_PARTS = Pattern.compile(
            "(DROP|RENAME|GRANT|REVOKE)\\b.*,.*|DROP\\s+(DATABASE|SCHEMA)\\b.*|(CREATE|ALTER)\\s+(USER|ROLE)\\b.*,.*"
                    + "|CREATE\\s+OR\\s+REPLACE\\b(?!(\\s+\\S+){0,6}?\\s+VIEW\\b).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Phrase NAMES_AUTO_COMMIT = Phrase.of("\\bautocommit\\b", "AUTOCOMMIT");

    private static final Phrase OUTCOME = Phrase.of(
            "\\b(?:ROW_COUNT|FOUND_ROWS)\\s*\\(|@@(?:session\\.)?(?:warning|error)_count|\\bGET\\s+(?:CURRENT\\s+)?DIAGNOSTICS"
                    + "|\\bSHOW\\s+(?:WARNINGS|ERRORS|COUNT)",
            "_COUNT",
            "FOUND_ROWS",
            "DIAGNOSTICS",
            "SHOW");

    private static final Pattern USER_VARIABLE = Pattern.compile("(?<![@\\w])@(?:([\\w.$]+)|`([^`]+)`)");

    /** Whether it defines something, which the server commits at once. */
    public boolean isDefinition() {
        return startsWithOneOf(DEFINITIONS);
    }

    /** Whether the server commits what came before it, so that it cannot be a part of a transaction. */
    public boolean commitsBefore() {
        return isDefinition()
                && !TEMPORARY.matcher(text).region(beginOfText(), text.length()).lookingAt();
    }

    /** Whether it drops temporary tables, which no rollback brings back. */
    public boolean dropsTemporaryTable() {
        return DROPS_TEMPORARY_TABLE
                .matcher(text)
                .region(beginOfText(), text.length())
                .lookingAt();
    }

    /** Whether it may have done a part of its work when it fails, as several objects may be dropped one by one. */
    public boolean mayFailInPart() {
        return IN_PARTS.matcher(text).region(beginOfText(), text.length()).lookingAt();
    }

    /** Whether it sets, releases or goes back to a savepoint. */
    public boolean isAboutSavepoints() {
        return startsWithOneOf(ABOUT_SAVEPOINTS);
    }

    /** Whether it may switch auto-commit. */
    public boolean namesAutoCommit() {
        return NAMES_AUTO_COMMIT.isIn(text);
    }

    /** Whether it is a query that puts what it finds into variables, or prepares a statement: part of the session too. */
    public boolean setsVariables() {
        return startsWith("PREPARE")
                || kind == StatementKind.QUERY && INTO_VARIABLE.matcher(text).find();
    }

    /** The user variables it names, without {@code @} and quotes; a name in a string or comment is taken for one too. */
    public Set<String> userVariables() {
        return userVariablesIn(text);
    }

    /** The user variables that any text names. */
    public static Set<String> userVariablesIn(String text) {
        return text.indexOf('@') < 0
                ? Set.of()
                : USER_VARIABLE
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .collect(Collectors.toSet());
    }

    /** Whether it reads what the server reports about the statement before it, such as the number of its rows. */
    public boolean readsOutcome() {
        return OUTCOME.isIn(text);
    }

    /** The text without the comments before its first word. */
    public String withoutComments() {
        return text.substring(beginOfText());
    }

    /** The {@link #standardText} without what MariaDB sets for this one statement, {@code SET STATEMENT … FOR}. */
    public String withoutSettings() {
        String standard = standardText();
        return StatementKind.hasSettings(standard) ? standard.substring(StatementKind.beginOf(standard)) : standard;
    }

    private int beginOfText() {
        return StatementKind.beginOf(text);
    }

    /** Rows are changed by far the most statements, and none of those words starts one. */
    private boolean startsWithOneOf(List<String> words) {
        if (kind == StatementKind.DATA) {
            return false;
        }
        int begin = beginOfText();
        for (String word : words) {
            if (text.regionMatches(true, begin, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the first word, after comments, is the given one. */
    public boolean startsWith(String word) {
        return text.regionMatches(true, beginOfText(), word, 0, word.length());
    }
}
