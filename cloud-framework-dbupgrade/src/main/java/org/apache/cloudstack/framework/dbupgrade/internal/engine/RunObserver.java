package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.time.Duration;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** Is notified how far a migration is. */
public interface RunObserver {

    /** The unit of scripts. */
    String STATEMENT = "statement";

    /** A statement is sent to the server, which may take long. */
    void sending(SqlStatement statement);

    /** The server answered. */
    void answered();

    /**
     * Progress inside the migration.
     *
     * @param unit what is counted: {@link #STATEMENT}, or what a Java migration counts
     */
    void progress(String unit, long done, long total);

    /**
     * A statement gave up waiting for a lock, so that others could pass, and will be sent again.
     *
     * @param blockers who holds the lock, in words
     * @param pause how long it waits until then
     */
    void blocked(SqlStatement statement, String blockers, Duration pause);

    /** A Java migration committed what it did so far. */
    void checkpointed();

    /**
     * A Java migration waits for something. Reported again while it does.
     *
     * @param reason what it waits for, as a clause
     */
    void waiting(String reason);

    /** A fact that a Java migration reports to the operator. */
    void note(String text);
}
