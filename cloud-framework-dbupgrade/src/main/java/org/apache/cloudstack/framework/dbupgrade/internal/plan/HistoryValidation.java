package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Finds what a database has and the target cannot account for: changes edited, lost, moved, or of another line. */
final class HistoryValidation {

    private final ReleaseGraph graph;
    private final ReleaseVersion target;
    private final AppliedMigrations knowledge;
    private final Set<RunOnce> inTarget = new HashSet<>();
    private final Set<ChangeId> supersededInTarget = new HashSet<>();
    private final Map<String, VersionedMigration> byKey = new HashMap<>();
    private final Map<RunOnce, List<VersionedMigration>> byChange = new HashMap<>();
    private final Map<ChangeId, List<VersionedMigration>> bySuperseded = new HashMap<>();

    HistoryValidation(
            ReleaseGraph graph,
            ReleaseVersion target,
            List<VersionedMigration> migrations,
            AppliedMigrations knowledge) {
        this.graph = graph;
        this.target = target;
        this.knowledge = knowledge;
        NavigableSet<ReleaseVersion> contained = graph.containedIn(target);
        for (VersionedMigration migration : migrations) {
            byKey.put(migration.key(), migration);
            Set<ChangeId> superseded = migration.directives().supersedes().keySet();
            superseded.forEach(each ->
                    bySuperseded.computeIfAbsent(each, key -> new ArrayList<>()).add(migration));
            Optional<RunOnce> change = knowledge.known().of(migration);
            change.ifPresent(each ->
                    byChange.computeIfAbsent(each, key -> new ArrayList<>()).add(migration));
            if (contained.contains(migration.name().release())) {
                change.ifPresent(inTarget::add);
                supersededInTarget.addAll(superseded);
            }
        }
    }

    /** All contradictions of what is applied, by release and name. */
    List<Finding> of(List<AppliedMigration> applied) {
        return applied.stream()
                .sorted(Comparator.comparing(AppliedMigration::key))
                .flatMap(migration -> of(migration).stream())
                .toList();
    }

    private Optional<Finding> of(AppliedMigration migration) {
        VersionedMigration samePlace = byKey.get(migration.key());
        if (samePlace != null && migration.isDone() && !sameChange(migration, samePlace)) {
            return Optional.of(FindingCode.APPLIED_MIGRATION_CHANGED.about(
                    samePlace.script(), migration.changeId(), samePlace.changeId()));
        }
        boolean accountedFor = migration.isDone()
                ? inTarget.contains(knowledge.changeOf(migration))
                        || supersededInTarget.contains(migration.changeId())
                        || migration.empty()
                : samePlace != null && isInTarget(samePlace);
        if (accountedFor && samePlace != null) {
            return Optional.empty();
        }
        if (accountedFor) {
            return renamed(migration);
        }
        if (samePlace != null || !carriers(migration).isEmpty() && migration.isDone()) {
            return Optional.of(notInTarget(migration));
        }
        return renamed(migration)
                .or(() -> Optional.of(
                        FindingCode.APPLIED_MIGRATION_MISSING.about(migration.script(), releaseOf(migration))));
    }

    /** A change whose place is gone: fine where another release of its own carries it, a backport taken back. */
    private Optional<Finding> renamed(AppliedMigration migration) {
        return carriers(migration).stream()
                .filter(each -> Optional.of(each.name().release()).equals(migration.release()))
                .findFirst()
                .map(moved -> FindingCode.APPLIED_MIGRATION_RENAMED.about(migration.script(), moved.script()));
    }

    private List<VersionedMigration> carriers(AppliedMigration migration) {
        List<VersionedMigration> carriers =
                new ArrayList<>(byChange.getOrDefault(knowledge.changeOf(migration), List.of()));
        carriers.addAll(bySuperseded.getOrDefault(migration.changeId(), List.of()));
        return carriers;
    }

    private boolean isInTarget(VersionedMigration migration) {
        return graph.containedIn(target).contains(migration.name().release());
    }

    private static boolean sameChange(AppliedMigration applied, VersionedMigration migration) {
        return applied.changeId().equals(migration.changeId())
                || migration.directives().supersedes().containsKey(applied.changeId());
    }

    private Finding notInTarget(AppliedMigration migration) {
        List<ReleaseVersion> carriers =
                carriers(migration).stream().map(each -> each.name().release()).toList();
        NavigableSet<ReleaseVersion> would = graph.releases().stream()
                .filter(release -> release.isAfter(target))
                .filter(release -> graph.containedIn(release).stream().anyMatch(carriers::contains))
                .collect(Collectors.toCollection(TreeSet::new));
        String way = would.isEmpty()
                ? "No release after " + target + " that this code knows contains it: wait for one that does"
                : "Go to a release that contains it: "
                        + graph.nearest(would).stream()
                                .map(ReleaseVersion::toString)
                                .collect(Collectors.joining(" or "));
        return FindingCode.CHANGE_NOT_IN_TARGET.about(migration.script(), releaseOf(migration), target, way);
    }

    private static String releaseOf(AppliedMigration migration) {
        return migration.release().map(ReleaseVersion::toString).orElse("");
    }
}
