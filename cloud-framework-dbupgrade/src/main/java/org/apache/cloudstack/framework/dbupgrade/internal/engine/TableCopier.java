package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.TableAlteration;

/**
 * Changes a table by a copy, while others use the table. What it makes for a statement has names that nothing else has, so that
 * what it leaves when it is killed is known again.
 */
public interface TableCopier {

    /** No executable is known. */
    TableCopier NONE = new TableCopier() {

        @Override
        public Optional<String> copy(Connection connection, Copying copying) {
            return Optional.of(
                    "there is no executable for it: put cloud-framework-dbupgrade-tool on the class path, and let the data source be one of"
                            + " Hikari's or Spring's");
        }

        @Override
        public void removeRemains(Connection connection, Copying copying) {}
    };

    /**
     * The copying for one statement.
     *
     * @param key names the statement among all of all migrations
     * @param alteration what it changes
     * @param observer is notified how far it is
     * @param maxWait what a look reports: why the copying is to wait
     */
    record Copying(String key, TableAlteration alteration, RunObserver observer, Look maxWait) {}

    /** Looks, once a second or less often, whether it may go on. */
    @FunctionalInterface
    interface Look {

        /**
         * Why it is to wait, as a clause; empty when it may go on.
         *
         * @throws LeaseLostException when another node took over
         */
        Optional<String> reasonToWait() throws SQLException;
    }

    /**
     * Makes the change.
     *
     * @param connection one that has nothing to commit
     * @return why the server should make it instead, as a clause; nothing is changed then
     * @throws SQLException when it failed; what it made is removed then, or will be by {@link #removeRemains}
     */
    Optional<String> copy(Connection connection, Copying copying) throws SQLException;

    /**
     * Removes what was left by a run that was killed, whether the change was made or not.
     *
     * @throws CopyFailedException when an executable of that run still works
     */
    void removeRemains(Connection connection, Copying copying) throws SQLException;
}
