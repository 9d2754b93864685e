package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives connections that have a current database: the one of their URL, or the given one. Flyway would otherwise create and
 * drop a database with a random name, only to leave the connection without a current one again.
 */
public final class SelectedSchema extends DelegatingDataSource {

    private final String schema;

    /** Connections of the target, with the schema as current database where the target selects none. */
    public SelectedSchema(DataSource target, String schema) {
        super(target);
        this.schema = schema;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            if (!hasCurrentDatabase(connection)) {
                connection.setCatalog(schema);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether a database is selected on the connection. */
    public static boolean hasCurrentDatabase(Connection connection) throws SQLException {
        String catalog = connection.getCatalog();
        return catalog != null && !catalog.isEmpty();
    }
}
