package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Finds the ways through the releases of some migrations; asks no database. */
final class WaysThroughGraph {

    private final Migrations migrations;
    private final ReleaseGraph graph;
    private final ReleaseVersion newest;

    WaysThroughGraph(Migrations migrations) {
        this.migrations = migrations;
        this.graph = migrations.graph();
        this.newest = graph.releases().last();
    }

    /** The first release. */
    ReleaseVersion oldest() {
        return graph.releases().first();
    }

    /** The ways of empty databases that have to exist. */
    Set<UpgradePath> ofEmptyDatabases() {
        Set<UpgradePath> ways = new LinkedHashSet<>();
        for (ReleaseVersion release : graph.releases()) {
            ways.add(UpgradePath.of(release));
            graph.follows(release).forEach(before -> ways.add(UpgradePath.of(before, release)));
            if (!release.equals(newest)) {
                ways.add(UpgradePath.of(release, newest));
            }
        }
        ways.addAll(stepByStep());
        ways.addAll(bothOrders());
        return ways;
    }

    /** Each release upgraded to each later one, where the later one has all changes of the earlier one. */
    Set<UpgradePath> ofPairs() {
        return pairs(false);
    }

    /** The ways whose last step has to be refused. */
    Set<UpgradePath> refused() {
        return pairs(true);
    }

    /** The ways that data take which are put in at a release. */
    Set<UpgradePath> ofData(ReleaseVersion at) {
        Set<UpgradePath> ways = new LinkedHashSet<>();
        ways.add(UpgradePath.of(at, newest).filled());
        for (ReleaseVersion release : graph.containedIn(newest)) {
            if (contains(release, at) && !release.equals(at) && !release.equals(newest)) {
                ways.add(UpgradePath.of(at, release).filled());
                ways.add(UpgradePath.of(at, release, newest).filled());
            }
        }
        for (UpgradePath way : bothOrders()) {
            List<ReleaseVersion> rest = way.releases().stream()
                    .filter(release -> contains(release, at) && !release.equals(at))
                    .toList();
            if (way.releases().stream().allMatch(release -> contains(release, at) || contains(at, release))
                    && rest.size() > 1) {
                UpgradePath filled = UpgradePath.of(at).filled();
                for (ReleaseVersion release : rest) {
                    filled = filled.to(release);
                }
                ways.add(filled);
            }
        }
        ways.removeIf(way -> way.releases().size() != new HashSet<>(way.releases()).size());
        return ways;
    }

    /** Newest beginnings first, so that fresh installs are there before they are compared with; then as a tree. */
    static List<UpgradePath> inOrder(Collection<UpgradePath> ways) {
        Comparator<UpgradePath> newestBeginning =
                Comparator.comparing(UpgradePath::first).reversed();
        return ways.stream()
                .distinct()
                .sorted(newestBeginning.thenComparing(UpgradePath::withData).thenComparing(WaysThroughGraph::asInTree))
                .toList();
    }

