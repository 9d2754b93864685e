package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;

/**
 * What is written in the transaction that makes a migration DONE, so that the releases it completes are never apart from the
 * journal.
 */
public interface MigrationEnd {

    /**
     * Writes the migration's own entry and what belongs to its end; does not commit.
     *
     * @return whether it was written; if not, it is written with the end of a later migration, see {@link BatchableMigrations}
     */
    boolean done(JournalEntry entry) throws SQLException;
}
