package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Reports which migrations are one change: those of equal content in parallel lines. Within a release, and between releases of
 * which one contains the other, equal contents are several changes. A release that joins lines and brings what only some of
 * them have, brings it for the others.
 */
public final class Changes {

    private final ReleaseGraph graph;
    private final Map<String, RunOnce> byKey = new HashMap<>();

    private Changes(ReleaseGraph graph) {
        this.graph = graph;
    }

    /** Compares all migrations; those of releases that the graph does not have are not known. */
    public static Changes of(ReleaseGraph graph, Collection<VersionedMigration> migrations) {
        Changes changes = new Changes(graph);
        Map<ChangeId, List<VersionedMigration>> byContent = migrations.stream()
                .filter(each -> graph.has(each.name().release()))
                .collect(Collectors.groupingBy(VersionedMigration::changeId));
        byContent.forEach((content, equal) -> {
            if (equal.size() == 1) {
                changes.byKey.put(equal.get(0).key(), new RunOnce(content, 1));
            } else {
                changes.count(content, equal);
            }
        });
        return changes;
    }

    /** Each release knows how often it or one that it contains brings the content; the least of what it follows counts. */
    private void count(ChangeId content, List<VersionedMigration> equal) {
        Map<ReleaseVersion, List<VersionedMigration>> byRelease = equal.stream()
                .sorted(Comparator.comparing(VersionedMigration::name))
                .collect(Collectors.groupingBy(each -> each.name().release()));
        Map<ReleaseVersion, Integer> times = new HashMap<>();
        for (ReleaseVersion release : graph.releases()) {
            Set<ReleaseVersion> follows = graph.follows(release);
            int least = follows.stream()
                    .mapToInt(each -> times.getOrDefault(each, 0))
                    .min()
                    .orElse(0);
            int most = follows.stream()
                    .mapToInt(each -> times.getOrDefault(each, 0))
                    .max()
                    .orElse(0);
            int own = least;
            for (VersionedMigration migration : byRelease.getOrDefault(release, List.of())) {
                own++;
                byKey.put(migration.key(), new RunOnce(content, own));
            }
            times.put(release, Math.max(own, most));
        }
    }

    /** What a migration is; empty when its release is not known. */
    public Optional<RunOnce> of(VersionedMigration migration) {
        return of(migration.key());
    }

    /** What the migration with a key is; empty when there is none. */
    public Optional<RunOnce> of(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Whether neither of two known releases contains the other. */
    public boolean areParallel(ReleaseVersion one, ReleaseVersion other) {
        return graph.has(one)
                && graph.has(other)
                && !graph.containedIn(one).contains(other)
                && !graph.containedIn(other).contains(one);
    }
}
