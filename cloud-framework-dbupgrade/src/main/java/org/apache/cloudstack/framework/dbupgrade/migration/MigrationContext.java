package org.apache.cloudstack.framework.dbupgrade.migration;

import java.sql.Connection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a running {@link JavaMigration} works with. */
public interface MigrationContext {

    /**
     * The connection of the migration, with the pinned session, the first schema as current database and auto-commit
     * off. It is committed after the migration returns and rolled back when it throws; a migration that works in
     * portions may commit between them. Its auto-commit is not to be changed, and it is not to be closed.
     */
    Connection connection();

    /** A client on {@link #connection()}. */
    JdbcClient jdbc();

    /** The names of all databases of the upgrade; the first is the current one. */
    List<String> schemas();

    /**
     * Tells how far the migration is.
     *
     * @param done units done, in whatever unit the migration counts
     * @param total units in all
     */
    void progress(long done, long total);

    /** Tells the operator a fact about the data, such as a row that had to be moved. It is logged and reported. */
    void note(String text);
}
