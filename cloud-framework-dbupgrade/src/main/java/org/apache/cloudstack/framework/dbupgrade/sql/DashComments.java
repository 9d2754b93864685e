package org.apache.cloudstack.framework.dbupgrade.sql;

import java.util.regex.Matcher;

/**
 * Lines such as {@code --comment}: CloudStack's old runner left them out, and so does the splitter when it looks for the end
 * of a statement. The servers ask for a blank behind the dashes, and take two minus signs otherwise.
 */
public final class DashComments {

    private static final int DASHES = 2;

    private DashComments() {}

    /** The statement with a blank behind the dashes of every such line, so that the servers take it for a comment too. */
    public static String withBlanks(String statement) {
        if (!statement.contains("--")) {
            return statement;
        }
        Matcher piece = Token.PIECE.matcher(statement);
        StringBuilder readable = new StringBuilder(statement);
        int added = 0;
        while (piece.find()) {
            String comment = piece.group("comment");
            if (comment != null && comment.startsWith("--") && lacksBlank(comment)) {
                readable.insert(piece.start() + DASHES + added, ' ');
                added++;
            }
        }
        return readable.toString();
    }

    private static boolean lacksBlank(String comment) {
        return comment.length() > DASHES && !Character.isWhitespace(comment.charAt(DASHES));
    }
}
