package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.execute.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.sql.UnreadableScriptException;

/**
 * Work on connections of a data source, whose errors are told as refusals.
 *
 * @param dataSource gives the connections
 * @param schemas the databases of the upgrade
 */
record Connections(DataSource dataSource, List<String> schemas) {

    /** Something that is done on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T with(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return on(connection, work);
        } catch (SQLException e) {
            throw refused(ServerErrors.address(dataSource), e);
        }
    }

    /** Work on a connection that is open already. */
    <T> T on(Connection connection, Work<T> work) throws SQLException {
        String address = ServerErrors.address(connection);
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw refused(address, e);
        } catch (UnreadableScriptException e) {
            throw new UpgradeRefusedException(List.of(FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason())), e);
        }
    }

    private UpgradeRefusedException refused(String address, SQLException cause) {
        return new UpgradeRefusedException(
                List.of(new ServerErrors(address, schemas).explain(cause)), SafeCause.of(cause));
    }
}
