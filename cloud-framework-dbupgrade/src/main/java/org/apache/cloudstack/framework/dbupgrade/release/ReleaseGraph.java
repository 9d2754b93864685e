package org.apache.cloudstack.framework.dbupgrade.release;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which release follows which. A release contains its own migrations and those of all releases it follows, directly or
 * not; since a release only follows lower versions, the order of versions is a valid order of the graph.
 */
public final class ReleaseGraph {

    private final NavigableMap<ReleaseVersion, Set<ReleaseVersion>> follows;

    private ReleaseGraph(NavigableMap<ReleaseVersion, Set<ReleaseVersion>> follows) {
        this.follows = follows;
    }

    /** The graph of one straight line: each release follows the next lower one. */
    public static ReleaseGraph ofLine(Collection<ReleaseVersion> releases) {
        NavigableMap<ReleaseVersion, Set<ReleaseVersion>> follows = new TreeMap<>();
        Set<ReleaseVersion> previous = Set.of();
        for (ReleaseVersion release : new TreeSet<>(releases)) {
            follows.put(release, previous);
            previous = Set.of(release);
        }
        return new ReleaseGraph(follows);
    }

    /**
     * This graph with one more release, which follows the next lower one: a release that brings no migration is known
     * only by its version. The same graph when it is known already, or lower than all.
     */
    public ReleaseGraph with(ReleaseVersion release) {
        if (follows.containsKey(release) || follows.lowerKey(release) == null) {
            return this;
        }
        NavigableMap<ReleaseVersion, Set<ReleaseVersion>> more = new TreeMap<>(follows);
        more.put(release, Set.of(follows.lowerKey(release)));
        return new ReleaseGraph(more);
    }

    /** All releases, in ascending order. */
    public NavigableSet<ReleaseVersion> releases() {
        return Collections.unmodifiableNavigableSet(follows.navigableKeySet());
    }

    /** The newest release that is not above the given one. */
    public Optional<ReleaseVersion> atOrBelow(ReleaseVersion release) {
        return Optional.ofNullable(follows.floorKey(release));
    }

    /**
     * The release itself and all that it follows, in ascending order.
     *
     * @throws IllegalArgumentException when the release is not in the graph
     */
    public NavigableSet<ReleaseVersion> containedIn(ReleaseVersion release) {
        if (!follows.containsKey(release)) {
            throw new IllegalArgumentException("Release " + release + " is not in the graph");
        }
        NavigableSet<ReleaseVersion> contained = new TreeSet<>();
        Deque<ReleaseVersion> open = new ArrayDeque<>(Set.of(release));
        while (!open.isEmpty()) {
            ReleaseVersion next = open.pop();
            if (contained.add(next)) {
                open.addAll(follows.getOrDefault(next, Set.of()));
            }
        }
        return contained;
    }
}