    private static int asInTree(UpgradePath one, UpgradePath other) {
        int common = Math.min(one.releases().size(), other.releases().size());
        for (int place = 0; place < common; place++) {
            int compared = one.releases().get(place).compareTo(other.releases().get(place));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(one.releases().size(), other.releases().size());
    }

    /** So many walks from release to release that each step of the graph which leads to the newest is taken. */
    private Set<UpgradePath> stepByStep() {
        Set<List<ReleaseVersion>> taken = new HashSet<>();
        Set<UpgradePath> ways = new LinkedHashSet<>();
        for (ReleaseVersion release : graph.containedIn(newest)) {
            for (ReleaseVersion before : graph.follows(release)) {
                if (taken.contains(List.of(before, release))) {
                    continue;
                }
                List<ReleaseVersion> walk = new ArrayList<>(back(before, taken));
                walk.addAll(forth(release, taken));
                for (int place = 1; place < walk.size(); place++) {
                    taken.add(List.of(walk.get(place - 1), walk.get(place)));
                }
                ways.add(new UpgradePath(walk, false));
            }
        }
        return ways;
    }

    private List<ReleaseVersion> back(ReleaseVersion release, Set<List<ReleaseVersion>> taken) {
        List<ReleaseVersion> walk = new ArrayList<>(List.of(release));
        ReleaseVersion current = release;
        while (!graph.follows(current).isEmpty()) {
            ReleaseVersion here = current;
            current = untaken(graph.follows(here), before -> List.of(before, here), taken);
            walk.add(0, current);
        }
        return walk;
    }

    private List<ReleaseVersion> forth(ReleaseVersion release, Set<List<ReleaseVersion>> taken) {
        List<ReleaseVersion> walk = new ArrayList<>(List.of(release));
        ReleaseVersion current = release;
        while (!current.equals(newest)) {
            ReleaseVersion here = current;
            NavigableSet<ReleaseVersion> next = graph.containedIn(newest).stream()
                    .filter(each -> graph.follows(each).contains(here))
                    .collect(Collectors.toCollection(TreeSet::new));
            current = untaken(next, after -> List.of(here, after), taken);
            walk.add(current);
        }
        return walk;
    }

    private static ReleaseVersion untaken(
            Collection<ReleaseVersion> choice,
            Function<ReleaseVersion, List<ReleaseVersion>> step,
            Set<List<ReleaseVersion>> taken) {
        return choice.stream()
                .filter(each -> !taken.contains(step.apply(each)))
                .findFirst()
                .orElseGet(() -> choice.iterator().next());
    }

    /** For two releases of parallel lines: from where the lines part, by one of them, to where the lines meet. */
    private Set<UpgradePath> bothOrders() {
        Set<UpgradePath> ways = new LinkedHashSet<>();
        for (ReleaseVersion one : graph.releases()) {
            for (ReleaseVersion other : graph.releases().headSet(one, false)) {
                if (contains(one, other)) {
                    continue;
                }
                Set<ReleaseVersion> joining = graph.releases().stream()
                        .filter(release -> contains(release, one) && contains(release, other))
                        .collect(Collectors.toSet());
                for (ReleaseVersion join : graph.nearest(joining)) {
                    ways.add(fork(one, other).to(join));
                    ways.add(fork(other, one).to(join));
                }
            }
        }
        return ways;
    }

    private UpgradePath fork(ReleaseVersion by, ReleaseVersion notBy) {
        NavigableSet<ReleaseVersion> common = new TreeSet<>(graph.containedIn(by));
        common.retainAll(graph.containedIn(notBy));
        return Optional.ofNullable(common.isEmpty() ? null : common.last())
                .map(base -> UpgradePath.of(base, by))
                .orElse(UpgradePath.of(by));
    }

    private Set<UpgradePath> pairs(boolean refused) {
        Set<UpgradePath> ways = new LinkedHashSet<>();
        for (ReleaseVersion to : graph.releases()) {
            for (ReleaseVersion from : graph.releases().headSet(to, false)) {
                // that the newest release lacks something is never meant
                if (!to.equals(newest) && !changesLacking(from, to).isEmpty() == refused) {
                    ways.add(UpgradePath.of(from, to));
                }
            }
        }
        return ways;
    }

    /** What a database at a release has and another release does not contain. */
    private Set<RunOnce> changesLacking(ReleaseVersion from, ReleaseVersion to) {
        Changes once = migrations.changes(graph);
        Set<RunOnce> lacking =
                changes(from).flatMap(each -> once.of(each).stream()).collect(Collectors.toSet());
        changes(to).forEach(migration -> {
            once.of(migration).ifPresent(lacking::remove);
            Set<ChangeId> superseded = migration.directives().supersedes().keySet();
            lacking.removeIf(each -> superseded.contains(each.content()));
        });
        return lacking;
    }

    private Stream<VersionedMigration> changes(ReleaseVersion release) {
        NavigableSet<ReleaseVersion> contained = graph.containedIn(release);
        return migrations.versioned().stream()
                .filter(migration -> contained.contains(migration.name().release()));
    }

    private boolean contains(ReleaseVersion release, ReleaseVersion other) {
        return graph.containedIn(release).contains(other);
    }
}
