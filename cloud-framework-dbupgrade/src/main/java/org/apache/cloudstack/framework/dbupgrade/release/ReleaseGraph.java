package org.apache.cloudstack.framework.dbupgrade.release;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which release follows which: a directed acyclic graph. A release contains its own migrations and those of all releases it
 * follows, directly or not. Since a release only follows lower versions, there are no cycles, and the order of versions is
 * a valid order of the graph.
 */
public final class ReleaseGraph {

    private final NavigableMap<ReleaseVersion, SortedSet<ReleaseVersion>> follows;
    private final boolean declared;

    private ReleaseGraph(NavigableMap<ReleaseVersion, SortedSet<ReleaseVersion>> follows, boolean declared) {
        this.follows = follows;
        this.declared = declared;
    }

    /** The graph of one straight line: each release follows the next lower one. */
    public static ReleaseGraph ofLine(Collection<ReleaseVersion> releases) {
        NavigableMap<ReleaseVersion, SortedSet<ReleaseVersion>> follows = new TreeMap<>();
        SortedSet<ReleaseVersion> previous = new TreeSet<>();
        for (ReleaseVersion release : new TreeSet<>(releases)) {
            follows.put(release, previous);
            previous = new TreeSet<>(Set.of(release));
        }
        return new ReleaseGraph(follows, false);
    }

    /**
     * The graph that the declarations state.
     *
     * @throws IllegalArgumentException when a release follows one that is not declared, or not lower
     */
    public static ReleaseGraph of(Collection<ReleaseDeclaration> declarations) {
        NavigableMap<ReleaseVersion, SortedSet<ReleaseVersion>> follows = new TreeMap<>();
        declarations.forEach(each -> follows.put(each.version(), each.follows()));
        for (ReleaseDeclaration each : declarations) {
            for (ReleaseVersion lower : each.follows()) {
                if (!follows.containsKey(lower) || lower.compareTo(each.version()) >= 0) {
                    throw new IllegalArgumentException("Release " + each.version() + " cannot follow " + lower
                            + ", which is unknown or not lower");
                }
            }
        }
        return new ReleaseGraph(follows, true);
    }

    /**
     * This graph with one more release that brings no migration and is known only by its version: it follows the next
     * lower one. In a declared graph that must be of the same line, for the first release of a new line may follow any.
     *
     * @return empty when the graph cannot know what the release follows
     */
    public Optional<ReleaseGraph> with(ReleaseVersion release) {
        if (follows.containsKey(release)) {
            return Optional.of(this);
        }
        ReleaseVersion lower = follows.lowerKey(release);
        if (lower == null || declared && !lower.isOfLineOf(release)) {
            return Optional.empty();
        }
        NavigableMap<ReleaseVersion, SortedSet<ReleaseVersion>> more = new TreeMap<>(follows);
        more.put(release, new TreeSet<>(Set.of(lower)));
        return Optional.of(new ReleaseGraph(more, declared));
    }

    /** This graph with the release that is not cut yet, which follows the highest one. */
    public ReleaseGraph withNext() {
        NavigableMap<ReleaseVersion, SortedSet<ReleaseVersion>> more = new TreeMap<>(follows);
        more.remove(ReleaseVersion.NEXT);
        SortedSet<ReleaseVersion> highest = new TreeSet<>();
        if (!more.isEmpty()) {
            highest.add(more.lastKey());
        }
        more.put(ReleaseVersion.NEXT, highest);
        return new ReleaseGraph(more, declared);
    }

    /** All releases, in ascending order. */
    public NavigableSet<ReleaseVersion> releases() {
        return Collections.unmodifiableNavigableSet(follows.navigableKeySet());
    }

    /** The highest release that is not above the given one, else the lowest of all. */
    public ReleaseVersion atOrBelow(ReleaseVersion release) {
        ReleaseVersion floor = follows.floorKey(release);
        return floor == null ? follows.firstKey() : floor;
    }

    /** Whether the graph has the release. */
    public boolean has(ReleaseVersion release) {
        return follows.containsKey(release);
    }

    /**
     * The releases that a release follows directly, in ascending order.
     *
     * @throws IllegalArgumentException when the release is not in the graph
     */
    public SortedSet<ReleaseVersion> follows(ReleaseVersion release) {
        SortedSet<ReleaseVersion> direct = follows.get(release);
        if (direct == null) {
            throw new IllegalArgumentException("Release " + release + " is not in the graph");
        }
        return Collections.unmodifiableSortedSet(direct);
    }

    /**
     * The release itself and all that it follows, in ascending order.
     *
     * @throws IllegalArgumentException when the release is not in the graph
     */
    public NavigableSet<ReleaseVersion> containedIn(ReleaseVersion release) {
        NavigableSet<ReleaseVersion> contained = new TreeSet<>();
        Deque<ReleaseVersion> open = new ArrayDeque<>(List.of(release));
        while (!open.isEmpty()) {
            ReleaseVersion next = open.pop();
            if (contained.add(next)) {
                open.addAll(follows(next));
            }
        }
        return contained;
    }

    /** Of the given releases those that follow none of the others. */
    public NavigableSet<ReleaseVersion> nearest(Collection<ReleaseVersion> releases) {
        NavigableSet<ReleaseVersion> nearest = new TreeSet<>();
        for (ReleaseVersion release : new TreeSet<>(releases)) {
            NavigableSet<ReleaseVersion> contained = containedIn(release);
            if (nearest.stream().noneMatch(contained::contains)) {
                nearest.add(release);
            }
        }
        return nearest;
    }

    /** Whether there are no parallel lines: each release follows the next lower one. */
    public boolean isLine() {
        return follows.keySet().stream().skip(1).allMatch(release -> follows(release)
                .contains(follows.lowerKey(release)));
    }

    /** Whether the lines of the graph were declared, rather than taken from the order of versions. */
    public boolean isDeclared() {
        return declared;
    }
}
