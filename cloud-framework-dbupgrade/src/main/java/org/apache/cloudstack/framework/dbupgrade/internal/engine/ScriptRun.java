package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.StatementKind;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script, or of the rest of it, in units that end with a checkpoint: some statements that change rows, a
 * transaction or table lock of the script's own, or any other statement alone. A unit that can be taken back starts with a
 * mark in its transaction, and the mark decides after an error whether it was; of any other, the intent is written before.
 */
final class ScriptRun {

    private static final int LARGEST_CHUNK = 100;
    private static final Duration LONGEST_CHUNK = Duration.ofSeconds(1);

    private final UnitJournal journal;
    private final Connection connection;
    private final Migration migration;
    private final List<SqlStatement> statements;
    private final StatementSender sender;
    private final Surroundings surroundings;
    private final RunObserver observer;

    private ScriptHash chain = ScriptHash.START;
    private SqlStatement current;
    private int checkpointed;
    private int effective;
    private int sent;
    private int told;
    /** The script's own; it is taken again when a unit is tried again. */
    private @Nullable SqlStatement tableLock;

    private @Nullable SessionWork before;
    private boolean tookEffect;

    /**
     * What is the same for all scripts.
     *
     * @param waits knows who holds locks
     * @param policy how long to try for locks
     * @param kept knows of rows that a rollback keeps
     * @param effects looks whether a statement took effect
     * @param failures reports failures
     */
    record Surroundings(
            LockWaits waits, RetryPolicy policy, KeptRows kept, DdlEffectProbe effects, FailureReport failures) {}

    ScriptRun(
            JournalWriter writer,
            Migration migration,
            List<SqlStatement> statements,
            StatementSender sender,
            Surroundings surroundings,
            MigrationEnd end,
            RunObserver observer) {
        this.journal = new UnitJournal(writer, migration, statements, sender, end, surroundings);
        this.connection = writer.connection();
        this.migration = migration;
        this.statements = statements;
        this.current = statements.isEmpty() ? new SqlStatement(0, 0, "") : statements.get(0);
        this.sender = sender;
        this.surroundings = surroundings;
        this.observer = observer;
    }

    /** Runs all statements; the journal says RUNNING already. */
    void run() throws SQLException {
        if (statements.isEmpty()) {
            journal.checkpoint(0, chain);
        }
        runBehind(0);
    }

    /** Runs the statements after those that are done. */
    void resume(ResumePoint point) throws SQLException {
        int done = point.statementsDone();
        chain = point.chain();
        journal.resume(done, chain);
        if (!point.session().equals(SessionState.FRESH)) {
            sender.restore(point.session());
        }
        noteLocks(0, done);
        runBehind(done);
    }

    private void noteLocks(int from, int to) {
        for (SqlStatement statement : statements.subList(from, to)) {
            if (statement.kind() == StatementKind.BLOCK_BEGIN) {
                tableLock = statement.startsWith("LOCK") ? statement : null;
            } else if (statement.startsWith("UNLOCK")) {
                tableLock = null;
            }
        }
    }

    private void runBehind(int done) throws SQLException {
        checkpointed = done;
        told = done;
        while (checkpointed < statements.size()) {
            runUnit();
        }
        journal.unlock();
    }

    /** A unit that others kept from its locks is undone and, after a pause in which they can pass, runs again. */
    private void runUnit() throws SQLException {
        ScriptHash chainBefore = chain;
        SqlStatement lockBefore = tableLock;
        Retries retries = new Retries(surroundings.policy(), InstantSource.system());
        boolean isDone = false;
        while (!isDone) {
            try {
                chain = chainBefore;
                tableLock = lockBefore;
                begin();
                runNext();
                isDone = true;
            } catch (SQLException e) {
                isDone = isDoneAfterAll(e, retries);
            }
        }
        checkpointed = sent;
    }

    private void begin() throws SQLException {
        sent = checkpointed;
        effective = checkpointed;
        current = next();
        before = null;
        tookEffect = false;
        journal.begin();
        if (tableLock != null && !journal.hasTablesLocked() && next().kind() != StatementKind.BLOCK_BEGIN) {
            journal.lock(tableLock);
        }
    }

