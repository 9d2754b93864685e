package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;
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

    /** Vendor code, SQL state and text on one line. */
    public static String of(SQLException error) {
        if (error instanceof CopyFailedException) {
            return String.valueOf(error.getMessage());
        }
        return "error " + error.getErrorCode() + ", SQL state " + error.getSQLState() + ": " + ServerText.of(error);
    }
}
