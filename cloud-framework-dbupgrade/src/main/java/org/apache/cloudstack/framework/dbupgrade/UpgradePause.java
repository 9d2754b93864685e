package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PauseFlag;
import org.apache.cloudstack.framework.dbupgrade.internal.flow.Connections;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;

/**
 * Lets the Java migrations of an upgrade wait at their checkpoints, whichever server runs it, and go on. It holds for upgrades
 * that start later too, until it is ended.
 */
public final class UpgradePause {

    private final Connections connections;
    private final PauseFlag pause;

    UpgradePause(Connections connections, PauseFlag pause) {
        this.connections = connections;
        this.pause = pause;
    }

    /**
     * Starts to let them wait; they do after the batch that they are at.
     *
     * @param reason reported in the log of the server that waits
     * @return false when the databases have no records yet, so that there is nothing to pause
     * @throws IllegalArgumentException when the reason is too long
     * @throws UpgradeRefusedException when the server does not answer
     */
    public boolean begin(String reason) {
        if (reason.length() > MigrationContext.VALUE_LIMIT) {
            throw new IllegalArgumentException("The reason has up to " + MigrationContext.VALUE_LIMIT + " characters");
        }
        return connections.with(connection -> whereThere(() -> {
                    pause.begin(connection, reason);
                    commit(connection);
                    return true;
                })
                .orElse(false));
    }

    /** Lets them go on; false when they did not wait. */
    public boolean end() {
        return connections.with(connection -> whereThere(() -> {
                    boolean ended = pause.end(connection);
                    commit(connection);
                    return ended;
                })
                .orElse(false));
    }

    /** Why they wait; empty when they do not. */
    public Optional<String> reason() {
        return connections.with(
                connection -> whereThere(() -> pause.reason(connection)).flatMap(reason -> reason));
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    @FunctionalInterface
    private interface Access<T> {
        T records() throws SQLException;
    }

    private static <T> Optional<T> whereThere(Access<T> access) throws SQLException {
        try {
            return Optional.of(access.records());
        } catch (SQLException e) {
            if (ServerErrors.isMissingTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
