package org.apache.cloudstack.framework.dbupgrade;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.RoutineStarted;
import org.apache.cloudstack.framework.dbupgrade.execute.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.execute.Fence;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalEntry;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.execute.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.execute.RoutineEnd;
import org.apache.cloudstack.framework.dbupgrade.execute.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.execute.StoppedException;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** One run of a plan on one connection: everything that changes the databases. */
final class UpgradeRun {

    private final Plan plan;
    private final List<Step> steps;
    private final int total;
    private final List<Routine> inTarget;
    private final ReleaseProgress progress;
    private final Tools tools;

    private final Instant begin;
    private final List<UpgradeReport.Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean progressed;
    private List<Step> stopped = List.of();

    /**
     * What a run works with.
     *
     * @param records the records in the first schema
     * @param writer writes the journal
     * @param fence proves that this server still upgrades
     * @param runner runs one routine
     * @param scripts the statements of the scripts
     * @param watch looks after long statements
     * @param listener is told what happens
     * @param clock for durations
     */
    record Tools(
            UpgradeRecords records,
            JournalWriter writer,
            Fence fence,
            MigrationRunner runner,
            Scripts scripts,
            StatementWatch watch,
            UpgradeListener listener,
            Clock clock) {}

    /**
     * Prepares a run.
     *
     * @param inTarget all routines of the target, whether they are to be run or not
     */
    UpgradeRun(Plan plan, List<Routine> inTarget, ReleaseProgress progress, Tools tools) {
        this.plan = plan;
        this.steps = plan.steps().stream()
                .filter(step -> step.action() != Action.TAKE_OVER && !step.isHeldBack())
                .toList();
        this.total = plan.runs().size();
        this.inTarget = inTarget;
        this.progress = progress;
        this.tools = tools;
        this.begin = tools.clock().instant();
    }

    /** Records what is there already, then runs what is not. */
    void execute() throws SQLException {
        Passage first = passageFrom(0);
        tools.records().begin();
        tools.records().takeOver(plan);
        tools.records().completeHistory(inTarget);
        write(List.of(), first);
        tools.writer().commit();
        tools.records().committed();
        Optional<Integer> next = first.next();
        while (next.isPresent()) {
            next = run(next.get());
        }
    }

    /**
     * What lies between two routines that are run, and is written together with the end of the first.
     *
     * @param there routines that are only recorded
     * @param next the index of the step that is run then; empty at the end of the plan
     * @param complete the releases that are complete by then
     */
    private record Passage(List<Routine> there, Optional<Integer> next, NavigableSet<ReleaseVersion> complete) {}

    private Passage passageFrom(int index) {
        List<Routine> there = new ArrayList<>();
        int next = index;
        while (next < steps.size() && !steps.get(next).runs()) {
            Routine routine = steps.get(next).routine();
            there.add(routine);
            progress.done(routine);
            next++;
        }
        return next < steps.size()
                ? new Passage(there, Optional.of(next), progress.newlyComplete())
                : new Passage(there, Optional.empty(), plan.reached());
    }

    private void write(List<JournalEntry> ended, Passage passage) throws SQLException {
        List<JournalEntry> entries = new ArrayList<>(ended);
        passage.there().forEach(routine -> entries.add(JournalEntry.there(routine)));
        passage.next().map(steps::get).ifPresent(next -> {
            if (next.action() == Action.RUN) {
                entries.add(JournalEntry.begun(next.routine(), tools.scripts().countOf(next.routine())));
            }
            tools.fence().doing(started(next, ended.size()).words());
        });
        tools.writer().write(entries);
        tools.records().there(passage.there());
        tools.records().reach(passage.complete());
    }

    /** The begin of a step, when that many more have ended than the report knows of yet. */
    private RoutineStarted started(Step step, int justEnded) {
        return new RoutineStarted(runs.size() + justEnded + 1, total, step.routine());
    }

    /** Runs the routine of a step, and gives the index of the next one. */
    private Optional<Integer> run(int index) throws SQLException {
        Step step = steps.get(index);
        Routine routine = step.routine();
        RoutineStarted started = started(step, 0);
        Instant startedAt = tools.clock().instant();
        progress.done(routine);
        Passage passage = passageFrom(index + 1);
        tools.listener().on(started);
        RoutineObserver observer = new RoutineObserver(started, tools.watch(), tools.listener(), notes);
        try {
            RoutineEnd end = new End(step, passage, startedAt);
            if (step.action() == Action.RESUME) {
                tools.runner().resume(routine, tools.scripts().of(routine), end, observer);
            } else {
                tools.runner().run(routine, tools.scripts().of(routine), end, observer);
            }
            tools.records().committed();
            runs.add(UpgradeReport.Run.of(routine, observer.statements(), since(startedAt)));
            tools.listener().on(new UpgradeEvent.RoutineFinished(started, observer.statements(), since(startedAt)));
            return passage.next();
        } catch (StoppedException e) {
            stopped = steps.subList(index, steps.size()).stream()
                    .filter(Step::runs)
                    .map(left -> left.heldBackFor("gave way: " + e.getMessage()))
                    .toList();
            tools.listener().on(new UpgradeEvent.RoutineStopped(started, String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (ConnectionLostException e) {
            progressed = observer.hasProgressed();
            throw e;
        } catch (StatementFailure e) {
            tools.listener().on(new UpgradeEvent.RoutineFailed(started, e.finding(), since(startedAt)));
            throw e;
        }
    }

    /** Whether at least one statement or routine was run to its end, or a checkpoint set. */
    boolean hasProgressed() {
        return progressed || !runs.isEmpty();
    }

    /** What was done so far. */
    UpgradeReport report() {
        int there = plan.steps().size() - plan.runs().size() - plan.heldBack().size();
        List<Step> heldBack =
                Stream.concat(plan.heldBack().stream(), stopped.stream()).toList();
        return new UpgradeReport(plan.from(), Optional.of(plan.target()), runs, there, heldBack, notes, since(begin));
    }

    private Duration since(Instant instant) {
        return Duration.between(instant, tools.clock().instant());
    }

    private final class End implements RoutineEnd {

        private final Step step;
        private final Passage passage;
        private final Instant startedAt;

        End(Step step, Passage passage, Instant startedAt) {
            this.step = step;
            this.passage = passage;
            this.startedAt = startedAt;
        }

        @Override
        public void done(JournalEntry entry) throws SQLException {
            tools.records().begin();
            tools.records().lookForVersionTable(step.routine());
            tools.records().ended(step, since(startedAt).toMillis(), true);
            write(List.of(entry), passage);
        }

        @Override
        public void failed() throws SQLException {
            tools.records().begin();
            tools.records().ended(step, since(startedAt).toMillis(), false);
        }
    }
}
