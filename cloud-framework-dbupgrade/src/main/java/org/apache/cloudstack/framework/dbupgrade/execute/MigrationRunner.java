package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.execute.SessionPinning.PinnedSession;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/**
 * Runs one routine. The protocol:
 *
 * <ol>
 *   <li>The journal says RUNNING, and that is committed before the first statement.
 *   <li>After each statement a checkpoint is written and committed: rows changed by the statement and its checkpoint
 *       commit together, a definition commits by itself just before. A transaction or table lock of the script's own is
 *       one unit.
 *   <li>A statement that fails is rolled back, and the journal says FAILED: the statements done stay done, and the next
 *       run goes on at the failed one, after repeating what the done ones set in the session. A repeatable or a Java
 *       migration begins anew.
 *   <li>A process that dies leaves RUNNING. The next run goes on behind the last checkpoint; whether a definition that was
 *       under way took effect is looked up, see {@link ResumePoint}.
 *   <li>The last checkpoint says DONE.
 * </ol>
 */
public final class MigrationRunner {

    private static final int VALID_WITHIN_SECONDS = 5;

    private final Journal journal;
    private final ScriptSplitter splitter;
    private final SessionPinning sessions;
    private final EffectLookup effects;
    private final List<String> schemas;

    /** A runner that journals in the given journal. */
    public MigrationRunner(
            Journal journal,
            ScriptSplitter splitter,
            SessionPinning sessions,
            EffectLookup effects,
            List<String> schemas) {
        this.journal = journal;
        this.splitter = splitter;
        this.sessions = sessions;
        this.effects = effects;
        this.schemas = List.copyOf(schemas);
    }

    /**
     * Runs a routine, or the rest of it, on a connection whose current database is the first schema.
     *
     * @throws StatementFailure when it stops before its end
     */
    public void run(Connection connection, Routine routine, RunObserver observer) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        PinnedSession session = sessions.pin(connection, routine.directives().sqlMode());
        boolean touched = true;
        try {
            connection.setAutoCommit(false);
            if (routine.source() instanceof Source.Script script) {
                List<SqlStatement> statements = splitter.split(routine.script(), script.text());
                ScriptRun run = new ScriptRun(journal, connection, routine, statements, observer);
                run.from(statementsDone(connection, routine, statements));
                touched = run.touchedSession();
            } else if (routine.source() instanceof Source.Java java) {
                new JavaRun(journal, connection, routine, schemas, observer).run(java.instance());
            }
        } finally {
            restore(connection, session, touched, autoCommit);
        }
    }

    private static void restore(Connection connection, PinnedSession session, boolean touched, boolean autoCommit)
            throws SQLException {
        if (!connection.isValid(VALID_WITHIN_SECONDS)) {
            return;
        }
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        session.restore(touched);
    }

    private int statementsDone(Connection connection, Routine routine, List<SqlStatement> statements)
            throws SQLException {
        Optional<JournalRow> row = journal.row(connection, routine);
        if (row.isEmpty()) {
            return 0;
        }
        ResumePoint point = ResumePoint.of(connection, routine, row.get(), statements, effects);
        if (point.objection().isPresent()) {
            throw new StatementFailure(routine, point.objection().get(), null);
        }
        return point.statementsDone();
    }

    /** Notes that the change of a routine is in the database through another one, and commits. */
    public void record(Connection connection, Routine routine) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            journal.recordThere(connection, List.of(routine));
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    /** Whether the journal says that the routine is in the database, with this content or one that it supersedes. */
    public boolean isInDatabase(Connection connection, Routine routine) throws SQLException {
        return journal.row(connection, routine)
                .filter(row -> row.state().isInDatabase())
                .filter(row -> row.changeId().equals(routine.changeId())
                        || routine.directives().supersedes().containsKey(row.changeId()))
                .isPresent();
    }
}
