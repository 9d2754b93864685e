package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The server's error as it is reported to people: without the values of rows, which some errors quote. */
public final class ServerMessage {

    private ServerMessage() {}

    /** The server's error among the causes of an exception; null when there is none. */
    public static @Nullable SQLException behind(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error) {
                return error;
            }
        }
        return null;
    }

    /** The same of an error that a statement met, with the place in the statement where the server stopped reading. */
    static String of(SQLException error, SqlStatement statement) {
        return error instanceof CopyFailedException ? of(error) : coded(error, ServerText.of(error, statement));
    }

    /** Vendor code, SQL state and text on one line. */
    public static String of(SQLException error) {
        if (error instanceof CopyFailedException) {
            return String.valueOf(error.getMessage());
        }
        return coded(error, ServerText.of(error));
    }

    private static String coded(SQLException error, String text) {
        return "error " + error.getErrorCode() + ", SQL state " + error.getSQLState() + ": " + text;
    }
}
