package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.Set;

/**
 * The values of an {@code INSERT}, token by token, since such a statement may be too long to be held: literals in one pair of
 * brackets for each row, so that nothing is read and no function is called.
 */
final class RowRules {

    private static final Set<String> WORDS = Set.of("NULL", "TRUE", "FALSE", "DEFAULT", "N", "X", "B");

    private boolean inRow;
    private boolean mayEnd;

    /** The next token after {@code VALUES}. */
    void take(DumpToken token) throws RefusedContentException {
        if (token.byVersion()) {
            throw new RefusedContentException("rows in a comment directive that only some servers read");
        }
        if (inRow ? isOfRow(token) : isBetweenRows(token)) {
            return;
        }
        throw new RefusedContentException("an INSERT with something else than literal values: "
                + (token.isWord() ? token.text() : "a sign or a name"));
    }

    private boolean isOfRow(DumpToken token) {
        if (token.is(")")) {
            inRow = false;
            mayEnd = true;
            return true;
        }
        return switch (token.kind()) {
            case STRING -> true;
            case SIGN -> token.is(",") || token.is("-") || token.is("+") || token.is(".");
            case WORD ->
                token.isNumber() || WORDS.contains(token.text()) || token.text().charAt(0) == '_';
            case NAME, END -> false;
        };
    }

    private boolean isBetweenRows(DumpToken token) {
        if (mayEnd && token.is(",")) {
            mayEnd = false;
            return true;
        }
        inRow = !mayEnd && token.is("(");
        return inRow;
    }

    void end() throws RefusedContentException {
        if (!mayEnd) {
            throw new RefusedContentException("an INSERT without rows");
        }
    }
}