    /**
     * Whether a unit that met an error is done, since its commit was answered by an error and took effect. False when it is to
     * run again.
     *
     * @throws StatementFailure when it failed
     */
    private boolean isDoneAfterAll(SQLException error, Retries retries) throws SQLException {
        if (ConnectionLostException.isMeantBy(error)) {
            throw new ConnectionLostException(error);
        }
        boolean lockedOut = surroundings.waits().isLockedOut(error);
        if (isChunkOfRows() && !journal.isEnding() && !lockedOut && journal.isAlive(error)) {
            throw failed(error, StatementEffect.NONE, true);
        }
        boolean isQuiet = !journal.isEnding() && isQuiet(error);
        Remains remains = undo(error);
        if (journal.isEnding() && remains.hasReached(sent)) {
            noteLocks(checkpointed, sent);
            if (sent == statements.size() && !remains.isDone()) {
                checkpointOfDone();
            }
            return true;
        }
        boolean isUndone = isQuiet
                || !tookEffect
                        && (remains.isNothingBehind(checkpointed) || journal.isNotDone(checkpointed + 1, remains));
        Optional<Duration> pause = lockedOut && isUndone ? retries.pauseAfterFailure() : Optional.empty();
        if (pause.isEmpty()) {
            throw stopped(error, remains, isUndone, lockedOut);
        }
        observer.blocked(current, surroundings.waits().blockersOf(connection, upToCurrent()), pause.get());
        connection.rollback();
        retries.pause(pause.get());
        if (!sender.restore(journal.session())) {
            throw new ConnectionLostException(error);
        }
        connection.rollback();
        return false;
    }

    private List<SqlStatement> upToCurrent() {
        return statements.subList(0, current.number());
    }

    private boolean isChunkOfRows() {
        return tableLock == null
                && before == null
                && statements.get(checkpointed).kind() == StatementKind.DATA;
    }

    /** Whether it failed before it changed anything that a rollback keeps: as DDL does, and as the server counts. */
    private boolean isQuiet(SQLException error) {
        try {
            return current.commitsBefore() || before != null && before.isAll(SessionWork.of(connection));
        } catch (SQLException e) {
            error.addSuppressed(e);
            return false;
        }
    }

    private Remains undo(SQLException error) {
        try {
            return journal.rollback();
        } catch (SQLException e) {
            error.addSuppressed(e);
            if (ConnectionLostException.isMeantBy(e)) {
                throw new ConnectionLostException(error);
            }
            effective = checkpointed;
            throw surroundings.failures().ofStatement(failure(StatementEffect.LOOKED_UP), error);
        }
    }

    /** Of a unit that is not tried again nothing is left, or what it committed, or what a rollback keeps. */
    private RuntimeException stopped(SQLException error, Remains remains, boolean isUndone, boolean lockedOut) {
        if (tookEffect) {
            return failed(error, StatementEffect.NONE, true);
        }
        int begun = remains.begun();
        boolean hasPart = !isUndone && begun == current.number() || !remains.isComplete();
        if (hasPart && (lockedOut || journal.isEnding())) {
            return surroundings.failures().ofInterruption(migration, current, statements.size(), error);
        }
        int committed = begun < current.number() ? begun : current.number() - 1;
        effective = Math.max(checkpointed, committed);
        boolean mayHavePart = hasPart || current.mayFailInPart() && !FailureReport.isUnreadable(error);
        return failed(error, mayHavePart ? StatementEffect.PART : StatementEffect.NONE, false);
    }

    /** The statements done stay done, and the next run goes on at the failed one. */
    private RuntimeException failed(SQLException error, StatementEffect effect, boolean isLive) {
        try {
            journal.fail(effective, surroundings.failures().errorOf(error), isLive);
            return surroundings.failures().ofStatement(failure(effect), error);
        } catch (SQLException e) {
            error.addSuppressed(e);
            effective = checkpointed;
            return surroundings.failures().ofStatement(failure(StatementEffect.LOOKED_UP), error);
        }
    }

    private FailureReport.Failure failure(StatementEffect effect) {
        return new FailureReport.Failure(migration, current, statements.size(), effective, effect);
    }

    private void runNext() throws SQLException {
        StatementKind kind = next().kind();
        if (kind == StatementKind.BLOCK_BEGIN) {
            openBlock();
            runBlock();
        } else if (mayKeepRows()) {
            runKeepingRows();
        } else if (tableLock != null) {
            runBlock();
        } else if (kind == StatementKind.DATA) {
            changeRows();
        } else if (next().commitsBefore() || next().dropsTemporaryTable()) {
            sendNext();
            checkpointOfDone();
        } else {
            runInTransaction(kind);
        }
    }

    private boolean mayKeepRows() throws SQLException {
        return surroundings.kept().mayComeFrom(connection, statements.subList(0, sent + 1));
    }

    private void changeRows() throws SQLException {
        long begin = System.nanoTime();
        journal.mark(sent + 1);
        do {
            sendNext();
            effective = sent;
        } while (sent < statements.size()
                && next().kind() == StatementKind.DATA
                && sent - checkpointed < LARGEST_CHUNK
                && System.nanoTime() - begin < LONGEST_CHUNK.toNanos()
                && !mayKeepRows());
        journal.checkpoint(sent, chain);
    }

