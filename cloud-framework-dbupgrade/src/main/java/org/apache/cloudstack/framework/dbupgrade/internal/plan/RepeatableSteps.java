package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/** The steps of a plan that run repeatables. */
final class RepeatableSteps {

    private final List<RepeatableMigration> ofTarget;
    private final Circumstances around;

    RepeatableSteps(List<RepeatableMigration> ofTarget, Circumstances around) {
        this.ofTarget = ofTarget;
        this.around = around;
    }

    /** Those that are new or changed, or that something is missing of, in their order. */
    List<Step> toRun(AppliedMigrations knowledge, boolean before) {
        List<RepeatableMigration> run = ofTarget.stream()
                .filter(repeatable -> repeatable.runsBefore() == before)
                .filter(repeatable ->
                        !knowledge.isCurrent(repeatable) || around.again().containsKey(repeatable.key()))
                .toList();
        return ordered(run).stream()
                .map(repeatable -> new Step(repeatable, Action.RUN)
                        .again(
                                knowledge.isCurrent(repeatable)
                                        ? around.again().getOrDefault(repeatable.key(), "")
                                        : ""))
                .toList();
    }

    private List<RepeatableMigration> ordered(List<RepeatableMigration> repeatables) {
        return around.reading()
                .map(reading -> RepeatableOrder.of(repeatables, reading))
                .orElse(repeatables);
    }

    /** The same steps, with the repeatables that have to run again after them. */
    List<Step> stale(List<Step> steps) {
        List<RepeatableMigration> last =
                ofTarget.stream().filter(each -> !each.runsBefore()).toList();
        if (around.reading().isEmpty() || last.isEmpty() || steps.stream().noneMatch(Step::runs)) {
            return steps;
        }
        Map<String, Step> planned = steps.stream()
                .filter(step -> last.contains(step.migration()))
                .collect(Collectors.toMap(step -> step.migration().key(), Function.identity()));
        List<Step> complete = new ArrayList<>(steps);
        complete.removeAll(planned.values());
        complete.addAll(new StaleRepeatables(around.reading().get()).with(complete, planned, ordered(last)));
        return complete;
    }

    /** Those that would fail, since a step before them drops what they read. */
    List<Finding> broken(List<Step> steps) {
        Optional<RepeatableReading> reading = around.reading();
        boolean hasSome =
                steps.stream().anyMatch(step -> step.runs() && step.migration() instanceof RepeatableMigration);
        return reading.isEmpty() || !hasSome ? List.of() : new BrokenRepeatables(reading.get()).in(steps);
    }
}
