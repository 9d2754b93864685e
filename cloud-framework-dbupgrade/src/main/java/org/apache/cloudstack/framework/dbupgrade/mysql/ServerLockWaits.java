package org.apache.cloudstack.framework.dbupgrade.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.execute.LockWaits;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/**
 * Asks the server who holds locks.
 *
 * @param schemas the databases of the upgrade; the first is current when a script begins
 */
public record ServerLockWaits(List<String> schemas) implements LockWaits {

    @Override
    public boolean isLockedOut(SQLException error) {
        return ServerErrors.isTransient(error);
    }

    @Override
    public String blockersOf(Connection connection, List<SqlStatement> statements) {
        return "";
    }
}
