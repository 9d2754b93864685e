package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.CancellationToken;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.Journal;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PauseFlag;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in the background pauses for a server that waits to upgrade: the one can go on later, and the other cannot
 * start without.
 */
public final class UpgradePriority {

    private static final Logger LOG = LoggerFactory.getLogger(UpgradePriority.class);

    private final Connection connection;
    private final PauseFlag request;
    private final Optional<BooleanSupplier> background;
    private boolean isAsked;

    /**
     * For one attempt.
     *
     * @param background present when the attempt itself is of the background: shows whether its server stops
     */
    UpgradePriority(Connection connection, String schema, Optional<BooleanSupplier> background) {
        this.connection = connection;
        this.request = PauseFlag.toGiveWay(new Journal(schema));
        this.background = background;
    }

    /** Asks for it, from outside a transaction; what is of the background itself does not. */
    void ask() {
        if (background.isPresent()) {
            return;
        }
        try {
            if (request.reason(connection).isEmpty()) {
                request.begin(connection, "a node waits to upgrade");
            }
            isAsked = true;
        } catch (SQLException e) {
            // the holder has not made its records yet, so that it runs nothing in the background either
            LOG.debug("It could not be asked to pause", SafeCause.of(e));
        }
    }

    /** Takes it back, from outside a transaction, when it was asked for; others that wait ask again. */
    void takeBack() throws SQLException {
        if (isAsked) {
            request.end(connection);
        }
    }

    /** Ends what others asked for who are not there any more; those that wait ask again. */
    void beginAnew() throws SQLException {
        request.end(connection);
    }

    /** When a migration in the background is to stop. */
    CancellationToken stopSign() {
        return background
                .<CancellationToken>map(isStopping ->
                        any -> isStopping.getAsBoolean() ? Optional.of("this node stops") : request.reason(any))
                .orElse(CancellationToken.NONE);
    }
}
