package org.apache.cloudstack.framework.dbupgrade;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.Passages.Passage;
import org.apache.cloudstack.framework.dbupgrade.UpgradeEvent.RoutineStarted;
import org.apache.cloudstack.framework.dbupgrade.execute.Additions;
import org.apache.cloudstack.framework.dbupgrade.execute.ConnectionLostException;
import org.apache.cloudstack.framework.dbupgrade.execute.Fence;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalEntry;
import org.apache.cloudstack.framework.dbupgrade.execute.JournalWriter;
import org.apache.cloudstack.framework.dbupgrade.execute.MigrationRunner;
import org.apache.cloudstack.framework.dbupgrade.execute.RoutineEnd;
import org.apache.cloudstack.framework.dbupgrade.execute.StatementFailure;
import org.apache.cloudstack.framework.dbupgrade.execute.StoppedException;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/** One run of a plan on one connection: everything that changes the databases. */
final class UpgradeRun {

    private static final Duration LONGEST_UNWRITTEN = Duration.ofSeconds(1);

    private final Plan plan;
    private final List<Step> steps;
    private final int total;
    private final List<Routine> inTarget;
    private final Passages passages;
    private final Tools tools;

    private final Instant begin;
    private final List<UpgradeReport.Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Ended> unwritten = new ArrayList<>();
    /** The index of the last step whose intent is written. */
    private int intended = -1;

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
        this.passages = new Passages(plan, steps, progress, new Additions(tools.scripts()::of));
        this.tools = tools;
        this.begin = tools.clock().instant();
    }

    /** Records what is there already, then runs what is not. */
    void execute() throws SQLException {
        Passage first = passages.first();
        tools.records().begin();
        tools.records().takeOver(plan);
        tools.records().completeHistory(inTarget);
        write(List.of(), first);
        tools.writer().commit();
        committed(first);
        Optional<Integer> next = first.next();
        while (next.isPresent()) {
            next = run(next.get());
        }
    }

    /** A routine that came to its end, and the way to the next one. */
    private record Ended(
            Step step,
            RoutineStarted started,
            Passage passage,
            JournalEntry entry,
            RoutineObserver observer,
            Duration time) {

        UpgradeRecords.Ended forHistory() {
            return new UpgradeRecords.Ended(step, time.toMillis(), true);
        }
    }

    private void write(List<Ended> ended, Passage passage) throws SQLException {
        List<JournalEntry> entries = new ArrayList<>();
        ended.forEach(end -> entries.add(end.entry()));
        passage.there().forEach(routine -> entries.add(JournalEntry.there(routine)));
        if (passage.next().isPresent()) {
            int next = passage.next().get();
            entries.addAll(intents(next, passage.last()));
            tools.fence().doing(started(steps.get(next), ended.size()).words());
        }
        tools.writer().write(entries);
        NavigableSet<ReleaseVersion> complete = new TreeSet<>(passage.complete());
        ended.forEach(end -> complete.addAll(end.passage().complete()));
        tools.records().there(passage.there());
        tools.records().reach(complete);
    }

    /** Of all routines of a series, if they are not written yet; the one that is resumed has its own. */
    private List<JournalEntry> intents(int next, int last) {
        if (next <= intended) {
            return List.of();
        }
        return steps.subList(next, last + 1).stream()
                .filter(step -> step.action() == Action.RUN)
                .map(Step::routine)
                .map(this::intent)
                .toList();
    }

    private JournalEntry intent(Routine routine) {
        return routine.source() instanceof Source.Java
                ? JournalEntry.begun(routine)
                : JournalEntry.begun(routine, tools.scripts().of(routine));
    }

    private void writeWithHistory(List<Ended> ended, Passage passage) throws SQLException {
        for (Ended end : ended) {
            tools.records().lookForVersionTable(end.step().routine());
        }
        tools.records().ended(ended.stream().map(Ended::forHistory).toList());
        write(ended, passage);
    }

    /** Takes note that what was written is committed, with the intents of the next series. */
    private void committed(Passage passage) {
        tools.records().committed();
        intended = passage.last();
        tellEnded();
    }

    private void tellEnded() {
        for (Ended end : unwritten) {
            long statements = end.observer().statements();
            runs.add(UpgradeReport.Run.of(end.step().routine(), statements, end.time()));
            tools.listener().on(new UpgradeEvent.RoutineFinished(end.started(), statements, end.time()));
        }
        unwritten.clear();
    }

    /** The begin of a step, when that many more have ended than the report knows of yet. */
    private RoutineStarted started(Step step, int notTold) {
        return new RoutineStarted(runs.size() + notTold + 1, total, step.routine());
    }

    /** Runs the routine of a step, and gives the index of the next one. */
    private Optional<Integer> run(int index) throws SQLException {
        Step step = steps.get(index);
        RoutineStarted started = started(step, unwritten.size());
        Instant startedAt = tools.clock().instant();
        Passage passage = passages.behind(index);
        tools.listener().on(started);
        RoutineObserver observer = new RoutineObserver(started, tools.watch(), tools.listener(), notes);
        try {
            run(step, new End(index, started, passage, startedAt, observer), observer);
            return passage.next();
        } catch (StoppedException e) {
            stopped = steps.subList(index, steps.size()).stream()
                    .filter(Step::runs)
                    .map(left -> left.heldBackFor("gave way: " + e.getMessage()))
                    .toList();
            tools.listener().on(new UpgradeEvent.RoutineStopped(started, String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (ConnectionLostException e) {
            progressed = observer.hasProgressed() || !unwritten.isEmpty();
            throw e;
        } catch (StatementFailure e) {
            tellEnded();
            tools.listener().on(new UpgradeEvent.RoutineFailed(started, e.finding(), since(startedAt)));
            throw e;
        }
    }

    private void run(Step step, End end, RoutineObserver observer) throws SQLException {
        Routine routine = step.routine();
        if (step.action() == Action.RESUME) {
            tools.runner().resume(routine, tools.scripts().of(routine), end, observer);
        } else {
            tools.runner().run(routine, tools.scripts().of(routine), end, observer);
        }
        end.reached();
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

        private final int index;
        private final RoutineStarted started;
        private final Passage passage;
        private final Instant startedAt;
        private final RoutineObserver observer;
        private boolean written;
        private @Nullable Ended ended;

        End(int index, RoutineStarted started, Passage passage, Instant startedAt, RoutineObserver observer) {
            this.index = index;
            this.started = started;
            this.passage = passage;
            this.startedAt = startedAt;
            this.observer = observer;
        }

        @Override
        public boolean done(JournalEntry entry) throws SQLException {
            ended = new Ended(steps.get(index), started, passage, entry, observer, since(startedAt));
            List<Ended> all = new ArrayList<>(unwritten);
            all.add(ended);
            Duration unwrittenFor = all.stream().map(Ended::time).reduce(Duration.ZERO, Duration::plus);
            written = index >= intended || unwrittenFor.compareTo(LONGEST_UNWRITTEN) >= 0;
            if (written) {
                tools.records().begin();
                writeWithHistory(all, passage);
            }
            return written;
        }

        /** Takes note that the routine is behind the upgrade. */
        void reached() {
            unwritten.add(Objects.requireNonNull(ended));
            if (written) {
                committed(passage);
            }
        }

        /** The series ends here: what came before is done, and what comes behind is not begun. */
        @Override
        public void failed() throws SQLException {
            tools.records().begin();
            if (!unwritten.isEmpty()) {
                writeWithHistory(unwritten, unwritten.get(unwritten.size() - 1).passage());
            }
            for (int behind = index + 1; behind <= intended; behind++) {
                tools.writer().forget(steps.get(behind).routine());
            }
            tools.records()
                    .ended(List.of(new UpgradeRecords.Ended(
                            steps.get(index), since(startedAt).toMillis(), false)));
        }
    }
}
