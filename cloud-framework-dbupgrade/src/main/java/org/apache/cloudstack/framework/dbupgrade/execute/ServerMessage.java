package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The server's error as it is told to people: without the values of rows, which some errors quote. */
public final class ServerMessage {

    /** Duplicate entry, wrong and incorrect values: their first quoted text is a value. */
    private static final Set<Integer> QUOTING_VALUES = Set.of(1062, 1292, 1366, 1411, 1525, 1586, 1859);

    private ServerMessage() {}

    /** The server's error among the causes of an exception; null when there is none. */
    static @Nullable SQLException behind(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error) {
                return error;
            }
        }
        return null;
    }

    /** Vendor code, SQL state and text on one line. */
    public static String of(SQLException error) {
        String text = String.valueOf(error.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
        String told = QUOTING_VALUES.contains(error.getErrorCode()) ? text.replaceFirst("'.*?'(?= )", "'…'") : text;
        return "error " + error.getErrorCode() + ", SQL state " + error.getSQLState() + ": " + told;
    }
}
