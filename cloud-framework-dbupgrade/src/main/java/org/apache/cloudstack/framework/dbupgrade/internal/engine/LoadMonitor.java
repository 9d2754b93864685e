package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Knows whether others need the database servers more than work that can wait. */
public interface LoadMonitor {

    /** How long to pause in all. */
    Duration maxWait();

    /**
     * Why to wait now, as a clause; empty when there is no reason to.
     *
     * @param now the time of this look
     */
    Optional<String> reasonToWait(Connection connection, Instant now) throws SQLException;
}
