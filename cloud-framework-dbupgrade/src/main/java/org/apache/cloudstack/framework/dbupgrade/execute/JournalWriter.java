package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/**
 * Writes the journal, on the connection and in the transactions of what it journals. Nothing of it can be committed but
 * through {@link #commit} or behind {@link #seal}, which prove that this server still upgrades.
 */
public final class JournalWriter {

    private static final String UPSERT = """
            INSERT INTO %s (routine, script, release_version, change_id, state, statements_done, statements_total,
                            done_hash, started_on, finished_on)
            VALUES %s
            ON DUPLICATE KEY UPDATE script = VALUES(script), release_version = VALUES(release_version),
              change_id = VALUES(change_id), state = VALUES(state), statements_done = VALUES(statements_done),
              statements_total = VALUES(statements_total), done_hash = VALUES(done_hash),
              started_on = IF(VALUES(state) = 'DONE', started_on, VALUES(started_on)), finished_on = VALUES(finished_on),
              failure = NULL""";
    private static final String ROW =
            "(?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), IF(? IN ('DONE', 'THERE'), UTC_TIMESTAMP(3), NULL))";
    private static final int MOST_ROWS = 100;
    private static final int LONGEST_FAILURE = 1000;
    private static final String CHECKPOINT = """
            UPDATE %s SET state = ?, statements_done = ?, done_hash = ?, failure = ?,
                          finished_on = IF(? = 'DONE', UTC_TIMESTAMP(3), NULL)
            WHERE routine = ?""";
    private static final String MARK = """
            INSERT INTO %s (routine, checkpoint_key, checkpoint_value, set_on) VALUES (?, ?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE checkpoint_value = VALUES(checkpoint_value), set_on = VALUES(set_on)""";
    private static final String FORGET =
            "DELETE FROM %s WHERE state = 'RUNNING' AND statements_done = 0 AND routine = ?";
    private static final String REACH = """
            INSERT INTO %s (release_version, release_id, reached_on) VALUES (?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE release_id = VALUES(release_id)""";

    private final Journal journal;
    private final OpenStatements statements;
    private final Connection connection;
    private final Fence fence;
    private final Map<Integer, String> upserts = new HashMap<>();
    private final String checkpoint;

    /** Writes on a connection whose auto-commit is off while it does. */
    public JournalWriter(Journal journal, OpenStatements statements, Fence fence) {
        this.journal = journal;
        this.statements = statements;
        this.connection = statements.connection();
        this.fence = fence;
        this.checkpoint = CHECKPOINT.formatted(journal.journalTable);
    }

    Connection connection() {
        return connection;
    }

    /** Notes routines as the entries say, whatever was noted of them before; one statement for all but very many. */
    public void write(List<JournalEntry> entries) throws SQLException {
        for (int from = 0; from < entries.size(); from += MOST_ROWS) {
            List<JournalEntry> some = entries.subList(from, Math.min(entries.size(), from + MOST_ROWS));
            PreparedStatement insert = statements.of(upserts.computeIfAbsent(some.size(), this::upsertOf));
            int column = 0;
            for (JournalEntry entry : some) {
                for (Object value : entry.values()) {
                    insert.setObject(++column, value);
                }
                insert.setString(++column, entry.state().name());
            }
            insert.executeUpdate();
        }
    }

    private String upsertOf(int rows) {
        return UPSERT.formatted(journal.journalTable, String.join(", ", Collections.nCopies(rows, ROW)));
    }

    /** Forgets the intent to run a routine, of which nothing was sent. */
    public void forget(Routine routine) throws SQLException {
        PreparedStatement delete = statements.of(FORGET.formatted(journal.journalTable));
        delete.setString(1, routine.key());
        delete.executeUpdate();
    }

    /** Notes how far a routine is. */
    void checkpoint(Routine routine, JournalRow.State state, int done, StatementChain chain) throws SQLException {
        checkpoint(routine, state, done, chain, null);
    }

    /** Notes that a routine failed behind the statements done, and with what error, which holds no values. */
    void fail(Routine routine, int done, StatementChain chain, String error) throws SQLException {
        String shown = error.codePointCount(0, error.length()) <= LONGEST_FAILURE
                ? error
                : error.substring(0, error.offsetByCodePoints(0, LONGEST_FAILURE));
        checkpoint(routine, JournalRow.State.FAILED, done, chain, shown);
    }

    private void checkpoint(
            Routine routine, JournalRow.State state, int done, StatementChain chain, @Nullable String failure)
            throws SQLException {
        PreparedStatement update = statements.of(checkpoint);
        update.setString(1, state.name());
        update.setInt(2, done);
        update.setString(3, chain.hex());
        update.setString(4, failure);
        update.setString(5, state.name());
        update.setString(6, routine.key());
        update.executeUpdate();
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

    /** Notes that a release is not complete after all; does not commit. */
    public void forget(ReleaseVersion release) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + journal.releaseTable + " WHERE release_version = ?")) {
            delete.setString(1, release.toString());
            delete.executeUpdate();
        }
    }

    /** Commits what was written, if this server still upgrades. */
    public void commit() throws SQLException {
        seal();
        connection.commit();
    }

    /** Ties what was written to the lease, for a transaction that something else commits. */
    void seal() throws SQLException {
        fence.check(statements);
    }

    /** Makes sure that this server still upgrades, before a statement that commits by itself. */
    void checkBeforeStatement() throws SQLException {
        fence.checkBeforeStatement(statements);
    }
}
