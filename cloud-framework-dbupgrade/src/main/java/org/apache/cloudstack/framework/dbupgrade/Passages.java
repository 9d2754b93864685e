package org.apache.cloudstack.framework.dbupgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.execute.Additions;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** The ways from one routine that is run to the next, asked for in the order of the plan. */
final class Passages {

    private final Plan plan;
    private final List<Step> steps;
    private final ReleaseProgress progress;
    private final Additions additions;
    private int last = -1;

    /**
     * What lies between two routines that are run, and is written together with the end of the first.
     *
     * @param there routines that are only recorded
     * @param next the index of the step that is run then; empty at the end of the plan
     * @param last the index of the last step of the series that the next one belongs to; it may be alone in it
     * @param complete the releases that are complete by then
     */
    record Passage(List<Routine> there, Optional<Integer> next, int last, NavigableSet<ReleaseVersion> complete) {}

    /**
     * Passages along the given steps of a plan.
     *
     * @param additions knows which routines make a series
     */
    Passages(Plan plan, List<Step> steps, ReleaseProgress progress, Additions additions) {
        this.plan = plan;
        this.steps = steps;
        this.progress = progress;
        this.additions = additions;
    }

    /** From the begin of the plan. */
    Passage first() {
        return from(0);
    }

    /** From the end of a step that is run. */
    Passage behind(int index) {
        progress.done(steps.get(index).routine());
        return from(index + 1);
    }

    private Passage from(int index) {
        List<Routine> there = new ArrayList<>();
        int next = index;
        while (next < steps.size() && !steps.get(next).runs()) {
            Routine routine = steps.get(next).routine();
            there.add(routine);
            progress.done(routine);
            next++;
        }
        if (next == steps.size()) {
            return new Passage(there, Optional.empty(), last, plan.reached());
        }
        if (next > last) {
            last = next + Math.max(1, additions.lengthOf(routinesToRunFrom(next))) - 1;
        }
        return new Passage(there, Optional.of(next), last, progress.newlyComplete());
    }

    private List<Routine> routinesToRunFrom(int index) {
        return steps.subList(index, Math.min(steps.size(), index + Additions.MOST)).stream()
                .takeWhile(step -> step.action() == Action.RUN)
                .map(Step::routine)
                .toList();
    }
}
