package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.MigrationStarted;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.BatchableMigrations;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.FencingToken;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalEntry;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.LockWaits;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.MigrationCancelledException;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.MigrationEnd;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.SafeCause;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayRun;
import org.apache.cloudstack.framework.dbupgrade.internal.flyway.FlywayStoppedException;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerLockWaits;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Executes a plan on one connection: Flyway calls one step after the other, and the journal notes how far each is. */
public final class UpgradeExecutor {

    private static final Duration LONGEST_UNWRITTEN = Duration.ofSeconds(1);

    private final Plan plan;
    private final List<Step> steps;
    private final CompletedReleases progress;
    private final Tools tools;
    private final List<String> schemas;

    private final Instant begin;
    private final List<UpgradeReport.Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final BatchableMigrations additions;
    /** Migrations of a series that are done, and whose ends are not written yet. */
    private final Map<Migration, Ended> unwritten = new LinkedHashMap<>();

    private int next;
    /** The index after the last step whose intent is written. */
    private int series;

    private Instant written;
    private boolean isWritten;
    private boolean progressed;
    private List<Step> stopped = List.of();

    /**
     * What an upgrade is executed with.
     *
     * @param flyway calls the steps
     * @param records the records in the first schema
     * @param writer writes the journal
     * @param fence proves that this node still upgrades
     * @param runner runs one migration
     * @param scripts the statements of the scripts
     * @param watch looks after long statements
     * @param listener is notified of what happens
     * @param clock for durations
     */
    record Tools(
            FlywayRun flyway,
            UpgradeRecords records,
            JournalWriter writer,
            FencingToken fence,
            MigrationRunner runner,
            Scripts scripts,
            LongStatementMonitor watch,
            UpgradeListener listener,
            Clock clock) {}

    UpgradeExecutor(Plan plan, CompletedReleases progress, List<String> schemas, Tools tools) {
        this.plan = plan;
        this.schemas = List.copyOf(schemas);
        this.steps = plan.steps().stream()
                .filter(step -> step.action() != Action.BASELINE && !step.isDeferred())
                .toList();
        this.progress = progress;
        this.tools = tools;
        this.additions = new BatchableMigrations(tools.scripts()::of);
        this.begin = tools.clock().instant();
        this.written = begin;
    }

    /** The end of a migration, and the releases that are complete with it. */
    private record Ended(JournalEntry entry, NavigableSet<ReleaseVersion> complete) {}

    /** Others kept the records of the upgrade from a lock, so that another attempt is to be made. */
    static final class RecordsBlockedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final SQLException error;

        RecordsBlockedException(String blockers, SQLException error) {
            super(blockers);
            this.error = error;
        }

