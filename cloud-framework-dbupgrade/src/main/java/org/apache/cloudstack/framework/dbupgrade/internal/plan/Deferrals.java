package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Decides which steps wait: those that take something away, until older nodes are gone; those for the background, until
 * this server is up; and those that need one of them.
 */
final class Deferrals {

    private static final int SERVERS_SHOWN = 3;

    private final ClusterView rolling;
    private final PhaseResolver phasing;
    private final ReleaseVersion target;
    private final boolean leavesBackground;

    /**
     * Decides for one plan.
     *
     * @param leavesBackground whether migrations for the background are left to it
     */
    Deferrals(ClusterView rolling, PhaseResolver phasing, ReleaseVersion target, boolean leavesBackground) {
        this.rolling = rolling;
        this.phasing = phasing;
        this.target = target;
        this.leavesBackground = leavesBackground;
    }

    /** The same steps, each with its phase, some of them deferred. What is half done goes on: its harm is done. */
    List<Step> in(List<Step> steps) {
        List<Step> decided = new ArrayList<>();
        List<Step> held = new ArrayList<>();
        Set<Migration> background = leavesBackground ? BackgroundMigrations.in(steps, phasing) : Set.of();
        for (Step step : steps) {
            if (!step.runs()) {
                decided.add(step);
                continue;
            }
            Step known = phasing.phaseOf(step.migration()).map(step::withPhase).orElse(step);
            Optional<String> reason = background.contains(step.migration())
                    ? Optional.of("runs in the background, when a server is up")
                    : step.action() == Action.RUN ? reason(known, held) : Optional.empty();
            Step result = reason.map(known::deferred).orElse(known);
            decided.add(result);
            if (result.isDeferred()) {
                held.add(result);
            }
        }
        return decided;
    }

    private Optional<String> reason(Step step, List<Step> held) {
        return olderServers(step).or(() -> held.stream()
                .filter(earlier -> phasing.needs(step.migration(), earlier.migration()))
                .findFirst()
                .map(earlier -> "needs " + earlier.migration().script() + ", which is deferred"));
    }

    private Optional<String> olderServers(Step step) {
        // what ran before takes nothing away when it runs again
        List<Node> older =
                step.mayBeContract() && step.again().isEmpty() ? rolling.olderThan(step.releaseIn(target)) : List.of();
        if (older.isEmpty()) {
            return Optional.empty();
        }
        String names = older.stream().limit(SERVERS_SHOWN).map(Node::toString).collect(Collectors.joining(", "));
        String more = older.size() > SERVERS_SHOWN ? " and " + (older.size() - SERVERS_SHOWN) + " more" : "";
        String doubt = step.phase().isEmpty() ? ", and does not declare its phase" : "";
        return Optional.of("waits for " + names + more + " to go" + doubt);
    }
}
