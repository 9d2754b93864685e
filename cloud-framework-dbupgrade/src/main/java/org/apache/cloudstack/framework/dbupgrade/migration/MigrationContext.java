package org.apache.cloudstack.framework.dbupgrade.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a running {@link JavaMigration} works with. */
public interface MigrationContext {

    /** How long the key of a checkpoint may be. */
    int KEY_LIMIT = 190;

    /** How long the value of a checkpoint may be. */
    int VALUE_LIMIT = 255;

    /**
     * The connection of the migration, with the pinned session, the first schema as current database and auto-commit
     * off. It is committed after the migration returns and rolled back when it throws; a migration that works in
     * portions commits them with {@link #checkpoint}. Its auto-commit is not to be changed, and it is not to be closed.
     */
    Connection connection();

    /** A client on {@link #connection()}. */
    JdbcClient jdbc();

    /** The names of all databases of the upgrade; the first is the current one. */
    List<String> schemas();

    /**
     * Reports how far the migration is.
     *
     * @param done units done, in whatever unit the migration counts
     * @param total units in all
     */
    default void progress(long done, long total) {
        progress("unit", done, total);
    }

    /** Like {@link #progress(long, long)}, with what is counted in a word, such as {@code row}. */
    void progress(String unit, long done, long total);

    /** Like {@link #checkpoint(String, String)}, for a step that needs no value. */
    default void checkpoint(String key) throws SQLException {
        checkpoint(key, "");
    }

    /**
     * Commits what was changed so far, together with a checkpoint: a run that comes after an interruption finds both, or
     * neither. What commits by itself, such as DDL, is committed before its checkpoint; so it is written so that
     * it may be repeated.
     *
     * <p>Then it pauses for others: it comes back when an operator does not pause the upgrade, replicas do not lag and the
     * server is not busy, as far as the upgrade was asked to look.
     *
     * @param key names a step, or what is counted: 1 to {@value #KEY_LIMIT} characters
     * @param value how far it is, such as the last id; up to {@value #VALUE_LIMIT} characters, and no data worth hiding
     * @throws SQLException when the database server fails; let it pass
     * @throws IllegalArgumentException when key or value are too long
     */
    void checkpoint(String key, String value) throws SQLException;

    /** The value of a checkpoint that this run set, or one that was interrupted before; empty when none did. */
    Optional<String> checkpointed(String key);

    /**
     * Reports that the migration waits for something.
     *
     * @param reason what it waits for, as a clause
     */
    void waiting(String reason);

    /** Reports to the operator a fact about the data, such as a row that had to be moved. It is logged and reported. */
    void note(String text);
}
