package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.cloudstack.framework.dbupgrade.cluster.LeaseHolder;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerConnections;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerLock;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.WsrepSyncWait;

/**
 * Who upgrades, of all servers that could. The protocol:
 *
 * <ol>
 *   <li>The right to upgrade is a row in the first schema, good until a time that its holder puts off again and again. Times
 *       are the database server's.
 *   <li>Anyone who takes it raises the fencing number. Every transaction that writes the journal also writes this row, and only
 *       where the number is still its own; so the journal of a server that lost the lease cannot commit, on one server by
 *       the lock of the row, on Galera by the conflict of the two write sets.
 *   <li>Where the database server's named locks mean something, the holder has one too. It reports at once that a holder's
 *       connection is gone, so that nobody waits for the time to run out; and it names the connection of a holder whose time
 *       ran out, which is ended before the lease is taken, so that not even a definition can come from it any more, and no
 *       transaction of it keeps its locks. A statement that still runs there is waited for. The lock of a connection that was
 *       ended, and does not go away, is done without.
 * </ol>
 *
 * <p>Lock libraries were looked at: none of them gives a fencing number that a transaction could check.
 */
public final class Leases {

    /** The name of the table. */
    public static final String TABLE = "dbupgrade_lease";

    static final int WORDS_LIMIT = 200;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final LeaseTable table;
    private final ServerLock lock;
    private final Duration length;
    private final String self = NodeId.unique();

    /**
     * The lease of the databases whose records are in the given schema.
     *
     * @param length how long a node without a heartbeat keeps the lease
     */
    public Leases(String schema, Duration length) {
        this.table = new LeaseTable(schema);
        this.lock = new ServerLock(schema);
        this.length = length;
    }

    /** Makes the table where it is missing; commits, as every definition does. */
    public void create(Connection connection) throws SQLException {
        table.create(connection);
    }

    /**
     * Waits for the lease and takes it.
     *
     * @param connection the connection that will upgrade, with auto-commit on
     * @param leaseTimeout how long to wait while another node upgrades
     * @param waiting is notified of the holder, again and again while it waits
     * @return empty when another server still upgrades in the end
     */
    public Optional<Lease> acquire(Connection connection, Duration leaseTimeout, Consumer<LeaseHolder> waiting)
            throws SQLException {
        String server = ServerLock.serverOf(connection);
        WsrepSyncWait.on(connection);
        long begin = System.nanoTime();
        Duration pause = length.dividedBy(10).compareTo(LONGEST_PAUSE) < 0 ? length.dividedBy(10) : LONGEST_PAUSE;
        while (true) {
            Optional<Lease> lease = tryAcquire(connection, server);
            if (lease.isPresent()) {
                return lease;
            }
            holder(connection).ifPresent(waiting);
            if (System.nanoTime() - begin > leaseTimeout.toNanos()) {
                return Optional.empty();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private Optional<Lease> tryAcquire(Connection connection, String server) throws SQLException {
        LeaseRow row = table.read(connection);
        boolean isGone = isOn(server, row) && lock.isFree(connection);
        if (!isToHave(row, isGone)) {
            return Optional.empty();
        }
        boolean isLocked = !server.isEmpty() && lock.tryAcquire(connection);
        if (!isLocked && !server.isEmpty() && !isOwnerEnded(row, connection)) {
            return Optional.empty();
        }
        Optional<Lease> taken = take(connection, isLocked ? server : "");
        if (taken.isEmpty() && isLocked) {
            lock.release(connection);
        }
        return taken;
    }

    private static boolean isOn(String server, LeaseRow row) {
        return !server.isEmpty()
                && row.holder().filter(holder -> server.equals(holder.server())).isPresent();
    }

    /** Nobody has it, or only this server before it lost its connection, or one whose time ran out or connection is gone. */
    private boolean isToHave(LeaseRow row, boolean isGone) {
        return row.holder()
                .filter(holder -> !isGone && !holder.isExpired() && !isSelf(holder))
                .isEmpty();
    }

    private boolean isSelf(LeaseHolder holder) {
        return holder.name().equals(self);
    }

    /**
     * Ends the connection of who holds the named lock although the lease is to have: one whose lease ran out, or was taken by
     * another node and given back meanwhile. One that is just taking the lease is between two statements for a moment only.
     *
     * @return whether that was done long ago, so that the lock is that of a dead one, and nothing can come from it
     */
    private boolean isOwnerEnded(LeaseRow row, Connection connection) throws SQLException {
        OptionalLong owner = lock.holder(connection);
        if (owner.isEmpty()) {
            return false;
        }
        ServerConnections connections = new ServerConnections(connection);
        boolean isEnded = connections.isEnded(owner.getAsLong(), length);
        Duration idle = row.holder().filter(this::isSelf).isPresent() ? Duration.ZERO : length.dividedBy(2);
        connections.endIfIdle(owner.getAsLong(), idle);
        return isEnded;
    }

    /** Between reading and taking another server may have been quicker, or the holder may have come back to life. */
    private Optional<Lease> take(Connection connection, String server) throws SQLException {
        long now = System.nanoTime();
        connection.setAutoCommit(false);
        try {
            LeaseRow row = table.readToWrite(connection);
            // who has the named lock knows that the holder's connection has not
            boolean isTaken =
                    isToHave(row, isOn(server, row)) && table.take(connection, row.fence(), self, server, length);
            connection.commit();
            return isTaken ? Optional.of(new Lease(table, row.fence() + 1, length, now)) : Optional.empty();
        } catch (SQLException e) {
            if (!ServerErrors.isTransient(e)) {
                throw e;
            }
            return Optional.empty();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Gives the lease back; does nothing when it was lost. */
    public void release(Connection connection, Lease lease) throws SQLException {
        WsrepSyncWait.off(connection);
        table.release(connection, lease.number());
        if (!ServerLock.serverOf(connection).isEmpty()) {
            lock.release(connection);
        }
    }

    /** Who upgrades now, other than this object's own server; empty also where there is no such table yet. */
    public Optional<LeaseHolder> holder(Connection connection) throws SQLException {
        return table.readIfThere(connection).flatMap(LeaseRow::holder).filter(holder -> !isSelf(holder));
    }

    /** Whether another node upgrades, as far as is known: its time has not run out, and its connection is not gone. */
    public boolean isHeldElsewhere(Connection connection) throws SQLException {
        Optional<LeaseRow> row = table.readIfThere(connection);
        return row.isPresent()
                && row.get().holder().isPresent()
                && !isToHave(row.get(), isOn(ServerLock.serverOf(connection), row.get()) && lock.isFree(connection));
    }
}
