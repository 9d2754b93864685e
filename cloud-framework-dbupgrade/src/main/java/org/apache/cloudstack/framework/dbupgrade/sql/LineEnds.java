package org.apache.cloudstack.framework.dbupgrade.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ends of lines in a statement, of which an editor or a checkout decides. */
public final class LineEnds {

    private static final Pattern END = Pattern.compile("[ \\t]*(?:\\r\\n?|\\n)");

    private LineEnds() {}

    /** The same statement with plain line ends, and no blanks before them, but for those in strings and quoted names. */
    public static String unified(String statement) {
        if (statement.indexOf('\r') < 0 && !statement.contains(" \n") && !statement.contains("\t\n")) {
            return statement;
        }
        StringBuilder unified = new StringBuilder(statement.length());
        Matcher piece = Token.PIECE.matcher(statement);
        int done = 0;
        while (piece.find()) {
            if (piece.group("string") != null || piece.group("quoted") != null) {
                unified.append(END.matcher(statement.substring(done, piece.start()))
                                .replaceAll("\n"))
                        .append(piece.group());
                done = piece.end();
            }
        }
        return unified.append(END.matcher(statement.substring(done)).replaceAll("\n"))
                .toString();
    }
}
