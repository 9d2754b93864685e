package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Lexer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.MaskedStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.QuoteRules;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/**
 * The place at which a server stopped reading a statement, without literals. Nobody knows where a string ends in a statement
 * that cannot be read, so the place is shown only where no string is before it; in a CREATE TABLE, where each string
 * before it ends at a comma or a bracket.
 */
final class ErrorPlace {

    private static final Pattern TABLE = Pattern.compile(
            "\\s*(?:CREATE|ALTER)\\s+(?:\\w+\\s+)*?TABLE\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A password may follow, which some write without quotes. */
    private static final Pattern SECRET = Pattern.compile("IDENTIFIED|\\w*PASSWORD", Pattern.CASE_INSENSITIVE);

    private ErrorPlace() {}

    /**
     * Up to the first literal.
     *
     * @param quoted the rest of the statement as the server quotes it, which may be cut off
     */
    static Optional<String> in(SqlStatement statement, String quoted) {
        String text = statement.text();
        int at = quoted.isBlank() ? -1 : text.indexOf(quoted);
        boolean isCertain = at >= 0 && text.indexOf(quoted, at + 1) < 0 && isPlain(text, at);
        return isCertain ? Optional.of(MaskedStatement.ofUnreadable(new SqlStatement(1, 1, quoted))) : Optional.empty();
    }

    private static boolean isBeforeSecret(Lexer lexer) {
        return lexer.kind() == Lexer.Kind.WORD && SECRET.matcher(lexer.text()).matches();
    }

    private static boolean isPlain(String text, int end) {
        boolean mayHaveStrings = TABLE.matcher(text).matches();
        Lexer lexer = new Lexer(text, QuoteRules.DEFAULT);
        boolean afterString = false;
        while (lexer.next() && lexer.start() < end) {
            boolean isString = lexer.kind() == Lexer.Kind.STRING || lexer.kind() == Lexer.Kind.DOUBLE_QUOTED;
            boolean endsString = lexer.is(",") || lexer.is(")");
            if (lexer.end() > end
                    || isBeforeSecret(lexer)
                    || isString && !mayHaveStrings
                    || afterString && !endsString) {
                return false;
            }
            afterString = isString;
        }
        return !afterString;
    }
}
