package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/**
 * A script that is one definition of a table and has nothing that could hide a delimiter: no string, comment or block. It is
 * read in a fraction of the time of a parser, which for thousands of them is what an upgrade begins with.
 */
final class PlainScript {

    private static final String SIGNS = " \t\n`(),.=_$0123456789";
    private static final Set<String> WORDS_OF_BLOCKS = Set.of(
            "DELIMITER", "BEGIN", "END", "CASE", "IF", "LOOP", "REPEAT", "WHILE", "FOR", "DO", "PROCEDURE", "FUNCTION");

    private PlainScript() {}

    /** The one statement; empty when the text may hold anything else. */
    static Optional<SqlStatement> statementOf(String text) {
        String statement = text.strip();
        if (statement.endsWith(";")) {
            statement = statement.substring(0, statement.length() - 1);
        }
        boolean isDefinition = startsWith(statement, "CREATE TABLE ") || startsWith(statement, "ALTER TABLE ");
        return isDefinition && isPlain(statement)
                ? Optional.of(new SqlStatement(1, lineOf(statement, text), statement))
                : Optional.empty();
    }

    private static boolean startsWith(String statement, String words) {
        return statement.regionMatches(true, 0, words, 0, words.length());
    }

    private static boolean isPlain(String statement) {
        int quotes = 0;
        int depth = 0;
        int word = -1;
        for (int i = 0; i <= statement.length(); i++) {
            char sign = i < statement.length() ? statement.charAt(i) : ' ';
            boolean inWord = isLetter(sign);
            quotes += sign == '`' ? 1 : 0;
            depth += sign == '(' ? 1 : sign == ')' ? -1 : 0;
            if (!inWord && SIGNS.indexOf(sign) < 0 || depth < 0) {
                return false;
            }
            if (inWord && word < 0) {
                word = i;
            } else if (!inWord && word >= 0) {
                if (WORDS_OF_BLOCKS.contains(statement.substring(word, i).toUpperCase(Locale.ROOT))) {
                    return false;
                }
                word = -1;
            }
        }
        return quotes % 2 == 0 && depth == 0 && !Character.isWhitespace(statement.charAt(statement.length() - 1));
    }

    private static boolean isLetter(char sign) {
        return sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z';
    }

    private static int lineOf(String statement, String text) {
        int begin = text.indexOf(statement);
        return 1
                + (int) text.substring(0, begin)
                        .chars()
                        .filter(sign -> sign == '\n')
                        .count();
    }
}
