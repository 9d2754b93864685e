package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.StatementKind;

/**
 * One run of a script, or of the rest of it, in units that end with a checkpoint: a run of statements that change rows, a
 * transaction or table lock of the script's own, or any other statement alone.
 */
final class ScriptRun {

    private static final int LARGEST_CHUNK = 100;
    private static final Duration LONGEST_CHUNK = Duration.ofSeconds(1);
    private static final int CHECKPOINT_ATTEMPTS = 5;

    private final JournalWriter journal;
    private final Connection connection;
    private final Routine routine;
    private final List<SqlStatement> statements;
    private final StatementSender sender;
    private final Surroundings surroundings;
    private final RoutineEnd end;
    private final RunObserver observer;

    private StatementChain chain = StatementChain.START;
    private SqlStatement current;
    private int checkpointed;
    private int effective;
    private int sent;
    private int told;

    /**
     * What is the same for all scripts.
     *
     * @param waits knows who holds locks
     * @param policy how long to try for locks
     * @param failures tells of failures
     */
    record Surroundings(LockWaits waits, RetryPolicy policy, FailureReport failures) {}

    ScriptRun(
            JournalWriter journal,
            Routine routine,
            List<SqlStatement> statements,
            StatementSender sender,
            Surroundings surroundings,
            RoutineEnd end,
            RunObserver observer) {
        this.journal = journal;
        this.connection = journal.connection();
        this.routine = routine;
        this.statements = statements;
        this.current = statements.isEmpty() ? new SqlStatement(0, 0, "") : statements.get(0);
        this.sender = sender;
        this.surroundings = surroundings;
        this.end = end;
        this.observer = observer;
    }

    /** Runs all statements; the journal says RUNNING already. */
    void run() throws SQLException {
        if (statements.isEmpty()) {
            checkpointAndCommit(0);
        }
        runBehind(0);
    }

    /** Runs all statements behind the given number of done ones. */
    void resume(int done) throws SQLException {
        chain = StatementChain.over(statements.subList(0, done));
        journal.write(List.of(entry(JournalRow.State.RUNNING, done)));
        if (statements.size() == done) {
            checkpoint(done);
        }
        journal.commit();
        for (SqlStatement statement : statements.subList(0, done)) {
            if (statement.kind() == StatementKind.SESSION || statement.setsVariables()) {
                sender.send(statement);
            }
        }
        runBehind(done);
    }

    private void runBehind(int done) throws SQLException {
        checkpointed = done;
        told = done;
        while (checkpointed < statements.size()) {
            runUnit();
        }
    }

    /** A unit that others kept from its locks is undone and, after a pause in which they can pass, runs again. */
    private void runUnit() throws SQLException {
        StatementChain before = chain;
        Retries retries = new Retries(surroundings.policy(), InstantSource.system());
        while (true) {
            sent = checkpointed;
            effective = checkpointed;
            chain = before;
            try {
                journal.checkBeforeStatement();
                runNext();
                checkpointed = sent;
                return;
            } catch (SQLException e) {
                Optional<Duration> pause = isUndone(e) ? retries.pauseAfterFailure() : Optional.empty();
                if (pause.isEmpty()) {
                    throw failed(e);
                }
                tellBlocked(pause.get());
                retries.pause(pause.get());
            }
        }
    }

    private void tellBlocked(Duration pause) throws SQLException {
        List<SqlStatement> upToIt = statements.subList(0, current.number());
        observer.blocked(current, surroundings.waits().blockersOf(connection, upToIt), pause);
        connection.rollback();
    }

    private void runNext() throws SQLException {
        StatementKind kind = next().kind();
        if (kind == StatementKind.DATA) {
            changeRows();
        } else if (kind == StatementKind.BLOCK_BEGIN) {
            runBlock();
        } else {
            sendNext();
            commitCheckpoint();
        }
    }

    /** Whether the unit was kept from a lock, and nothing of it is left: a procedure may have committed something. */
    private boolean isUndone(SQLException error) throws SQLException {
        boolean mayHaveCommitted = current.kind() == StatementKind.OTHER && !current.isDefinition();
        if (!surroundings.waits().isLockedOut(error) || mayHaveCommitted) {
            return false;
        }
        rollback();
        return true;
    }

