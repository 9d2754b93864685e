package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;

/** Journals the units of one script: their marks, and the checkpoints that end them. */
final class UnitJournal {

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final String UNWRITTEN = "`dbupgrade_unwritten`";

    private final JournalWriter journal;
    private final Connection connection;
    private final Migration migration;
    private final List<SqlStatement> statements;
    private final StatementSender sender;
    private final MigrationEnd end;
    private final LockWaits waits;
    private final RetryPolicy policy;
    private final DdlEffectProbe effects;

    private int marked;
    private boolean ending;
    private boolean tablesLocked;

    UnitJournal(
            JournalWriter journal,
            Migration migration,
            List<SqlStatement> statements,
            StatementSender sender,
            MigrationEnd end,
            ScriptRun.Surroundings surroundings) {
        this.journal = journal;
        this.connection = journal.connection();
        this.migration = migration;
        this.statements = statements;
        this.sender = sender;
        this.end = end;
        this.waits = surroundings.waits();
        this.policy = surroundings.policy();
        this.effects = surroundings.effects();
    }

    /** Starts a unit, of which nothing is marked. */
    void begin() throws SQLException {
        marked = 0;
        ending = false;
        if (!tablesLocked) {
            journal.checkBeforeStatement();
        }
    }

    /** Whether a checkpoint of this unit was about to be written. */
    boolean isEnding() {
        return ending;
    }

    /** Whether this unit is marked. */
    boolean isMarked() {
        return marked > 0;
    }

    /** Whether a table lock of the script is in force. */
    boolean hasTablesLocked() {
        return tablesLocked;
    }

    /** Marks in the transaction of the unit that a statement is started. */
    void mark(int statement) throws SQLException {
        journal.begin(migration, statement);
        noteSession();
        marked = statement;
    }

    /** Writes the intent to send a statement, which nothing takes back. */
    void intend(int statement) throws SQLException {
        mark(statement);
        if (tablesLocked) {
            journal.commitUnderTableLock();
        } else {
            journal.commit();
        }
    }

    /** Whether the transaction of the unit goes on for sure, though a statement met an error. */
    boolean isAlive(SQLException error) {
        try {
            return journal.isAlive(migration, marked, error.getErrorCode() == LOCK_WAIT_TIMEOUT);
        } catch (SQLException e) {
            error.addSuppressed(e);
            return false;
        }
    }

