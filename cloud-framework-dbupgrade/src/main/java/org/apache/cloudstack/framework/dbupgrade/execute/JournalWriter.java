package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Writes the journal, on the connection and in the transactions of what it journals. Nothing of it can be committed but
 * through {@link #commit} or behind {@link #seal}, which prove that this server still upgrades.
 */
public final class JournalWriter {

    private static final String UPSERT = """
            INSERT INTO %s (routine, script, release_version, change_id, state, statements_done, statements_total,
                            done_hash, started_on, finished_on)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), IF(? = 'THERE', UTC_TIMESTAMP(3), NULL))
            ON DUPLICATE KEY UPDATE script = VALUES(script), release_version = VALUES(release_version),
              change_id = VALUES(change_id), state = VALUES(state), statements_done = VALUES(statements_done),
              statements_total = VALUES(statements_total), done_hash = VALUES(done_hash),
              started_on = VALUES(started_on), finished_on = VALUES(finished_on)""";
    private static final String CHECKPOINT = """
            UPDATE %s SET state = ?, statements_done = ?, done_hash = ?,
                          finished_on = IF(? = 'DONE', UTC_TIMESTAMP(3), NULL)
            WHERE routine = ?""";
    private static final String MARK = """
            INSERT INTO %s (routine, checkpoint_key, checkpoint_value, set_on) VALUES (?, ?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE checkpoint_value = VALUES(checkpoint_value), set_on = VALUES(set_on)""";
    private static final String REACH = """
            INSERT INTO %s (release_version, release_id, reached_on) VALUES (?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE release_id = VALUES(release_id)""";

    private final Journal journal;
    private final Connection connection;
    private final Fence fence;
    private final String upsert;
    private final String checkpoint;

    /** Writes on a connection whose auto-commit is off while it does. */
    public JournalWriter(Journal journal, Connection connection, Fence fence) {
        this.journal = journal;
        this.connection = connection;
        this.fence = fence;
        this.upsert = UPSERT.formatted(journal.journalTable);
        this.checkpoint = CHECKPOINT.formatted(journal.journalTable);
    }

    Connection connection() {
        return connection;
    }

    /** Notes that a routine is begun: the intent to run its first statement. */
    public void begin(Routine routine, int statements) throws SQLException {
        begin(routine, 0, statements, StatementChain.START);
    }

    /** Notes that a routine is begun again after the statements done. */
    void begin(Routine routine, int done, int total, StatementChain chain) throws SQLException {
        write(routine, JournalRow.State.RUNNING, done, total, chain);
    }

    /** Notes a routine whose change is in the database, though it was not run. */
    public void recordThere(Routine routine) throws SQLException {
        write(routine, JournalRow.State.THERE, 0, 0, StatementChain.START);
    }

    /** Notes how far a routine is. */
    void checkpoint(Routine routine, JournalRow.State state, int done, StatementChain chain) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(checkpoint)) {
            update.setString(1, state.name());
            update.setInt(2, done);
            update.setString(3, chain.hex());
            update.setString(4, state.name());
            update.setString(5, routine.key());
            update.executeUpdate();
        }
    }

    /** Notes a checkpoint that a Java migration sets. */
    void mark(Routine routine, String key, String value) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(MARK.formatted(journal.checkpointTable))) {
            insert.setString(1, routine.key());
            insert.setString(2, key);
            insert.setString(3, value);
            insert.executeUpdate();
        }
    }

    /** Forgets the checkpoints of a Java migration that is done. */
    void forgetMarks(Routine routine) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + journal.checkpointTable + " WHERE routine = ?")) {
            delete.setString(1, routine.key());
            delete.executeUpdate();
        }
    }

    /** Notes that releases are complete. */
    public void reach(Map<ReleaseVersion, ReleaseId> releases) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(REACH.formatted(journal.releaseTable))) {
            for (Map.Entry<ReleaseVersion, ReleaseId> release : releases.entrySet()) {
                insert.setString(1, release.getKey().toString());
                insert.setString(2, release.getValue().hex());
                insert.executeUpdate();
            }
        }
    }

    /** Commits what was written, if this server still upgrades. */
    public void commit() throws SQLException {
        seal();
        connection.commit();
    }

    /** Ties what was written to the lease, for a transaction that something else commits. */
    void seal() throws SQLException {
        fence.check(connection);
    }

    /** Makes sure that this server still upgrades, before a statement that commits by itself. */
    void checkBeforeStatement() throws SQLException {
        fence.checkBeforeStatement(connection);
    }

    private void write(Routine routine, JournalRow.State state, int done, int total, StatementChain chain)
            throws SQLException {
        String release = routine instanceof Migration migration
                ? migration.name().release().toString()
                : "";
        try (PreparedStatement insert = connection.prepareStatement(upsert)) {
            insert.setString(1, routine.key());
            insert.setString(2, routine.script());
            insert.setString(3, release);
            insert.setString(4, routine.changeId().hex());
            insert.setString(5, state.name());
            insert.setInt(6, done);
            insert.setInt(7, total);
            insert.setString(8, chain.hex());
            insert.setString(9, state.name());
            insert.executeUpdate();
        }
    }
}
