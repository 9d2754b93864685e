package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Gives every migration the same session, and puts the connection back as it was. */
public interface SessionPinning {

    /** Pins the session of a connection for a whole upgrade. */
    PinnedSession pin(Connection connection) throws SQLException;

    /** A session with the pinned settings. */
    interface PinnedSession {

        /**
         * Starts a migration.
         *
         * @param sqlMode the mode to use instead of the pinned one
         */
        void enter(Optional<String> sqlMode) throws SQLException;

        /**
         * Puts the pinned settings back.
         *
         * @param touched whether the migration may have changed settings of its own
         * @param variables the user variables that it named; they are unset together with those the server lists
         */
        void leave(boolean touched, Set<String> variables) throws SQLException;

        /** What the session holds of what a script named. */
        SessionState state(SessionTrace trace) throws SQLException;

        /**
         * Makes the session hold what it held at a checkpoint, and nothing else.
         *
         * @param trace names what the session may hold by now
         * @return whether it does; false when something that only that session could make has ended since
         */
        boolean restore(SessionState state, SessionTrace trace) throws SQLException;

        /** Puts the session back as it was before it was pinned. */
        void restore() throws SQLException;
    }
}