    /** Takes back what the unit did not commit. */
    Remains rollback() throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
        }
        boolean wereLocked = tablesLocked;
        tablesLocked = false;
        return journal.rollback(migration, wereLocked);
    }

    /** Whether something of a statement may be committed, and the database shows that it is to be sent again all the same. */
    boolean isNotDone(int statement, Remains remains) throws SQLException {
        return remains.isComplete()
                && remains.begun() == statement
                && effects.lookUp(connection, statements.subList(0, statement)).effect() == DdlOutcome.NOT_DONE;
    }

    void lock(SqlStatement statement) throws SQLException {
        journal.lock(statement);
        tablesLocked = true;
    }

    void unlock() throws SQLException {
        if (tablesLocked) {
            tablesLocked = false;
            journal.execute("UNLOCK TABLES");
        }
    }

    void watchForCommit() throws SQLException {
        journal.watchForCommit();
    }

    boolean sawCommit() throws SQLException {
        return journal.sawCommit();
    }

    void regainSession() throws SQLException {
        journal.regainSession();
    }

    /**
     * Ends a unit, and commits. Of the records only the journal can be reached while the script locks tables, so the end of the
     * migration is written when it does no more.
     */
    void checkpoint(int done, ScriptHash chain) throws SQLException {
        ending = true;
        if (tablesLocked) {
            journal.checkpoint(running(done, chain));
            noteSession();
            journal.commitUnderTableLock();
            if (done < statements.size()) {
                return;
            }
            unlock();
        }
        if (write(done, chain)) {
            journal.commit();
        }
    }

    /** Ends a unit, for the script's own {@code COMMIT}. */
    void checkpointForCommit(int done, ScriptHash chain) throws SQLException {
        ending = true;
        write(done, chain);
        journal.seal();
    }

    /** Ends a unit that has taken effect whatever happens, so that only its checkpoint is tried again. */
    void checkpointOfDone(int done, ScriptHash chain) throws SQLException {
        Retries retries = new Retries(policy, InstantSource.system());
        while (true) {
            try {
                checkpoint(done, chain);
                return;
            } catch (SQLException e) {
                Optional<Duration> pause = waits.isLockedOut(e) ? retries.pauseAfterFailure() : Optional.empty();
                if (pause.isEmpty()) {
                    throw e;
                }
                connection.rollback();
                sender.forgetAnswers();
                retries.pause(pause.get());
            }
        }
    }

    /** Ends a unit whose changes wait for the checkpoint, as long as the server keeps them. */
    void checkpointInPlace(int done, ScriptHash chain) throws SQLException {
        Retries retries = new Retries(policy, InstantSource.system());
        boolean isWritten = false;
        while (!isWritten) {
            isWritten = isWritten(done, chain, retries);
        }
    }

    private boolean isWritten(int done, ScriptHash chain, Retries retries) throws SQLException {
        ending = true;
        boolean isToCommit;
        boolean isEndOfRoutine = !tablesLocked && done == statements.size();
        if (isEndOfRoutine) {
            journal.execute("SAVEPOINT " + UNWRITTEN);
        }
        try {
            isToCommit = tablesLocked || write(done, chain);
            if (isToCommit && !tablesLocked) {
                journal.seal();
            }
        } catch (SQLException e) {
            boolean waitsOn = e.getErrorCode() == LOCK_WAIT_TIMEOUT
                    && (!isEndOfRoutine || isUnwritten(e))
                    && (!isMarked() || isAlive(e))
                    && retries.pauseAfterFailure().isPresent();
            if (!waitsOn) {
                throw e;
            }
            sender.forgetAnswers();
            return false;
        }
        if (tablesLocked) {
            checkpoint(done, chain);
        } else if (isToCommit) {
            connection.commit();
        }
        return true;
    }

    /** Takes back the records of an end that is not complete, if the transaction is still there. */
    private boolean isUnwritten(SQLException error) {
        try {
            journal.execute("ROLLBACK TO " + UNWRITTEN);
            return true;
        } catch (SQLException e) {
            error.addSuppressed(e);
            return false;
        }
    }

    /** Writes how far the migration is; false where its end is written later. */
    private boolean write(int done, ScriptHash chain) throws SQLException {
        if (done == statements.size()) {
            return end.done(JournalEntry.at(migration, JournalRow.State.DONE, done, done, chain));
        }
        journal.checkpoint(running(done, chain));
        noteSession();
        return true;
    }

    private void noteSession() throws SQLException {
        Optional<SessionState> state = sender.changedState();
        if (state.isPresent()) {
            journal.session(migration, state.get());
        }
    }

    /** What the session held when the last unit ended. */
    SessionState session() throws SQLException {
        return journal.session(migration);
    }

    /**
     * Writes that the migration failed, and commits.
     *
     * @param isLive whether the statements done left this session, and a rollback took nothing of them back
     */
    void fail(int done, String error, boolean isLive) throws SQLException {
        ScriptHash chain = ScriptHash.over(statements.subList(0, done));
        if (isLive) {
            journal.checkpoint(running(done, chain));
            noteSession();
        }
        journal.fail(JournalEntry.at(migration, JournalRow.State.FAILED, done, statements.size(), chain), error);
        journal.commit();
    }

    /** Writes that the migration goes on after the statements done, and commits. */
    void resume(int done, ScriptHash chain) throws SQLException {
        journal.write(List.of(running(done, chain)));
        if (statements.size() == done) {
            write(done, chain);
        }
        journal.commit();
    }

    private JournalEntry running(int done, ScriptHash chain) {
        return JournalEntry.running(migration, statements, done, chain);
    }
}
