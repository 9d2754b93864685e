package org.apache.cloudstack.framework.dbupgrade.sql.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.sql.Lexer;
import org.apache.cloudstack.framework.dbupgrade.sql.QuoteRules;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.StatementKind;

/**
 * Of a script that brings data, hundreds of thousands of rows: statements that differ in their values alone do the same, so one
 * of each kind stands for all, with values that may be any.
 */
final class LongScript {

    /** So many statements are read one by one. */
    static final int MOST = 10_000;

    private LongScript() {}

    /** The statements that stand for all; the last one is the last one of the script, as it is. */
    static Stream<SqlStatement> representatives(List<SqlStatement> statements) {
        Set<String> seen = new HashSet<>();
        int last = statements.size() - 1;
        return Stream.concat(
                statements.subList(0, last).stream()
                        .map(LongScript::withoutValues)
                        .filter(each -> each.kind() != StatementKind.DATA || seen.add(each.text())),
                Stream.of(statements.get(last)));
    }

    private static SqlStatement withoutValues(SqlStatement statement) {
        if (statement.kind() != StatementKind.DATA) {
            return statement;
        }
        String text = statement.standardText();
        StringBuilder shape = new StringBuilder();
        Lexer lexer = new Lexer(text, QuoteRules.DEFAULT);
        while (lexer.next()) {
            String piece = lexer.text();
            boolean isValue = lexer.kind() == Lexer.Kind.STRING
                    || lexer.kind() == Lexer.Kind.DOUBLE_QUOTED
                    || lexer.kind() == Lexer.Kind.WORD && Character.isDigit(piece.charAt(0));
            shape.append(isValue ? "?" : piece).append(' ');
        }
        return new SqlStatement(statement.number(), statement.line(), shape.toString());
    }
}