        SQLException error() {
            return error;
        }
    }

    /**
     * Records what already exists, then lets Flyway call what is not.
     *
     * @param inTarget all migrations of the target, whether they are to be run or not
     * @return what was done
     * @throws UpgradeFailedException when it stopped
     */
    UpgradeReport execute(List<Migration> inTarget) throws SQLException {
        try {
            if (tools.records().takeOver(plan)) {
                commit(plan.baselined());
            }
            List<Migration> planned = steps.stream().map(Step::migration).toList();
            tools.records().prepareHistory(planned);
            tools.writer().write(rerun());
            tools.flyway().migrate(tools.records().withoutHistory(inTarget), planned, this::execute);
            commit(plan.reached());
        } catch (MigrationCancelledException e) {
            stopped = steps.subList(next, steps.size()).stream()
                    .filter(Step::runs)
                    .map(left -> left.deferred("gave way: " + e.getMessage()))
                    .toList();
        } catch (StatementFailure e) {
            commitFailure(e);
            throw new UpgradeFailedException(List.of(e.finding()), report(), e);
        } catch (FlywayStoppedException e) {
            throw new UpgradeFailedException(List.of(e.finding()), report(), SafeCause.of(e));
        } catch (SQLException e) {
            throw ended(e);
        }
        return report();
    }

    /** Until they ran again, repeatables that did not change count as not run: an interruption would leave them stale. */
    private List<JournalEntry> rerun() {
        return steps.stream()
                .filter(step -> step.runs() && !step.again().isEmpty())
                .map(step -> JournalEntry.pending(step.migration()))
                .toList();
    }

    /** What an error of the records, or between two migrations, means for the upgrade. */
    private RuntimeException ended(SQLException error) throws SQLException {
        if (ConnectionLostException.isMeantBy(error)) {
            throw error;
        }
        Connection connection = tools.writer().connection();
        LockWaits waits = new ServerLockWaits(schemas);
        if (waits.isLockedOut(error)) {
            return new RecordsBlockedException(waits.blockersOf(connection, List.of()), error);
        }
        Finding finding = new ServerErrors(ServerErrors.address(connection), schemas).explain(error, connection);
        return new UpgradeFailedException(List.of(finding), report(), SafeCause.of(error));
    }

    /** The row that Flyway wrote of it; where the server takes none, the journal knows enough. */
    private void commitFailure(StatementFailure failure) {
        try {
            tools.writer().commit();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Flyway calls it for each step in turn. */
    private void execute(Migration migration) throws SQLException {
        Step step = steps.get(next);
        if (!step.runs()) {
            tools.writer().write(List.of(JournalEntry.there(migration)));
            progress.done(migration);
            next++;
            return;
        }
        MigrationStarted started = started(step);
        if (!step.again().isEmpty()) {
            notes.add(migration.script() + " ran again: " + step.again() + ".");
        }
        Instant startedAt = tools.clock().instant();
        MigrationObserver observer = new MigrationObserver(started, tools.watch(), tools.listener(), notes);
        try {
            tools.runner()
                    .run(
                            migration,
                            step.action() == Action.RESUME,
                            tools.scripts().of(migration),
                            end(step),
                            observer);
        } catch (MigrationCancelledException e) {
            tools.listener().on(new UpgradeEvent.MigrationStopped(started, String.valueOf(e.getMessage())));
            throw e;
        } catch (ConnectionLostException e) {
            progressed = observer.hasProgressed() || !unwritten.isEmpty();
            throw e;
        } catch (StatementFailure e) {
            endSeries(e);
            tools.listener().on(new UpgradeEvent.MigrationFailed(started, e.finding(), since(startedAt)));
            throw e;
        }
        if (isWritten) {
            tools.records().committed();
            unwritten.clear();
        }
        runs.add(UpgradeReport.Run.of(migration, observer.statements(), since(startedAt)));
        tools.listener().on(new UpgradeEvent.MigrationFinished(started, observer.statements(), since(startedAt)));
        next++;
    }

    private MigrationStarted started(Step step) throws SQLException {
        MigrationStarted started =
                new MigrationStarted(runs.size() + 1, plan.runs().size(), step.migration());
        tools.fence().doing(started.words());
        if (next >= series) {
            writeIntents(step);
            commit(progress.newlyComplete());
        }
        if (tools.flyway().hasCallbacks()) {
            tools.runner().renewSession();
        }
        tools.listener().on(started);
        return started;
    }

    /** Of this step, or of the whole series that starts with it; a step that is resumed has its own. */
    private void writeIntents(Step step) throws SQLException {
        int length = 1;
        if (step.action() == Action.RUN) {
            List<Migration> following =
                    steps.subList(next, Math.min(steps.size(), next + BatchableMigrations.MOST)).stream()
                            .takeWhile(other -> other.action() == Action.RUN)
                            .map(Step::migration)
                            .toList();
            length = tools.flyway().hasCallbacks() ? 1 : Math.max(1, additions.lengthOf(following));
            tools.writer()
                    .write(following.stream().limit(length).map(this::begun).toList());
        }
        series = next + length;
        written = tools.clock().instant();
    }

    private MigrationEnd end(Step step) {
        progress.done(step.migration());
        NavigableSet<ReleaseVersion> complete = progress.newlyComplete();
        return entry -> done(new Ended(entry, complete));
    }

    /** Within a series the end is written with a later one, though not for long. */
    private boolean done(Ended end) throws SQLException {
        unwritten.put(end.entry().migration(), end);
        isWritten = next == series - 1 || since(written).compareTo(LONGEST_UNWRITTEN) > 0;
        if (isWritten) {
            writeEnds();
        }
        return isWritten;
    }

    private void writeEnds() throws SQLException {
        NavigableSet<ReleaseVersion> complete = new TreeSet<>();
        unwritten.values().forEach(end -> complete.addAll(end.complete()));
        tools.records().done(unwritten.values().stream().map(Ended::entry).toList(), complete);
    }

    /** What came before a failure is done, and what comes after is not started. */
    private void endSeries(StatementFailure failure) {
        unwritten.remove(steps.get(next).migration());
        List<Step> intended = steps.subList(next + 1, Math.max(next + 1, series));
        try {
            writeEnds();
            tools.records().forget(intended.stream().map(Step::migration).toList());
            tools.writer().commit();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private JournalEntry begun(Migration migration) {
        return migration.source() instanceof Source.Java
                ? JournalEntry.begun(migration)
                : JournalEntry.begun(migration, tools.scripts().of(migration));
    }

    /** Commits what was written, with the rows that Flyway added. */
    private void commit(NavigableSet<ReleaseVersion> complete) throws SQLException {
        tools.records().reach(complete);
        tools.writer().commit();
        tools.records().committed();
    }

    /** Whether at least one statement or migration was run to its end, or a checkpoint set. */
    boolean hasProgressed() {
        return progressed || !runs.isEmpty();
    }

    /** What was done so far. */
    UpgradeReport report() {
        int there = plan.steps().size() - plan.runs().size() - plan.deferred().size();
        List<Step> deferred =
                Stream.concat(plan.deferred().stream(), stopped.stream()).toList();
        return new UpgradeReport(
                plan.from(), Optional.of(plan.target()), runs, there, deferred, notes, List.of(), since(begin));
    }

    private Duration since(Instant instant) {
        return Duration.between(instant, tools.clock().instant());
    }
}
