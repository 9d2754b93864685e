package org.apache.cloudstack.framework.dbupgrade.internal.cluster;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.FencingToken;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.LeaseLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.PreparedStatements;

/** The right to upgrade, held by this server until another one takes it over. */
public final class Lease implements FencingToken {

    private final LeaseTable table;
    private final long number;
    private final Duration length;

    private volatile String doing = "";
    private volatile long renewedAt;

    Lease(LeaseTable table, long number, Duration length, long takenAt) {
        this.table = table;
        this.number = number;
        this.length = length;
        this.renewedAt = takenAt;
    }

    /** The fencing number: higher than that of each earlier holder. */
    public long number() {
        return number;
    }

    @Override
    public void check(PreparedStatements statements) throws SQLException {
        long now = System.nanoTime();
        if (!table.renew(statements, number, doing, length)) {
            throw new LeaseLostException();
        }
        renewedAt = now;
    }

    @Override
    public void checkUnderTableLock(PreparedStatements statements) throws SQLException {
        if (!table.isNewest(statements, number)) {
            throw new LeaseLostException();
        }
    }

    @Override
    public String table() {
        return table.toString();
    }

    /** A heartbeat beside the upgrade, in a row of its own: so that a long transaction never meets it. */
    void beat(PreparedStatements statements) throws SQLException {
        long now = System.nanoTime();
        if (!table.beat(statements, number, doing, length)) {
            throw new LeaseLostException();
        }
        renewedAt = now;
    }

    @Override
    public void checkBeforeStatement(PreparedStatements statements) throws SQLException {
        if (isOlderThan(length.dividedBy(2))) {
            check(statements);
            statements.connection().commit();
        }
    }

    /** Whether the last heartbeat is longer ago than the given time, by the clock of this process. */
    boolean isOlderThan(Duration age) {
        return System.nanoTime() - renewedAt > age.toNanos();
    }

    Duration length() {
        return length;
    }

    @Override
    public void doing(String words) {
        doing = words.length() <= Leases.WORDS_LIMIT ? words : words.substring(0, Leases.WORDS_LIMIT);
    }
}
