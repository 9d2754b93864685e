package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** What the server reports about statements that others kept from their locks. */
public interface LockWaits {

    /** Whether an error means that others held a lock for too long, or that a deadlock was ended. */
    boolean isLockedOut(SQLException error);

    /**
     * Who holds the locks, in words; never fails.
     *
     * @param statements a script up to the statement in question
     */
    String blockersOf(Connection connection, List<SqlStatement> statements);
}
