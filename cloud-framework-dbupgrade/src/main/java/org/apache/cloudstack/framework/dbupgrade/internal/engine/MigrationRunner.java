package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SessionPinning.PinnedSession;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;

/**
 * Runs one migration on the connection of an upgrade. The protocol:
 *
 * <ol>
 *   <li>Before its first statement the journal says RUNNING. That is written together with the end of the migration before.
 *   <li>Of a series of migrations that only add something, all intents are written together, and so are the ends. When it is
 *       cut off, those are done whose addition is there, see {@link BatchableMigrations}.
 *   <li>After each statement a checkpoint is written and committed, which is the intent to run the next one too. Statements
 *       that change rows commit together with their checkpoint, some at a time; DDL commits by itself just before.
 *       A transaction or table lock of the script's own is one unit.
 *   <li>Every such transaction also proves that this server still upgrades, see {@link FencingToken}.
 *   <li>A statement that fails is rolled back, and the journal says FAILED: the statements done stay done, and the next
 *       run goes on at the failed one, after repeating what the done ones set in the session. A repeatable starts from the beginning, a
 *       Java migration goes on after the checkpoints it set.
 *   <li>A table that an executable changes by a copy is put in its place by this connection, so that the same goes for it as for
 *       any DDL statement. What the executable had made is removed before anything else, see {@link TableCopier}.
 *   <li>A statement that others kept from a lock is sent again, and again.
 *   <li>A process or connection that dies leaves RUNNING. The next run goes on after the last checkpoint; whether a
 *       DDL statement that was under way took effect is looked up, see {@link ResumePoint}.
 *   <li>A Java migration in the background that is asked to stop leaves RUNNING too.
 *   <li>The last checkpoint says DONE. Flyway's history and the releases completed are written with it.
 * </ol>
 */
public final class MigrationRunner {

    private final Journal journal;
    private final JournalWriter writer;
    private final PinnedSession session;
    private final Server server;
    private final RetryPolicy policy;
    private final List<String> schemas;
    private final FailureReport failures;

    /**
     * What the database server and its differences are asked for.
     *
     * @param effects whether a DDL statement took effect
     * @param waits who holds locks
     * @param kept knows of rows that a rollback keeps
     * @param online DDL that leaves a table usable
     * @param copier changes tables by a copy, where a script asks for that
     * @param guards DDL under a condition
     * @param catalogue usual causes and cures of errors
     * @param throttle whether others need it more
     * @param stopSign when migrations in the background are to stop
     */
    public record Server(
            DdlEffectProbe effects,
            LockWaits waits,
            KeptRows kept,
            OnlineRewriting online,
            Supplier<TableCopier> copier,
            GuardedDefinitions guards,
            FailureCatalogue catalogue,
            LoadMonitor throttle,
            CancellationToken stopSign) {}

    /**
     * A runner for the connection that the journal is written on, whose session is pinned.
     *
     * @param policy how long to try for locks
     * @param schemas the databases of the upgrade
     */
    public MigrationRunner(
            Journal journal,
            JournalWriter writer,
            PinnedSession session,
            Server server,
            RetryPolicy policy,
            List<String> schemas) {
        this.journal = journal;
        this.writer = writer;
        this.session = session;
        this.server = server;
        this.policy = policy;
        this.schemas = List.copyOf(schemas);
        this.failures = new FailureReport(server.catalogue());
    }

    /**
     * Runs a migration of which the journal says that it is started.
     *
     * @param resumes whether it was started in an earlier upgrade, so that its rest is run
     * @param statements all statements, when it is a script
     * @throws StatementFailure when it stops before its end, or cannot go on
     */
    public void run(
            Migration migration, boolean resumes, List<SqlStatement> statements, MigrationEnd end, RunObserver observer)
            throws SQLException {
        session.enter(migration.directives().sqlMode());
        if (migration.source() instanceof Source.Java java) {
            Map<String, String> checkpoints = resumes ? begunAgain(migration) : Map.of();
            new JavaRun(writer, migration, checkpoints, schemas, end, observer, failures, makingWay(migration))
                    .run(java.instance());
            session.leave(true, Set.of());
        } else {
            ResumePoint point = resumes ? resumePoint(migration, statements) : ResumePoint.BEGIN;
            StatementSender sender = senderFor(migration, observer);
            ScriptRun script = script(migration, statements, sender, end, observer);
            if (resumes) {
                removeRemains(migration, statements, point.statementsDone(), observer);
                script.resume(point);
            } else {
                script.run();
            }
            session.leave(sender.touchedSession(), sender.variables());
        }
    }

    /** The checkpoints that it set before it failed or was interrupted. */
    private Map<String, String> begunAgain(Migration migration) throws SQLException {
        Map<String, String> checkpoints = journal.checkpoints(writer.connection(), migration);
        writer.write(List.of(JournalEntry.begun(migration)));
        writer.commit();
        return checkpoints;
    }

    /** Gives the next migration the pinned session, where others may have changed it; nothing is uncommitted. */
    public void renewSession() throws SQLException {
        session.leave(true, Set.of());
    }

    private Throttle makingWay(Migration migration) {
        CancellationToken stopSign = migration.directives().background() ? server.stopSign() : CancellationToken.NONE;
        return new Throttle(PauseFlag.toPause(journal), server.throttle(), stopSign, InstantSource.system());
    }

    private StatementSender senderFor(Migration migration, RunObserver observer) {
        OnlineRewriting rewriting = migration.directives().online() ? server.online() : OnlineRewriting.NONE;
        return new StatementSender(
                writer.connection(), rewriting, server.guards(), observer, copiedTables(migration, observer), session);
    }

    private Optional<CopiedTables> copiedTables(Migration migration, RunObserver observer) {
        return migration
                .directives()
                .copyWith()
                .map(tool -> new CopiedTables(
                        migration, server.copier().get(), server.online(), writer, makingWay(migration), observer));
    }

    /** Of the statement that was under way: the last one that is done, or the next one. */
    private void removeRemains(Migration migration, List<SqlStatement> statements, int done, RunObserver observer)
            throws SQLException {
        Optional<CopiedTables> copied = copiedTables(migration, observer);
        if (copied.isPresent()) {
            for (SqlStatement statement :
                    statements.subList(Math.max(0, done - 1), Math.min(done + 1, statements.size()))) {
                copied.get().removeRemains(statement);
            }
        }
    }

    private ScriptRun script(
            Migration migration,
            List<SqlStatement> statements,
            StatementSender sender,
            MigrationEnd end,
            RunObserver observer) {
        ScriptRun.Surroundings surroundings =
                new ScriptRun.Surroundings(server.waits(), policy, server.kept(), server.effects(), failures);
        return new ScriptRun(writer, migration, statements, sender, surroundings, end, observer);
    }

    private ResumePoint resumePoint(Migration migration, List<SqlStatement> statements) throws SQLException {
        Connection connection = writer.connection();
        JournalRow row = journal.row(connection, migration).orElse(null);
        connection.commit();
        if (row == null) {
            return ResumePoint.BEGIN;
        }
        ResumePoint point = ResumePoint.of(connection, migration, row, statements, server.effects());
        connection.commit();
        if (point.objection().isPresent()) {
            throw new StatementFailure(migration, point.objection().get(), null);
        }
        return point;
    }
}
