package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.test.database.OpenedConnections;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerLease;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;

/**
 * The database of a test, or of all tests of a class.
 *
 * @param database what the test is given
 * @param request what it was asked for
 * @param owner the field or parameter that got it first, in words
 * @param isOwn whether that one asked for it itself, and not the class or method around it
 * @param isOfClass whether all tests of a class have it
 */
record LeasedDatabase(
        MigratedDatabase database,
        PauseFlag request,
        String owner,
        boolean isOwn,
        boolean isOfClass,
        ServerLease lease,
        OpenedConnections connections)
        implements AutoCloseable {

    static LeasedDatabase take(
            PauseFlag request, String owner, boolean isOwn, boolean isOfClass, Duration longest, States states) {
        ServerLease lease = TestServers.take(request.server(), longest);
        try {
            OpenedConnections connections = OpenedConnections.of(lease.server());
            MigratedDatabase database = states.prepare(lease, request);
            return new LeasedDatabase(database, request, owner, isOwn, isOfClass, lease, connections);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /**
     * The databases of a release stay, for the next test may ask for just these; others would only lie there. A second call
     * does nothing: the connections are those of the next test by then.
     */
    @Override
    public void close() {
        if (lease.isClosed()) {
            return;
        }
        try {
            connections.end();
            if (request.isEmpty() || !request.schemas().isEmpty()) {
                database.close();
            }
        } finally {
            lease.close();
        }
    }
}
