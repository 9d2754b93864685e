package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.finding.Wording;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Code that is older than the database: it goes on beside newer nodes until something it needs was taken away, and changes
 * nothing itself.
 *
 * @param graph the releases that it knows
 * @param code its own release
 * @param ours the migrations that it needs
 * @param rolling whether it may go on at all
 * @param phasing reports what it can do without
 */
record OlderReleaseGuard(
        ReleaseGraph graph,
        ReleaseVersion code,
        List<VersionedMigration> ours,
        ClusterView rolling,
        PhaseResolver phasing) {

    /** An empty plan, or the reason why it must not start. */
    PlanResult beside(DatabaseState.Managed database, ReleaseVersion newer) {
        AppliedMigrations knowledge = new AppliedMigrations(Changes.of(graph, ours), database.applied());
        Optional<?> objection = objection(database, knowledge);
        if (objection.isPresent()) {
            return new Refusal(
                    List.of(FindingCode.DATABASE_NEWER.about(newer.toString(), code, objection.get())),
                    Optional.of(List.of()));
        }
        List<Finding> changed = changed(knowledge);
        return changed.isEmpty()
                ? new Plan(Optional.of(newer), code, new TreeSet<>(), new TreeSet<>(), List.of())
                : new Refusal(changed, Optional.of(List.of()));
    }

    private Optional<?> objection(DatabaseState.Managed database, AppliedMigrations knowledge) {
        if (rolling.mode() == RollingMode.OFF) {
            return Optional.of(new Wording(
                    "with {cloud.dbupgrade.rolling=off|--rolling off}, older code does not start beside newer"));
        }
        return database.contracted()
                .filter(release -> release.isAfter(code))
                .map(release -> "steps of release " + release + " may have taken away what older code needs")
                .or(() -> ours.stream()
                        .filter(migration -> isMissing(migration, knowledge))
                        .findFirst()
                        .map(migration -> "it lacks " + migration.script()));
    }

    private boolean isMissing(VersionedMigration migration, AppliedMigrations knowledge) {
        return !knowledge.has(migration)
                && !knowledge.hasChangeOf(migration)
                && !migration.directives().background()
                && !phasing.phaseOf(migration).equals(Optional.of(Phase.CONTRACT));
    }

    /** Of what it does not know, it cannot say whether it was changed. */
    private List<Finding> changed(AppliedMigrations knowledge) {
        Set<String> keys = ours.stream().map(VersionedMigration::key).collect(Collectors.toSet());
        List<AppliedMigration> known = knowledge.ofReleases().stream()
                .filter(migration -> keys.contains(migration.key()))
                .toList();
        return new HistoryValidation(graph, code, ours, knowledge).of(known);
    }
}
