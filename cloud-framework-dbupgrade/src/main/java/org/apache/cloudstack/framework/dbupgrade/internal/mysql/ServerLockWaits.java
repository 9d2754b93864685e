package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.LockWaits;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ServerMessage;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.LockNeeds;

/**
 * Asks the server who holds locks.
 *
 * @param schemas the databases of the upgrade; the first is current when a script starts
 */
public record ServerLockWaits(List<String> schemas) implements LockWaits {

    @Override
    public boolean isLockedOut(SQLException error) {
        return ServerErrors.isTransient(error);
    }

    @Override
    public String blockersOf(Connection connection, List<SqlStatement> statements) {
        try {
            return Blockers.of(connection, LockNeeds.of(statements, schemas), ServerConnections.idOf(connection))
                    .toString();
        } catch (SQLException e) {
            return "Who holds it could not be asked: " + ServerMessage.of(e) + ".";
        }
    }
}
