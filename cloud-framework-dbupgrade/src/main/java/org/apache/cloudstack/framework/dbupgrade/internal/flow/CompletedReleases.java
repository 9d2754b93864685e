package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Which releases are complete after each step: those whose own steps, and those of all they follow, are done. */
public final class CompletedReleases {

    private final ReleaseGraph graph;
    private final NavigableSet<ReleaseVersion> wanted;
    private final Map<ReleaseVersion, Set<String>> open = new HashMap<>();
    private final Map<ReleaseVersion, List<ReleaseVersion>> followers = new HashMap<>();
    private final Set<ReleaseVersion> incomplete = new HashSet<>();
    private final Deque<ReleaseVersion> candidates = new ArrayDeque<>();

    CompletedReleases(ReleaseGraph graph, Plan plan) {
        this.graph = graph;
        this.wanted = plan.reached().headSet(plan.target(), false);
        for (Step step : plan.steps()) {
            boolean counts = step.isDeferred() ? step.isBlocking() : step.action() != Action.BASELINE;
            if (counts && step.migration() instanceof VersionedMigration versioned) {
                open.computeIfAbsent(versioned.name().release(), release -> new HashSet<>())
                        .add(versioned.key());
            }
        }
        for (ReleaseVersion release : graph.releases()) {
            graph.follows(release).forEach(lower -> followers
                    .computeIfAbsent(lower, none -> new ArrayList<>())
                    .add(release));
            if (plan.reached().contains(release)
                    || open.containsKey(release)
                    || graph.follows(release).stream().anyMatch(incomplete::contains)) {
                incomplete.add(release);
                candidates.add(release);
            }
        }
    }

    /** Notes that a migration is done. */
    void done(Migration migration) {
        if (migration instanceof VersionedMigration versioned) {
            ReleaseVersion release = versioned.name().release();
            Set<String> rest = open.getOrDefault(release, new HashSet<>());
            rest.remove(versioned.key());
            if (rest.isEmpty() && open.remove(release) != null) {
                candidates.add(release);
            }
        }
    }

    /** The releases below the target that became complete since this was asked last, in ascending order. */
    NavigableSet<ReleaseVersion> newlyComplete() {
        NavigableSet<ReleaseVersion> complete = new TreeSet<>();
        while (!candidates.isEmpty()) {
            ReleaseVersion release = candidates.remove();
            if (isComplete(release) && incomplete.remove(release)) {
                candidates.addAll(followers.getOrDefault(release, List.of()));
                if (wanted.contains(release)) {
                    complete.add(release);
                }
            }
        }
        return complete;
    }

    private boolean isComplete(ReleaseVersion release) {
        return !open.containsKey(release) && graph.follows(release).stream().noneMatch(incomplete::contains);
    }
}