    /** Nobody knows what a procedure or dynamic SQL commits; the mark in its transaction shows whether it did. */
    private void runInTransaction(StatementKind kind) throws SQLException {
        if (mayChangeRows(kind)) {
            journal.mark(sent + 1);
        } else if (kind == StatementKind.SESSION) {
            // what the catalog was asked before may have started a transaction, in which some settings are refused
            connection.rollback();
        }
        if (kind == StatementKind.OTHER) {
            before = SessionWork.of(connection);
        }
        sendNext();
        if (kind == StatementKind.OTHER || current.namesAutoCommit()) {
            journal.regainSession();
        }
        journal.checkpointInPlace(sent, chain);
    }

    /** What only sets something in the session need not be marked, and some of it the server refuses within a transaction. */
    private boolean mayChangeRows(StatementKind kind) {
        boolean callsNothing = kind == StatementKind.SESSION && next().text().indexOf('(') < 0;
        return kind != StatementKind.BLOCK_END && !callsNothing;
    }

    /** A statement whose rows no rollback takes back runs as a client would send it, with its intent written before. */
    private void runKeepingRows() throws SQLException {
        journal.intend(sent + 1);
        before = SessionWork.of(connection);
        connection.setAutoCommit(true);
        sendNext();
        connection.setAutoCommit(false);
        if (current.kind() == StatementKind.OTHER) {
            journal.regainSession();
        }
        checkpointOfDone();
    }

    /** DDL committed all of itself; what else commits, such as a procedure, may have changed rows since. */
    private void checkpointOfCommitted() throws SQLException {
        if (current.commitsBefore()) {
            checkpointOfDone();
        } else {
            journal.checkpoint(sent, chain);
        }
    }

    private void checkpointOfDone() throws SQLException {
        tookEffect = true;
        effective = sent;
        journal.checkpointOfDone(sent, chain);
    }

    private void openBlock() throws SQLException {
        if (next().startsWith("LOCK")) {
            current = next();
            journal.lock(current);
            tableLock = current;
            took();
        } else {
            journal.unlock();
            tableLock = null;
            sendNext();
        }
    }

    /** What commits the script's transaction from within ends this unit. */
    private void runBlock() throws SQLException {
        boolean seesSavepoints = true;
        while (sent < statements.size() && isInside(next())) {
            if (sent > checkpointed && mayKeepRows()) {
                journal.checkpoint(sent, chain);
                return;
            }
            seesSavepoints &= !next().isAboutSavepoints();
            boolean mayCommit = next().kind() != StatementKind.DATA && next().kind() != StatementKind.QUERY;
            if (mayCommit || !journal.isMarked()) {
                journal.mark(sent + 1);
            }
            if (commitsInBlock(mayCommit && seesSavepoints)) {
                journal.regainSession();
                checkpointOfCommitted();
                return;
            }
        }
        endBlock();
    }

    /** Sends a statement; whether it committed what came before it. */
    private boolean commitsInBlock(boolean watched) throws SQLException {
        if (watched) {
            journal.watchForCommit();
        }
        sendNext();
        return watched && (current.commitsBefore() || journal.sawCommit());
    }

    private boolean isInside(SqlStatement statement) {
        boolean locksTables = tableLock != null;
        boolean ends = statement.kind() == StatementKind.BLOCK_END && (locksTables || !statement.startsWith("UNLOCK"));
        return !ends && statement.kind() != StatementKind.BLOCK_BEGIN && (locksTables || !statement.commitsBefore());
    }

    private void endBlock() throws SQLException {
        if (sent == statements.size() || next().kind() != StatementKind.BLOCK_END) {
            journal.checkpoint(sent, chain);
        } else if (next().startsWith("ROLLBACK")) {
            sendNext();
            journal.checkpointInPlace(sent, chain);
        } else if (tableLock != null) {
            commitUnderTableLock();
        } else {
            commit();
        }
    }

    /** The script's own COMMIT commits the checkpoint after it. */
    private void commit() throws SQLException {
        current = next();
        took();
        journal.checkpointForCommit(sent, chain);
        sender.send(current);
        connection.commit();
    }

    /** So does UNLOCK TABLES. */
    private void commitUnderTableLock() throws SQLException {
        current = next();
        took();
        journal.checkpoint(sent, chain);
        if (current.startsWith("UNLOCK")) {
            journal.unlock();
            tableLock = null;
        }
    }

    private SqlStatement next() {
        return statements.get(sent);
    }

    /** Sends a statement, and with nothing in between those that read what the server reports about the one before. */
    private void sendNext() throws SQLException {
        do {
            current = next();
            sender.send(current);
            surroundings.kept().sent(current);
            took();
        } while (sent < statements.size() && next().readsOutcome());
    }

    private void took() {
        chain = chain.and(next());
        sent++;
        if (sent > told) {
            told = sent;
            observer.progress(RunObserver.STATEMENT, sent, statements.size());
        }
    }
}
