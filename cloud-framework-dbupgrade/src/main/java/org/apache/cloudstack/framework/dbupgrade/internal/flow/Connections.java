package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.SecondConnections;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Work on connections of a data source, whose errors become refusals.
 *
 * @param dataSource gives the connections
 * @param schemas the databases of the upgrade
 */
public record Connections(DataSource dataSource, List<String> schemas) {

    /** Something that is done on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    public <T> T with(Work<T> work) {
        try (Connection connection = open()) {
            try {
                return work.on(connection);
            } catch (SQLException e) {
                throw refusal(e, connection);
            }
        } catch (UnreadableScriptException e) {
            throw refusal(e);
        } catch (SQLException e) {
            String address = ServerErrors.address(dataSource);
            throw refused(new ServerErrors(address, schemas).explain(e), address, e, false);
        }
    }

    /**
     * Opens a connection to a server that can be used. A proxy that would connect later does it now, so that only here a server
     * does not answer.
     */
    Connection open() throws SQLException {
        Connection connection = connect();
        try {
            Optional<Finding> objection = ServerProduct.objection(connection.getMetaData());
            if (objection.isPresent()) {
                throw new UpgradeRefusedException(List.of(objection.get()), null);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            JdbcUtils.closeConnection(connection);
            throw e;
        }
    }

    /** What routes to one of several data sources may find none. */
    private Connection connect() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        }
    }

    /** Gives connections beside one that is held. */
    DataSource beside() {
        return SecondConnections.of(dataSource);
    }

    /** What an error of a connection means for an upgrade that was not started. */
    UpgradeRefusedException refusal(SQLException error, Connection connection) {
        String address = address(connection);
        return refused(
                new ServerErrors(address, schemas).explain(error, connection), address, error, isReadOnly(connection));
    }

    static UpgradeRefusedException refusal(UnreadableScriptException e) {
        return new UpgradeRefusedException(List.of(FindingCode.UNREADABLE_SCRIPT.about(e.script(), e.reason())), e);
    }

    private String address(Connection connection) {
        try {
            return ServerErrors.address(connection);
        } catch (SQLException e) {
            return ServerErrors.address(dataSource);
        }
    }

    private static UpgradeRefusedException refused(
            Finding finding, String address, SQLException cause, boolean isReadOnly) {
        boolean isExplained = finding.code() != FindingCode.SERVER_ERROR || !isReadOnly;
        return new UpgradeRefusedException(
                List.of(isExplained ? finding : FindingCode.SERVER_READ_ONLY.because(finding.evidence(), address)),
                SafeCause.of(cause));
    }

    /** A driver refuses to write on such a connection with an error of its own. */
    private static boolean isReadOnly(Connection connection) {
        try {
            return connection.isReadOnly();
        } catch (SQLException e) {
            return false;
        }
    }
}
