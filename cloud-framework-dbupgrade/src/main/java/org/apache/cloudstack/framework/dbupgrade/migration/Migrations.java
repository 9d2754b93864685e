package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseDeclaration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseId;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * All that was found in the locations.
 *
 * @param versioned the migrations of all releases, by release and sequence
 * @param repeatables the repeatables, by name
 * @param declarations what releases.yaml says; empty without that file
 * @param callbacks scripts that Flyway calls around migrations
 */
public record Migrations(
        List<VersionedMigration> versioned,
        List<RepeatableMigration> repeatables,
        List<ReleaseDeclaration> declarations,
        List<CallbackScript> callbacks) {

    /** Migrations without callbacks. */
    public Migrations(
            List<VersionedMigration> versioned,
            List<RepeatableMigration> repeatables,
            List<ReleaseDeclaration> declarations) {
        this(versioned, repeatables, declarations, List.of());
    }

    public Migrations {
        versioned = versioned.stream()
                .sorted(Comparator.comparing(VersionedMigration::name))
                .toList();
        repeatables = repeatables.stream()
                .sorted(Comparator.comparing(RepeatableMigration::name))
                .toList();
        declarations = List.copyOf(declarations);
        callbacks = List.copyOf(callbacks);
    }

    /** The releases: those declared, or without declarations the line of those that bring a migration. */
    public ReleaseGraph graph() {
        List<ReleaseVersion> releases =
                versioned.stream().map(each -> each.name().release()).toList();
        ReleaseGraph graph = declarations.isEmpty() ? ReleaseGraph.ofLine(releases) : ReleaseGraph.of(declarations);
        return releases.stream().anyMatch(ReleaseVersion::isNext) ? graph.withNext() : graph;
    }

    /** The migrations of each release that brings some, in their order. */
    public NavigableMap<ReleaseVersion, List<VersionedMigration>> byRelease() {
        return versioned.stream()
                .collect(Collectors.groupingBy(each -> each.name().release(), TreeMap::new, Collectors.toList()));
    }

    /** The ids of all releases of a graph. */
    public NavigableMap<ReleaseVersion, ReleaseId> releaseIds(ReleaseGraph graph) {
        Map<ReleaseVersion, List<String>> changes = new TreeMap<>();
        versioned.forEach(each -> changes.computeIfAbsent(each.name().release(), key -> new ArrayList<>())
                .add(each.changeId().hex()));
        return ReleaseId.of(graph, changes);
    }

    /** Which of them are one change. */
    public Changes changes(ReleaseGraph graph) {
        return Changes.of(graph, versioned);
    }

    /** All that a release contains: the migrations of its releases, and the repeatables that belong to it. */
    public List<Migration> containedIn(ReleaseGraph graph, ReleaseVersion release) {
        NavigableSet<ReleaseVersion> contained = graph.containedIn(release);
        List<Migration> migrations = new ArrayList<>(repeatables.stream()
                .filter(repeatable -> repeatable.belongsTo(contained, graph))
                .toList());
        versioned.stream()
                .filter(migration -> contained.contains(migration.name().release()))
                .forEach(migrations::add);
        return migrations;
    }

    /** The keys of the migrations that may run after the server is up. */
    public Set<String> background() {
        return versioned.stream()
                .filter(each -> each.directives().background())
                .map(VersionedMigration::key)
                .collect(Collectors.toSet());
    }

    /** The repeatables that run before, or after, the versioned migrations. */
    public List<RepeatableMigration> repeatables(boolean before) {
        return repeatables.stream().filter(each -> each.runsBefore() == before).toList();
    }
}
