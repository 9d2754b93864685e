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
        String address = null;
        try (Connection connection = dataSource.getConnection()) {
            address = ServerErrors.address(connection);
            return work.on(connection);
        } catch (SQLException e) {
            String server = address == null ? ServerErrors.address(dataSource) : address;
            throw new UpgradeRefusedException(List.of(new ServerErrors(server, schemas).explain(e)), SafeCause.of(e));
        } catch (UnreadableScriptException e) {
            throw new UpgradeRefusedException(List.of(FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason())), e);
        }
    }
}
