package org.apache.cloudstack.framework.dbupgrade.sql;

/**
 * One statement of a script.
 *
 * @param number its place in the script, from 1
 * @param line the line of the script on which it begins, from 1
 * @param text what is sent to the server, without the delimiter
 */
public record SqlStatement(int number, int line, String text) {

    /** What the first word tells of the statement. */
    public StatementKind kind() {
        return StatementKind.of(text);
    }

    /** Whether the first word, behind comments, is the given one. */
    public boolean startsWith(String word) {
        return text.regionMatches(true, StatementKind.beginOf(text), word, 0, word.length());
    }
}
