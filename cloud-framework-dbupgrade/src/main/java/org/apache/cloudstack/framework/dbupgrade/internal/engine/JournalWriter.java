package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/**
 * Writes the journal, on the connection and in the transactions of what it journals. Nothing of it can be committed but
 * through {@link #commit} or after {@link #seal}, which prove that this server still upgrades.
 */
public final class JournalWriter {

    private static final String UPSERT = """
            INSERT INTO %s (migration, script, release_version, change_id, state, statements_done, statements_total,
                            statements_begun, done_hash, started_on, finished_on)
            VALUES %s
            ON DUPLICATE KEY UPDATE script = VALUES(script), release_version = VALUES(release_version),
              change_id = VALUES(change_id), state = VALUES(state), statements_done = VALUES(statements_done),
              statements_total = VALUES(statements_total), statements_begun = VALUES(statements_begun),
              done_hash = VALUES(done_hash),
              session_state = IF(VALUES(state) IN ('RUNNING', 'FAILED') AND VALUES(statements_done) > 0, session_state, NULL),
              last_insert_id = IF(VALUES(state) IN ('RUNNING', 'FAILED') AND VALUES(statements_done) > 0, last_insert_id, 0),
              started_on = IF(VALUES(state) = 'DONE', started_on, VALUES(started_on)), finished_on = VALUES(finished_on),
              failure = NULL""";
    private static final String ROW =
            "(?, ?, ?, ?, ?, ?, ?, NULLIF(?, -1), ?, UTC_TIMESTAMP(3), IF(? IN ('DONE', 'RECORDED'), UTC_TIMESTAMP(3), NULL))";
    private static final int MOST_ROWS = 100;
    private static final int LONGEST_FAILURE = 1000;
    private static final String CHECKPOINT = """
            UPDATE %s SET state = ?, statements_done = ?, statements_begun = NULLIF(?, -1), done_hash = ?, failure = ?,
                          last_insert_id = IF(? = 'RUNNING', LAST_INSERT_ID(), last_insert_id),
                          finished_on = IF(? = 'DONE', UTC_TIMESTAMP(3), NULL)
            WHERE migration = ?""";
    private static final String BEGIN = """
            UPDATE %s SET statements_begun = ?, last_insert_id = LAST_INSERT_ID()
            WHERE migration = ? AND @@autocommit = 0""";
    private static final String SESSION = "UPDATE %s SET session_state = ? WHERE migration = ?";
    private static final String ALIVE =
            "SELECT statements_begun, @@innodb_rollback_on_timeout FROM %s WHERE migration = ?";
    private static final String SAVEPOINT = "`dbupgrade_unit`";
    private static final int NO_SAVEPOINT = 1305;
    private static final Pattern LOCK_TABLES = Pattern.compile("^LOCK\\s+TABLES?\\s", Pattern.CASE_INSENSITIVE);
    private static final String MARK = """
            INSERT INTO %s (migration, checkpoint_key, checkpoint_value, set_on) VALUES (?, ?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE checkpoint_value = VALUES(checkpoint_value), set_on = VALUES(set_on)""";
    private static final String FORGET =
            "DELETE FROM %s WHERE state = 'RUNNING' AND statements_done = 0 AND migration = ?";
    private static final String REACH = """
            INSERT INTO %s (release_version, release_id, reached_on) VALUES (?, ?, UTC_TIMESTAMP(3))
            ON DUPLICATE KEY UPDATE release_id = VALUES(release_id)""";

    private final Journal journal;
    private final PreparedStatements statements;
    private final Connection connection;
    private final FencingToken fence;
    private final Map<Integer, String> upserts = new HashMap<>();
    private final String checkpoint;
    private final String begin;

    /** Writes on a connection whose auto-commit is off while it does. */
    public JournalWriter(Journal journal, PreparedStatements statements, FencingToken fence) {
        this.journal = journal;
        this.statements = statements;
        this.connection = statements.connection();
        this.fence = fence;
        this.checkpoint = CHECKPOINT.formatted(journal.journalTable);
        this.begin = BEGIN.formatted(journal.journalTable);
    }

    public Connection connection() {
        return connection;
    }

    /** Notes migrations as the entries say, whatever was noted of them before; one statement for all but very many. */
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

    /** Forgets the intent to run a migration, of which nothing was sent. */
    public void forget(Migration migration) throws SQLException {
        PreparedStatement delete = statements.of(FORGET.formatted(journal.journalTable));
        delete.setString(1, migration.key());
        delete.executeUpdate();
    }

    /** Notes how far a migration is. */
    void checkpoint(JournalEntry entry) throws SQLException {
        checkpoint(entry, null);
    }

