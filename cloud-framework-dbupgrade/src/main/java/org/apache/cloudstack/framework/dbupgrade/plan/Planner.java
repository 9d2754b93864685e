package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.plan.AppliedRoutine.State;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.jspecify.annotations.Nullable;

/**
 * Computes what takes a database to a release: the same steps or the same refusal for the same inputs, whatever the order
 * they are declared in.
 */
public final class Planner {

    private final Migrations migrations;
    private final ReleaseGraph graph;
    private final ReleaseVersion code;

    /**
     * Plans for one version of the code.
     *
     * @param migrations all migrations that the code brings
     * @param code the release that the code is; it need not bring migrations of its own
     */
    public Planner(Migrations migrations, ReleaseVersion code) {
        this.migrations = migrations;
        this.graph = ReleaseGraph.ofLine(migrations.releases()).with(code);
        this.code = code;
    }

    /** The newest release at or below the code's whose migrations the code needs; empty when all are newer. */
    public Optional<ReleaseVersion> needed() {
        return Optional.ofNullable(new TreeSet<>(migrations.releases()).floor(code));
    }

    /**
     * Plans the way from a state to the code's release.
     *
     * @param state what was found in the databases
     * @param baseline the release that the operator says databases of unknown origin are at
     */
    public Planned plan(DatabaseState state, Optional<ReleaseVersion> baseline) {
        if (needed().isEmpty()) {
            return refuse(FindingCode.UNKNOWN_TARGET.about(
                    code.toString(), graph.releases().first()));
        }
        if (state instanceof DatabaseState.Empty) {
            return new Plan(Optional.empty(), code, contained(), steps(Map.of(), null));
        }
        if (state instanceof DatabaseState.Managed managed) {
            return planManaged(managed);
        }
        if (state instanceof DatabaseState.Legacy legacy) {
            return takeOver(legacy.version(), legacy.table());
        }
        if (state instanceof DatabaseState.UnknownOrigin unknown) {
            return baseline.map(release -> takeOver(release, "cloud.dbupgrade.baseline"))
                    .orElseGet(() -> refuse(FindingCode.UNKNOWN_ORIGIN.about(
                            unknown.schemas(), unknown.tables(), graph.releases().first())));
        }
        return refuse(((DatabaseState.Unusable) state).finding());
    }

    private static Planned refuse(Finding finding) {
        return new Refusal(List.of(finding));
    }

    private NavigableSet<ReleaseVersion> contained() {
        return graph.containedIn(code);
    }

    /** A database that other software brought to a release has all that the release contains. */
    private Planned takeOver(ReleaseVersion release, String source) {
        if (release.isAfter(code)) {
            return refuse(FindingCode.DATABASE_NEWER.about(release.toString(), code));
        }
        Optional<ReleaseVersion> known = graph.atOrBelow(release);
        if (known.isEmpty()) {
            return refuse(FindingCode.LEGACY_RELEASE_UNKNOWN.about(
                    source, release, "which is older than the first known release", graph.releases().first()));
        }
        NavigableSet<ReleaseVersion> reached = new TreeSet<>(contained());
        reached.add(release);
        return new Plan(Optional.of(release), code, reached, steps(Map.of(), known.get()));
    }

    private Planned planManaged(DatabaseState.Managed managed) {
        List<Finding> newer = newerThanCode(managed);
        if (!newer.isEmpty()) {
            return new Refusal(newer);
        }
        Map<String, AppliedRoutine> applied = new HashMap<>();
        managed.applied().forEach(routine -> applied.put(routine.key(), routine));
        List<Finding> contradictions = contradictions(managed.applied());
        if (!contradictions.isEmpty()) {
            return new Refusal(contradictions);
        }
        NavigableSet<ReleaseVersion> reached = new TreeSet<>(contained());
        reached.removeAll(managed.reached());
        return new Plan(managed.release().or(() -> firstRelease(managed)), code, reached, steps(applied, null));
    }

    /** An install that was interrupted has a history but no completed release. */
    private Optional<ReleaseVersion> firstRelease(DatabaseState.Managed managed) {
        return managed.applied().isEmpty() ? Optional.empty() : Optional.of(graph.releases().first());
    }

    private List<Finding> newerThanCode(DatabaseState.Managed managed) {
        NavigableSet<ReleaseVersion> known = new TreeSet<>(managed.reached());
        managed.applied().stream()
                .map(AppliedRoutine::release)
                .filter(java.util.Objects::nonNull)
                .forEach(known::add);
        return known.isEmpty() || !known.last().isAfter(code)
                ? List.of()
                : List.of(FindingCode.DATABASE_NEWER.about(known.last().toString(), code));
    }

    private List<Finding> contradictions(List<AppliedRoutine> applied) {
        Map<String, Migration> byKey = new HashMap<>();
        Map<ChangeId, Migration> byChange = new HashMap<>();
        for (Migration migration : migrations.versioned()) {
            byKey.put(migration.key(), migration);
            byChange.putIfAbsent(migration.changeId(), migration);
        }
        return applied.stream()
                .filter(routine -> routine.release() != null)
                .sorted(Comparator.comparing(AppliedRoutine::script))
                .flatMap(routine ->
                        contradiction(routine, byKey.get(routine.key()), byChange.get(routine.changeId())).stream())
                .toList();
    }

    private static Optional<Finding> contradiction(
            AppliedRoutine routine, @Nullable Migration samePlace, @Nullable Migration sameChange) {
        if (samePlace == null) {
            return Optional.of(
                    sameChange == null
                            ? FindingCode.APPLIED_MIGRATION_MISSING.about(
                                    routine.script(), String.valueOf(routine.release()))
                            : FindingCode.APPLIED_MIGRATION_RENAMED.about(routine.script(), sameChange.script()));
        }
        if (routine.isDone() && !routine.changeId().equals(samePlace.changeId())) {
            return Optional.of(FindingCode.APPLIED_MIGRATION_CHANGED.about(
                    samePlace.script(),
                    routine.changeId().abbreviated(),
                    samePlace.changeId().abbreviated()));
        }
        return Optional.empty();
    }

    private List<Step> steps(Map<String, AppliedRoutine> applied, @Nullable ReleaseVersion takenOverAt) {
        NavigableSet<ReleaseVersion> contained = contained();
        NavigableSet<ReleaseVersion> there =
                takenOverAt == null ? new TreeSet<>() : graph.containedIn(takenOverAt);
        List<Step> steps = new ArrayList<>();
        addRepeatables(steps, applied, true);
        for (Migration migration : migrations.versioned()) {
            AppliedRoutine before = applied.get(migration.key());
            if (contained.contains(migration.name().release()) && (before == null || !before.isDone())) {
                boolean isThere = there.contains(migration.name().release());
                steps.add(new Step(migration, isThere ? Action.ALREADY_THERE : Action.RUN));
            }
        }
        addRepeatables(steps, applied, false);
        return steps;
    }

    private void addRepeatables(List<Step> steps, Map<String, AppliedRoutine> applied, boolean before) {
        for (Repeatable repeatable : migrations.repeatables(before)) {
            AppliedRoutine last = applied.get(repeatable.key());
            if (last == null || last.state() != State.DONE || !last.changeId().equals(repeatable.changeId())) {
                steps.add(new Step(repeatable, Action.RUN));
            }
        }
    }
}