    private void changeRows() throws SQLException {
        long begin = System.nanoTime();
        do {
            sendNext();
            effective = sent;
        } while (sent < statements.size()
                && next().kind() == StatementKind.DATA
                && sent - checkpointed < LARGEST_CHUNK
                && System.nanoTime() - begin < LONGEST_CHUNK.toNanos());
        checkpointAndCommit(sent);
    }

    /** What would commit the script's transaction from within ends this unit and begins one of its own. */
    private void runBlock() throws SQLException {
        boolean locksTables = next().startsWith("LOCK");
        do {
            sendNext();
        } while (sent < statements.size() && isInside(next(), locksTables));
        if (sent == statements.size() || !endsBlock(next(), locksTables)) {
            unlock(locksTables);
            checkpointAndCommit(sent);
        } else if (next().startsWith("COMMIT")) {
            commitWithCheckpoint();
        } else {
            sendNext();
            commitCheckpoint();
        }
    }

    private static boolean isInside(SqlStatement statement, boolean locksTables) {
        return !endsBlock(statement, locksTables)
                && statement.kind() != StatementKind.BLOCK_BEGIN
                && (locksTables || !statement.isDefinition());
    }

    private static boolean endsBlock(SqlStatement statement, boolean locksTables) {
        return statement.kind() == StatementKind.BLOCK_END && statement.startsWith("UNLOCK") == locksTables;
    }

    /** The script's own COMMIT commits the checkpoint behind it. */
    private void commitWithCheckpoint() throws SQLException {
        chain = chain.and(next());
        checkpoint(sent + 1);
        journal.seal();
        send(next());
        connection.commit();
        sent++;
        tell();
    }

    /** The statement has taken effect and is not to be repeated, so its checkpoint alone is tried again. */
    private void commitCheckpoint() throws SQLException {
        effective = sent;
        for (int attempt = 1; ; attempt++) {
            try {
                checkpointAndCommit(sent);
                return;
            } catch (SQLException e) {
                if (!surroundings.waits().isLockedOut(e) || attempt == CHECKPOINT_ATTEMPTS) {
                    throw e;
                }
                connection.rollback();
            }
        }
    }

    /** Under a table lock of the script the journal, which it does not name, could not be written. */
    private void unlock(boolean locksTables) throws SQLException {
        if (locksTables) {
            try (Statement jdbc = connection.createStatement()) {
                jdbc.execute("UNLOCK TABLES");
            }
        }
    }

    private SqlStatement next() {
        return statements.get(sent);
    }

    private void sendNext() throws SQLException {
        SqlStatement statement = next();
        send(statement);
        chain = chain.and(statement);
        sent++;
        tell();
    }

    private void tell() {
        if (sent > told) {
            told = sent;
            observer.progress(RunObserver.STATEMENT, sent, statements.size());
        }
    }

    private void send(SqlStatement statement) throws SQLException {
        current = statement;
        sender.send(statement);
    }

    private void checkpointAndCommit(int done) throws SQLException {
        if (checkpoint(done)) {
            journal.commit();
        }
    }

    /** Writes how far the routine is; false where its end is written later. */
    private boolean checkpoint(int done) throws SQLException {
        if (done == statements.size()) {
            return end.done(entry(JournalRow.State.DONE, done));
        }
        journal.checkpoint(routine, JournalRow.State.RUNNING, done, chain);
        return true;
    }

    private JournalEntry entry(JournalRow.State state, int done) {
        return new JournalEntry(routine, state, done, statements.size(), chain);
    }

    private void rollback() throws SQLException {
        connection.rollback();
        unlock(statements.get(checkpointed).startsWith("LOCK"));
    }

    /** Rows changed by the statements before the failed one stay changed; of any other unit nothing stays. */
    private RuntimeException failed(SQLException cause) {
        if (ConnectionLostException.isMeantBy(cause)) {
            return new ConnectionLostException(cause);
        }
        try {
            boolean hasRows = statements.get(checkpointed).kind() == StatementKind.DATA;
            if (!hasRows || surroundings.waits().isLockedOut(cause)) {
                rollback();
                effective = hasRows ? checkpointed : effective;
            }
            StatementChain done = StatementChain.over(statements.subList(0, effective));
            journal.fail(routine, effective, done, surroundings.failures().errorOf(cause));
            end.failed();
            journal.commit();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            effective = checkpointed;
        }
        return surroundings.failures().ofStatement(routine, current, statements.size(), effective, cause);
    }
}
