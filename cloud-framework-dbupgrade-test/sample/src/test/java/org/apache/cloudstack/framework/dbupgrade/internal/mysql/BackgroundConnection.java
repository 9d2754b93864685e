package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A connection that runs a statement in a thread of its own. */
final class BackgroundConnection implements AutoCloseable {

    private final Connection connection;
    private final Opening opening;
    private final long id;
    private volatile boolean closed;
    private @Nullable CompletableFuture<Void> running;

    /** Opens connections. */
    interface Opening {
        Connection open() throws SQLException;
    }

    BackgroundConnection(DataSource dataSource) throws SQLException {
        this(dataSource::getConnection);
    }

    BackgroundConnection(Opening opening) throws SQLException {
        this.opening = opening;
        this.connection = opening.open();
        this.id = ServerConnections.idOf(connection);
    }

    long id() {
        return id;
    }

    /** Runs it again and again until this is closed. */
    void repeat(String statement) {
        running = CompletableFuture.runAsync(() -> {
            try (Statement jdbc = connection.createStatement()) {
                while (!closed) {
                    jdbc.execute(statement);
                }
            } catch (SQLException e) {
                if (!closed) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        try (Connection killer = opening.open()) {
            new ServerConnections(killer).kill(id);
        }
        if (running != null) {
            running.join();
        }
        connection.close();
    }
}
