package org.apache.cloudstack.framework.dbupgrade;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Which releases are complete after each step: those whose own steps, and those of all they follow, are done. */
final class ReleaseProgress {

    private final ReleaseGraph graph;
    private final Plan plan;
    private final Map<ReleaseVersion, Set<String>> open = new HashMap<>();

    ReleaseProgress(ReleaseGraph graph, Plan plan) {
        this.graph = graph;
        this.plan = plan;
        for (Step step : plan.steps()) {
            if (step.action() != Action.TAKE_OVER && step.routine() instanceof Migration migration) {
                open.computeIfAbsent(migration.name().release(), release -> new HashSet<>())
                        .add(migration.key());
            }
        }
    }

    /** Notes that a routine is done, and tells which releases below the target are complete through it. */
    NavigableSet<ReleaseVersion> after(Routine routine) {
        if (!(routine instanceof Migration migration)) {
            return new TreeSet<>();
        }
        ReleaseVersion release = migration.name().release();
        Set<String> rest = open.getOrDefault(release, new HashSet<>());
        rest.remove(migration.key());
        if (!rest.isEmpty()) {
            return new TreeSet<>();
        }
        open.remove(release);
        return plan.reached().headSet(plan.target(), false).stream()
                .filter(graph::has)
                .filter(each -> graph.containedIn(each).stream().noneMatch(open::containsKey))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
