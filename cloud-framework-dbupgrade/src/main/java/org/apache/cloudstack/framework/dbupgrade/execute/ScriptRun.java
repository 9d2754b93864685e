package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.StatementKind;

/** One run of a script, or of the rest of it. */
final class ScriptRun {

    private final Journal journal;
    private final Connection connection;
    private final Routine routine;
    private final List<SqlStatement> statements;
    private final RunObserver observer;

    private StatementChain chain = StatementChain.START;
    private boolean inBlock;
    private boolean lockedTables;
    private boolean touchedSession;

    ScriptRun(
            Journal journal,
            Connection connection,
            Routine routine,
            List<SqlStatement> statements,
            RunObserver observer) {
        this.journal = journal;
        this.connection = connection;
        this.routine = routine;
        this.statements = statements;
        this.observer = observer;
    }

    /** Whether a statement may have changed the session. */
    boolean touchedSession() {
        return touchedSession;
    }

    /** Runs all statements behind the given number of done ones. */
    void from(int done) throws SQLException {
        chain = StatementChain.over(statements.subList(0, done));
        journal.begin(connection, routine, done, statements.size(), chain);
        if (statements.size() == done) {
            checkpoint(done);
        }
        connection.commit();
        int checkpointed = done;
        for (SqlStatement statement : statements) {
            if (statement.number() <= done) {
                repeatSessionOf(statement);
                continue;
            }
            try {
                execute(statement);
            } catch (SQLException e) {
                throw failed(checkpointed, statement, e);
            }
            checkpointed = inBlock ? checkpointed : statement.number();
            observer.progress(RunObserver.STATEMENT, statement.number(), statements.size());
        }
    }

    private void repeatSessionOf(SqlStatement statement) throws SQLException {
        if (statement.kind() == StatementKind.SESSION || statement.setsVariables()) {
            touchedSession = true;
            send(statement);
        }
    }

    private void execute(SqlStatement statement) throws SQLException {
        StatementKind kind = statement.kind();
        touchedSession |= kind == StatementKind.SESSION || kind == StatementKind.OTHER && maySetVariables(statement);
        StatementChain next = chain.and(statement);
        boolean endsTransaction = kind == StatementKind.BLOCK_END && statement.startsWith("COMMIT");
        if (endsTransaction) {
            chain = next;
            checkpoint(statement.number());
        }
        send(statement);
        chain = next;
        followBlock(kind, statement);
        boolean isLast = statement.number() == statements.size();
        if (isLast) {
            unlock();
        }
        if (!endsTransaction && (!inBlock || isLast)) {
            checkpoint(statement.number());
        }
        if (!inBlock || isLast) {
            connection.commit();
        }
    }

    /** A definition commits, and so ends a transaction of the script; a table lock it leaves as it is. */
    private void followBlock(StatementKind kind, SqlStatement statement) {
        if (kind == StatementKind.BLOCK_BEGIN) {
            inBlock = true;
            lockedTables = statement.startsWith("LOCK");
        } else if (kind == StatementKind.BLOCK_END || inBlock && !lockedTables && statement.isDefinition()) {
            inBlock = false;
        }
    }

    /** Under a table lock of the script the journal, which it does not name, could not be written. */
    private void unlock() throws SQLException {
        if (inBlock && lockedTables) {
            inBlock = false;
            try (Statement jdbc = connection.createStatement()) {
                jdbc.execute("UNLOCK TABLES");
            }
        }
    }

    private static boolean maySetVariables(SqlStatement statement) {
        return statement.startsWith("CALL")
                || statement.startsWith("EXECUTE")
                || statement.text().startsWith("/*");
    }

    private void send(SqlStatement statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            boolean isResultSet = jdbc.execute(statement.text());
            while (isResultSet || jdbc.getUpdateCount() != -1) {
                isResultSet = jdbc.getMoreResults();
            }
        }
    }

    private void checkpoint(int done) throws SQLException {
        JournalRow.State state = done == statements.size() ? JournalRow.State.DONE : JournalRow.State.RUNNING;
        journal.checkpoint(connection, routine, state, done, chain);
    }

    private StatementFailure failed(int checkpointed, SqlStatement statement, SQLException cause) {
        try {
            connection.rollback();
            unlock();
            journal.checkpoint(
                    connection,
                    routine,
                    JournalRow.State.FAILED,
                    checkpointed,
                    StatementChain.over(statements.subList(0, checkpointed)));
            connection.commit();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        String place =
                " in statement " + statement.number() + " of " + statements.size() + " (line " + statement.line() + ")";
        String done = checkpointed == 0 ? "none of its statements is done" : checkpointed + " of them are done";
        return new StatementFailure(
                routine,
                FindingCode.MIGRATION_FAILED.because(ServerMessage.of(cause), routine.script(), place, done),
                cause);
    }
}
