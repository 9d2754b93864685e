package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ServerMessage;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerState.Replication;

/**
 * How far replicas lag. A connection is opened for each look, as looks are seconds apart.
 *
 * @param most how far they may be
 */
record ReplicaLag(Duration most) {

    /** Why to wait for a replica; one that cannot be asked is waited for too, since nobody knows how far it is. */
    Optional<String> reasonToWait(String url) {
        String address = ServerErrors.address(url);
        try (Connection connection = DriverManager.getConnection(url)) {
            Optional<Replication> replication = new ServerState(connection).replication();
            if (replication.isEmpty()) {
                return Optional.of(address + " is no replica");
            }
            Optional<Long> behind = replication.get().secondsBehind();
            if (behind.isEmpty()) {
                return Optional.of("the replica " + address + " does not replicate");
            }
            return behind.get() > most.toSeconds()
                    ? Optional.of("the replica " + address + " lags by more than " + most.toSeconds() + " s")
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.of("the replica " + address + " cannot be asked (" + ServerMessage.of(e) + ")");
        }
    }
}
