package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Queries that see one state of the databases, in a transaction in which the server refuses every change. */
public final class ReadOnlyQueries implements AutoCloseable {

    /** How many rows of a query are counted at most. */
    public static final int MOST_ROWS = 1000;

    private final Connection connection;

    private ReadOnlyQueries(Connection connection) {
        this.connection = connection;
    }

    /** Starts the transaction; what was open on the connection is committed. */
    public static ReadOnlyQueries begin(Connection connection) throws SQLException {
        execute(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        return new ReadOnlyQueries(connection);
    }

    /**
     * How many rows a query has, at most {@link #MOST_ROWS}; their values are not looked at.
     *
     * @throws SQLException when the server refuses the query; further ones may follow
     */
    public int rows(String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // a brace is no escape of JDBC, but part of the text
            statement.setEscapeProcessing(false);
            statement.setMaxRows(MOST_ROWS);
            int rows = 0;
            try (ResultSet found = statement.executeQuery(query)) {
                while (found.next()) {
                    rows++;
                }
            }
            return rows;
        }
    }

    /** Ends the transaction. */
    @Override
    public void close() throws SQLException {
        execute(connection, "ROLLBACK");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
