package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.RoutineStarted;
import org.apache.cloudstack.framework.dbupgrade.execute.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.execute.RunObserver;
import org.apache.cloudstack.framework.dbupgrade.execute.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.flyway.FlywayEngine;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** One run of a plan: everything that changes the databases. */
final class UpgradeRun {

    private final Plan plan;
    private final Migrations migrations;
    private final UpgradeRecords records;
    private final FlywayEngine flyway;
    private final MigrationRunner runner;
    private final UpgradeListener listener;
    private final Clock clock;

    private final Instant begin;
    private final Set<String> toRun = new HashSet<>();
    private final List<UpgradeReport.Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    UpgradeRun(
            Plan plan,
            Migrations migrations,
            UpgradeRecords records,
            FlywayEngine flyway,
            MigrationRunner runner,
            UpgradeListener listener,
            Clock clock) {
        this.plan = plan;
        this.migrations = migrations;
        this.records = records;
        this.flyway = flyway;
        this.runner = runner;
        this.listener = listener;
        this.clock = clock;
        this.begin = clock.instant();
        plan.runs().forEach(step -> toRun.add(step.routine().key()));
    }

    UpgradeReport execute() throws SQLException {
        records.prepare(plan);
        flyway.createHistory();
        records.forgetFailures(plan.runs().stream().map(Step::routine).toList());
        try {
            flyway.execute(shown(Repeatable::runsBefore), this::run);
            flyway.execute(shown(repeatable -> true), this::run);
        } catch (StatementFailure e) {
            throw new UpgradeFailedException(List.of(e.finding()), report(), e);
        }
        records.reach(plan, plan.reached());
        return report();
    }

    private UpgradeReport report() {
        int there = plan.steps().size() - plan.runs().size();
        return new UpgradeReport(
                plan.from(), java.util.Optional.of(plan.target()), runs, there, notes, Duration.between(begin, clock.instant()));
    }

    /**
     * Flyway runs repeatables last. Those that run before everything else are shown to it in a first pass, in which the
     * versioned migrations that are still to run are not.
     */
    private List<Routine> shown(Predicate<Repeatable> repeatables) {
        boolean all = migrations.repeatables().stream().allMatch(repeatables);
        Stream<Migration> versioned = migrations.versioned().stream()
                .filter(migration -> migration.name().release().compareTo(plan.target()) <= 0)
                .filter(migration -> all || !toRun.contains(migration.key()));
        return Stream.<Routine>concat(versioned, migrations.repeatables().stream().filter(repeatables))
                .toList();
    }

    private void run(Connection connection, Routine routine) throws SQLException {
        if (runner.isInDatabase(connection, routine)) {
            return;
        }
        if (routine instanceof Migration migration) {
            reachBelow(migration.name().release());
        }
        RoutineStarted started = new RoutineStarted(runs.size() + 1, toRun.size(), routine);
        Instant startedAt = clock.instant();
        Observer observer = new Observer(started);
        listener.on(started);
        try {
            runner.run(connection, routine, observer);
        } catch (StatementFailure e) {
            listener.on(new UpgradeEvent.RoutineFailed(
                    started, e.finding(), Duration.between(startedAt, clock.instant())));
            throw e;
        }
        Duration duration = Duration.between(startedAt, clock.instant());
        runs.add(UpgradeReport.Run.of(routine, observer.statements, duration));
        listener.on(new UpgradeEvent.RoutineFinished(started, observer.statements, duration));
    }

    /** When the first migration of a release runs, the releases below it are complete. */
    private void reachBelow(ReleaseVersion release) throws SQLException {
        NavigableSet<ReleaseVersion> below = plan.reached().headSet(release, false);
        if (!below.isEmpty()) {
            records.reach(plan, below);
        }
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
            listener.on(new UpgradeEvent.RoutineProgressed(started, unit, done, total));
        }

        @Override
        public void note(String text) {
            notes.add(started.routine().script() + ": " + text);
            listener.on(new UpgradeEvent.RoutineNoted(started, text));
        }
    }
}
