package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Gives every routine the same session, and puts the connection back as it was. */
public interface SessionPinning {

    /**
     * Pins the session of a connection.
     *
     * @param sqlMode the mode to use instead of the pinned one
     */
    PinnedSession pin(Connection connection, Optional<String> sqlMode) throws SQLException;

    /** A session with the pinned settings. */
    interface PinnedSession {

        /**
         * Puts the session back.
         *
         * @param touched whether the routine may have changed settings of its own
         */
        void restore(boolean touched) throws SQLException;
    }
}
