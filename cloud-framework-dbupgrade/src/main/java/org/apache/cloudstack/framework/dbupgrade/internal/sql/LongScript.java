package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Of a script that brings data, hundreds of thousands of rows: statements that differ in their values alone do the same, so one
 * of each kind stands for all, with values that may be any.
 */
public final class LongScript {

    /** So many statements are read one by one. */
    private static final int MOST = 10_000;

    private LongScript() {}

    /** The statements that stand for all: of a script that is held and short all, and of any the last one as it is. */
    public static List<SqlStatement> representatives(List<SqlStatement> statements) {
        if (statements instanceof StreamedStatements streamed) {
            return streamed.representatives();
        }
        return statements.size() <= MOST ? statements : chosen(statements);
    }

    static List<SqlStatement> chosen(List<SqlStatement> statements) {
        Set<String> seen = new HashSet<>();
        int last = Math.max(0, statements.size() - 1);
        return Stream.concat(
                        statements.subList(0, last).stream()
                                .filter(each -> each.kind() != StatementKind.DATA || seen.add(withoutValues(each)))
                                .map(each -> each.kind() != StatementKind.DATA
                                        ? each
                                        : new SqlStatement(each.number(), each.line(), withoutValues(each))),
                        statements.subList(last, statements.size()).stream())
                .toList();
    }

    private static String withoutValues(SqlStatement statement) {
        String text = statement.standardText();
        StringBuilder shape = new StringBuilder();
        Lexer lexer = new Lexer(text, QuoteRules.DEFAULT);
        while (lexer.next()) {
            String piece = lexer.text();
            boolean isValue = lexer.kind() == Lexer.Kind.STRING
                    || lexer.kind() == Lexer.Kind.DOUBLE_QUOTED
                    || lexer.kind() == Lexer.Kind.WORD && Character.isDigit(piece.charAt(0));
            if (lexer.kind() != Lexer.Kind.COMMENT) {
                shape.append(isValue ? "?" : piece).append(' ');
            }
        }
        return shape.toString();
    }
}
