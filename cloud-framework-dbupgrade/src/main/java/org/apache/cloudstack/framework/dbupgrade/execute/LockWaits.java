package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/** What the server tells of statements that wait for locks. */
public interface LockWaits {

    /** Whether an error means that others held a lock for too long, or that a deadlock was ended. */
    boolean isLockedOut(SQLException error);

    /** Who holds the locks that a statement needs, in words. */
    String blockersOf(Connection connection, SqlStatement statement);
}
