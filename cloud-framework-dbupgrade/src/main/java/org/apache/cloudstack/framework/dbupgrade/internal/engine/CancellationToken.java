package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Says that a migration in the background is to stop at its checkpoint, and to go on another time. */
@FunctionalInterface
public interface CancellationToken {

    /** Nothing makes it stop. */
    CancellationToken NONE = connection -> Optional.empty();

    /**
     * Why it is to stop; empty when it may go on.
     *
     * @param connection one that has nothing to commit
     */
    Optional<String> reason(Connection connection) throws SQLException;
}
