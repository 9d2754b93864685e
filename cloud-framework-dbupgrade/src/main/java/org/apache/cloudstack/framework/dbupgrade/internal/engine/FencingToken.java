package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;

/** Keeps a server from writing that is no longer the one that upgrades. */
public interface FencingToken {

    /**
     * Proves, inside a transaction that writes the journal, that this server still upgrades: the transaction cannot commit
     * if another node took over before.
     *
     * @throws LeaseLostException when another node took over
     */
    void check(PreparedStatements statements) throws SQLException;

    /**
     * Proves the same where a script locked tables, and this one against writers.
     *
     * @throws LeaseLostException when another node took over
     */
    void checkUnderTableLock(PreparedStatements statements) throws SQLException;

    /** The quoted name of the table that it is checked in. */
    String table();

    /**
     * Makes sure, outside a transaction and before a statement that commits by itself, that this server still upgrades.
     *
     * @throws LeaseLostException when another node took over
     */
    void checkBeforeStatement(PreparedStatements statements) throws SQLException;

    /** Says how far the upgrade is, for servers that wait; reported with the next {@link #check}. */
    void doing(String words);
}
