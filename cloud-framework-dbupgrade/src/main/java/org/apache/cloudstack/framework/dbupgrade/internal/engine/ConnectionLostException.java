package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;

/** Thrown when the connection to the database server broke; the server knows what was committed. */
public final class ConnectionLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The connection broke with the given error. */
    public ConnectionLostException(SQLException cause) {
        super(ServerMessage.of(cause), cause);
    }

    /** Whether an error means that its connection is of no more use. */
    public static boolean isMeantBy(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("08")
                || state.equals("70100") && error.getErrorCode() == CONNECTION_KILLED
                || error.getErrorCode() == SERVER_SHUTDOWN
                || error instanceof java.sql.SQLNonTransientConnectionException
                || error instanceof java.sql.SQLRecoverableException;
    }

    private static final int CONNECTION_KILLED = 1927;
    private static final int SERVER_SHUTDOWN = 1053;
}