    /** Notes that a migration failed, and with what error, which holds no values. */
    void fail(JournalEntry entry, String error) throws SQLException {
        String shown = error.codePointCount(0, error.length()) <= LONGEST_FAILURE
                ? error
                : error.substring(0, error.offsetByCodePoints(0, LONGEST_FAILURE));
        checkpoint(entry, shown);
    }

    private void checkpoint(JournalEntry entry, @Nullable String failure) throws SQLException {
        PreparedStatement update = statements.of(checkpoint);
        update.setString(1, entry.state().name());
        update.setInt(2, entry.done());
        update.setInt(3, entry.begun());
        update.setString(4, entry.chain().hex());
        update.setString(5, failure);
        update.setString(6, entry.state().name());
        update.setString(7, entry.state().name());
        update.setString(8, entry.migration().key());
        update.executeUpdate();
    }

    /**
     * Marks, in the transaction that a statement is about to be sent in, that it is started: the mark stays as soon as anything
     * commits that transaction, and only then. A script that switched auto-commit on changes nothing about that.
     */
    void begin(Migration migration, int statement) throws SQLException {
        PreparedStatement update = statements.of(begin);
        update.setInt(1, statement);
        update.setString(2, migration.key());
        if (update.executeUpdate() == 0) {
            switchAutoCommitOff();
            update.executeUpdate();
        }
    }

    /** After code that may have set anything in its session: what checkpoints need. */
    void regainSession() throws SQLException {
        switchAutoCommitOff();
        execute("SET SESSION TRANSACTION READ WRITE");
    }

    /** Whatever the script made of it. MySQL commits also when it is off already. */
    private void switchAutoCommitOff() throws SQLException {
        boolean isOn;
        try (ResultSet found = statements.of("SELECT @@autocommit").executeQuery()) {
            isOn = found.next() && found.getBoolean(1);
        }
        if (isOn) {
            execute("SET autocommit = 0");
        }
    }

    /** What the session of a script held at its last checkpoint. */
    SessionState session(Migration migration) throws SQLException {
        return journal.row(connection, migration).map(JournalRow::session).orElse(SessionState.FRESH);
    }

    /** Notes what the session of a script holds. */
    void session(Migration migration, SessionState state) throws SQLException {
        PreparedStatement update = statements.of(SESSION.formatted(journal.journalTable));
        String text = state.text();
        update.setString(1, text.isEmpty() ? null : text);
        update.setString(2, migration.key());
        update.executeUpdate();
    }

    /** Whether a transaction that met an error, and was marked, goes on for sure. */
    boolean isAlive(Migration migration, int begun, boolean timedOut) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALIVE.formatted(journal.journalTable))) {
            select.setString(1, migration.key());
            try (ResultSet found = select.executeQuery()) {
                return found.next() && found.getInt(1) == begun && !(timedOut && found.getBoolean(2));
            }
        }
    }

    /** Takes back what was not committed, and reads what is left. */
    Remains rollback(Migration migration, boolean tablesLocked) throws SQLException {
        boolean isComplete = Remains.rollback(connection);
        if (tablesLocked) {
            execute("UNLOCK TABLES");
        }
        Optional<JournalRow> row = journal.row(connection, migration);
        connection.rollback();
        return new Remains(row, isComplete);
    }

    /** Sets a point that any commit takes away. */
    void watchForCommit() throws SQLException {
        execute("SAVEPOINT " + SAVEPOINT);
    }

    /** Whether something has committed since. */
    boolean sawCommit() throws SQLException {
        try {
            execute("RELEASE SAVEPOINT " + SAVEPOINT);
            return false;
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SAVEPOINT) {
                throw e;
            }
            return true;
        }
    }

    /** Sends a script's {@code LOCK TABLES}, with the journal and the lease: what is not locked then cannot be reached. */
    void lock(SqlStatement statement) throws SQLException {
        String own = journal.journalTable + " WRITE, " + fence.table() + " READ, ";
        String rest = statement.withoutComments();
        String before = statement.text().substring(0, statement.text().length() - rest.length());
        execute(before + LOCK_TABLES.matcher(rest).replaceFirst(Matcher.quoteReplacement("LOCK TABLES " + own)));
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Notes a checkpoint that a Java migration sets. */
    void mark(Migration migration, String key, String value) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(MARK.formatted(journal.checkpointTable))) {
            insert.setString(1, migration.key());
            insert.setString(2, key);
            insert.setString(3, value);
            insert.executeUpdate();
        }
    }

    /** Forgets the checkpoints of a Java migration that is done. */
    void forgetMarks(Migration migration) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + journal.checkpointTable + " WHERE migration = ?")) {
            delete.setString(1, migration.key());
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

    /** Commits what was written while the script locks tables, if this server still upgrades. */
    void commitUnderTableLock() throws SQLException {
        fence.checkUnderTableLock(statements);
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
