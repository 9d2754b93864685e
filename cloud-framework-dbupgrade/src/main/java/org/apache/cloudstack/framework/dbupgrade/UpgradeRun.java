package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.RoutineStarted;
import org.apache.cloudstack.framework.dbupgrade.execute.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.execute.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.execute.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayEngine;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** One run of a plan: everything that changes the databases. */
final class UpgradeRun {

    /** Flyway orders by version, and repeatables last; what comes before that order is run in a wave of its own. */
    private static final List<Predicate<Step>> EARLY_WAVES = List.of(
            step -> step.routine() instanceof Repeatable repeatable && repeatable.runsBefore(),
            step -> step.action() == Action.RESUME);

    private final Plan plan;
    private final List<Routine> inTarget;
    private final Tools tools;
    private final ReleaseProgress progress;

    private final Instant begin;
    private final Map<String, Step> open = new HashMap<>();
    private final List<UpgradeReport.Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<StatementFailure> failure = Optional.empty();

    /**
     * What a run works with.
     *
     * @param records the records in the first schema
     * @param flyway executes routines in order
     * @param runner runs one routine
     * @param errors explains the server's errors
     * @param listener is told what happens
     * @param clock for durations
     */
    record Tools(
            UpgradeRecords records,
            FlywayEngine flyway,
            MigrationRunner runner,
            ServerErrors errors,
            UpgradeListener listener,
            Clock clock) {}

    /**
     * Prepares a run.
     *
     * @param inTarget all routines of the target, whether they are to be run or not
     */
    UpgradeRun(Plan plan, List<Routine> inTarget, ReleaseProgress progress, Tools tools) {
        this.plan = plan;
        this.inTarget = inTarget;
        this.progress = progress;
        this.tools = tools;
        this.begin = tools.clock().instant();
        plan.steps().stream()
                .filter(step -> step.action() != Action.TAKE_OVER)
                .forEach(step -> open.put(step.routine().key(), step));
    }

    UpgradeReport execute() throws SQLException {
        tools.records().prepare(plan);
        if (!tools.records().hasHistory()) {
            tools.flyway().createHistory();
        }
        try {
            tools.records()
                    .forgetFailures(plan.runs().stream().map(Step::routine).toList());
            for (Predicate<Step> wave : EARLY_WAVES) {
                if (open.values().stream().anyMatch(wave)) {
                    executeWave(wave);
                }
            }
            // also with no step open: a process may have died between the journal and Flyway's history
            executeWave(step -> true);
            tools.records().reach(plan.reached());
        } catch (StatementFailure e) {
            throw new UpgradeFailedException(List.of(e.finding()), report(), e);
        } catch (SQLException e) {
            // Flyway's own note of a failure fails too when the connection is lost, and hides the failure
            Finding finding = failure.map(StatementFailure::finding)
                    .orElseGet(() -> tools.errors().explain(e));
            throw new UpgradeFailedException(List.of(finding), report(), e);
        }
        return report();
    }

    /** Flyway is shown all that is done, and of the open steps those of the wave; it runs what its history lacks. */
    private void executeWave(Predicate<Step> wave) throws SQLException {
        Set<String> closed = new HashSet<>();
        open.values().stream()
                .filter(wave.negate())
                .forEach(step -> closed.add(step.routine().key()));
        List<Routine> shown = inTarget.stream()
                .filter(routine -> !closed.contains(routine.key()))
                .toList();
        tools.flyway().execute(shown, this::execute);
    }

    private void execute(Connection connection, Routine routine) throws SQLException {
        Step step = open.get(routine.key());
        if (step == null || tools.runner().isInDatabase(connection, routine)) {
            return;
        }
        if (step.runs()) {
            run(connection, routine);
        } else {
            tools.runner().record(connection, routine);
        }
        open.remove(routine.key());
        NavigableSet<ReleaseVersion> complete = progress.after(routine);
        if (!complete.isEmpty()) {
            tools.records().reach(complete);
        }
    }

    private void run(Connection connection, Routine routine) throws SQLException {
        RoutineStarted started = new RoutineStarted(runs.size() + 1, plan.runs().size(), routine);
        Instant startedAt = tools.clock().instant();
        Observer observer = new Observer(started);
        tools.listener().on(started);
        try {
            tools.runner().run(connection, routine, observer);
        } catch (StatementFailure e) {
            failure = Optional.of(e);
            tools.listener().on(new UpgradeEvent.RoutineFailed(started, e.finding(), since(startedAt)));
            throw e;
        }
        runs.add(UpgradeReport.Run.of(routine, observer.statements, since(startedAt)));
        tools.listener().on(new UpgradeEvent.RoutineFinished(started, observer.statements, since(startedAt)));
    }

    private UpgradeReport report() {
        int there = plan.steps().size() - plan.runs().size();
        return new UpgradeReport(plan.from(), Optional.of(plan.target()), runs, there, notes, since(begin));
    }

    private Duration since(Instant instant) {
        return Duration.between(instant, tools.clock().instant());
    }

    private final class Observer implements RunObserver {

        private final RoutineStarted started;
        private long statements;

        Observer(RoutineStarted started) {
            this.started = started;
        }

        @Override
        public void progress(String unit, long done, long total) {
            if (unit.equals(STATEMENT)) {
                statements++;
            }
            tools.listener().on(new UpgradeEvent.RoutineProgressed(started, unit, done, total));
        }

        @Override
        public void note(String text) {
            notes.add(started.routine().script() + ": " + text);
            tools.listener().on(new UpgradeEvent.RoutineNoted(started, text));
        }
    }
}
