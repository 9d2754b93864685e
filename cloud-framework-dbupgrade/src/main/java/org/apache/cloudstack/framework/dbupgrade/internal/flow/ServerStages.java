package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.StatementProgress;

/**
 * What the server reports about the statement that runs on a connection, asked on another one.
 *
 * @param dataSource gives the other connection
 * @param connection the number of the first connection at the server
 */
public record ServerStages(DataSource dataSource, long connection) implements LongStatementMonitor.Stages {

    @Override
    public String now() {
        try (Connection asking = dataSource.getConnection()) {
            return StatementProgress.of(asking, connection)
                    .map(StatementProgress::words)
                    .orElse("");
        } catch (SQLException e) {
            // the statement itself will report when the server cannot be reached
            return "";
        }
    }
}
