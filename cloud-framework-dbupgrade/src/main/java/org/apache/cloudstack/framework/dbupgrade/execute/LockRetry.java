package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/** Whether statements that others kept from their locks are sent again. */
public interface LockRetry {

    /** Whether an error means that others held a lock for too long, or that a deadlock was ended. */
    boolean isLockedOut(SQLException error);

    /**
     * Waits for a while, unless that was done for long enough.
     *
     * @param attempt how often the statement was sent, from 1
     * @return whether it is to be sent again
     */
    boolean pause(Connection connection, SqlStatement statement, int attempt, RunObserver observer);
}
