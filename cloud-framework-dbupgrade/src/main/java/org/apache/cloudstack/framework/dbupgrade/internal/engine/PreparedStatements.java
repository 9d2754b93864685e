package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Statements that stay prepared as long as an upgrade uses a connection. To prepare one means to read its whole text, which
 * for those that are sent with every migration was most of what this library did between two answers of the server.
 */
public final class PreparedStatements implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> byText = new HashMap<>();

    /** No statements yet. */
    public PreparedStatements(Connection connection) {
        this.connection = connection;
    }

    /** Whose they are. */
    public Connection connection() {
        return connection;
    }

    /** The statement of this text, whose parameters are still those of its last use; it is not to be closed. */
    public PreparedStatement of(String text) throws SQLException {
        PreparedStatement open = byText.get(text);
        if (open == null) {
            open = connection.prepareStatement(text);
            byText.put(text, open);
        }
        return open;
    }

    @Override
    public void close() {
        for (PreparedStatement statement : byText.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                // the connection is broken, and its end is theirs
                break;
            }
        }
        byText.clear();
    }
}
