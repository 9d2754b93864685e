package org.apache.cloudstack.framework.dbupgrade.test.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statement that creates something, and the variables of the session that are kept with it.
 *
 * @param statement without the next AUTO_INCREMENT
 * @param nextId the next AUTO_INCREMENT of a table; 1 where nothing says it
 * @param order the place of a trigger among others of its table
 * @param generating a statement that creates the same table, but lets the server generate indexes as it did before
 */
record Definition(
        String statement,
        long nextId,
        String order,
        String sqlMode,
        String characterSet,
        String collation,
        String zone,
        Optional<String> generating) {

    private static final Pattern NEXT_ID =
            Pattern.compile("(?s)(.*?\\n\\)(?: /\\*!.*?\\*/)? ENGINE=\\w+)( AUTO_INCREMENT=(\\d+))?(.*)");

    /** Reads a row of SHOW CREATE. */
    static Definition of(ObjectKind kind, String order, Map<String, String> row) {
        String statement = row.getOrDefault(kind.column(), "");
        long nextId = 1;
        Matcher matcher = NEXT_ID.matcher(statement);
        if (kind == ObjectKind.TABLE && matcher.matches()) {
            statement = matcher.group(1) + matcher.group(4);
            nextId = matcher.group(3) == null ? 1 : Long.parseUnsignedLong(matcher.group(3));
        }
        return new Definition(
                // MySQL keeps the semicolon after a routine that is one of several statements sent at once
                statement.replaceFirst("[;\\s]+$", ""),
                nextId,
                order,
                row.getOrDefault("sql_mode", ""),
                row.getOrDefault("character_set_client", "utf8mb4"),
                row.getOrDefault("collation_connection", ""),
                row.getOrDefault("time_zone", ""),
                Optional.empty());
    }

    /** The same but for the next AUTO_INCREMENT, which is set without creating the table again. */
    boolean isLike(Definition other) {
        return comparable(0).equals(other.comparable(0));
    }

    /** The same. */
    boolean isSame(Definition other) {
        return comparable(nextId).equals(other.comparable(other.nextId));
    }

    /** A collation says its character set; MySQL writes both once a table was created by a text of its own. */
    private Definition comparable(long id) {
        String text = statement.replaceAll(" CHARACTER SET \\w+ COLLATE ", " COLLATE ");
        return new Definition(text, id, order, sqlMode, characterSet, collation, zone, Optional.empty());
    }

    /** The same, which is now known to be created by another statement too. */
    Definition generatedBy(Optional<String> other) {
        return new Definition(statement, nextId, order, sqlMode, characterSet, collation, zone, other);
    }

    /** That of the other statement. */
    Optional<Definition> asGenerated() {
        return generating.map(
                text -> new Definition(text, nextId, order, sqlMode, characterSet, collation, zone, Optional.empty()));
    }

    /** Whether a table has a column that counts. */
    boolean hasNextId() {
        return statement.contains("AUTO_INCREMENT");
    }

    /** The statement, with the next AUTO_INCREMENT. */
    String creation() {
        Matcher matcher = NEXT_ID.matcher(statement);
        return nextId == 1 || !matcher.matches()
                ? statement
                : matcher.group(1) + " AUTO_INCREMENT=" + Long.toUnsignedString(nextId) + matcher.group(4);
    }

    /** Whether this client, which writes UTF-8, can create it with its variables. */
    boolean canBeWritten() {
        return !statement.isEmpty()
                && (characterSet.startsWith("utf8") || statement.chars().allMatch(each -> each < 128));
    }

    /** The statements that make the session what it was, as far as it matters. */
    List<String> session() {
        return collation.isEmpty()
                ? List.of()
                : List.of(
                        "SET SESSION character_set_client = " + characterSet + ", collation_connection = " + collation,
                        "SET SESSION sql_mode = '" + sqlMode + "'"
                                + (zone.isEmpty() ? "" : ", time_zone = '" + zone + "'"));
    }
}
