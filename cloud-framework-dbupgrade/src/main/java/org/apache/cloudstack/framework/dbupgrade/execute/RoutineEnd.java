package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.SQLException;

/**
 * What is written in the transaction that makes a routine DONE, or FAILED: so Flyway's history, the releases completed and
 * the intent to run the next routine are never apart from the journal, and cost no commit of their own.
 */
public interface RoutineEnd {

    /**
     * Writes the routine's own entry and what belongs to its end; does not commit.
     *
     * @return whether it was written; if not, it is written with the end of a later routine, see {@link Additions}
     */
    boolean done(JournalEntry entry) throws SQLException;

    /** Writes what belongs to its failure; does not commit. */
    void failed() throws SQLException;
}
