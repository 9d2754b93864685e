package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.finding.Wording;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.AppliedMigration.State;
import org.apache.cloudstack.framework.dbupgrade.migration.Changes;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.migration.RunOnce;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Computes what takes a database to a release: the same steps or the same refusal for the same inputs, whatever the order
 * they are declared in. What the target contains and the database has not is run, in the order of the graph; a change that
 * the database has through another release is only recorded; a database that has more than the target is refused.
 */
public final class Planner {

    private static final Wording BASELINE = new Wording("{cloud.dbupgrade.baseline|The baseline}");

    private final Migrations migrations;
    private final ReleaseVersion code;
    private final Optional<ReleaseGraph> graph;
    private final ConflictCheck conflicts;
    private final Circumstances around;

    /**
     * Plans for one version of the code, as if no other server existed.
     *
     * @param migrations all migrations that the code brings
     * @param code the release that the code is; it need not bring migrations of its own
     * @param conflicts finds changes of parallel lines that do not commute
     */
    public Planner(Migrations migrations, ReleaseVersion code, ConflictCheck conflicts) {
        this(migrations, code, conflicts, Circumstances.ALONE);
    }

    private Planner(Migrations migrations, ReleaseVersion code, ConflictCheck conflicts, Circumstances around) {
        this.migrations = migrations;
        this.code = code;
        this.graph = migrations.graph().with(code);
        this.conflicts = conflicts;
        this.around = around;
    }

    /**
     * The same with regard to other servers.
     *
     * @param phasing reports what has to wait for them
     */
    public Planner among(ClusterView others, PhaseResolver phasing) {
        return with(around.among(others, phasing));
    }

    /** The same, with what may run after the server is up deferred until then. */
    public Planner leavingBackground() {
        return with(around.leavingBackground());
    }

    /** The same, with repeatables in the order of what they read, and again where a step changes that. */
    public Planner reading(MigrationAnalyses analyses) {
        return with(around.reading(analyses));
    }

    /**
     * The same, with repeatables that run although they did not change.
     *
     * @param reasons why, by the key of the repeatable
     */
    public Planner again(Map<String, String> reasons) {
        return with(around.again(reasons));
    }

    private Planner with(Circumstances other) {
        return new Planner(migrations, code, conflicts, other);
    }

    /** The newest release that the code contains and that brings migrations; empty when there is none. */
    public Optional<ReleaseVersion> needed() {
        NavigableSet<ReleaseVersion> withMigrations =
                new TreeSet<>(migrations.byRelease().keySet());
        graph.ifPresent(known -> withMigrations.retainAll(known.containedIn(code)));
        return withMigrations.isEmpty() ? Optional.empty() : Optional.of(withMigrations.last());
    }

    /**
     * Plans the way from a state to the code's release.
     *
     * @param state what was found in the databases
     * @param baseline the release that the operator says databases of unknown origin are at
     */
    public PlanResult plan(DatabaseState state, Optional<ReleaseVersion> baseline) {
        if (state instanceof DatabaseState.Unusable unusable) {
            return new Refusal(
                    List.of(unusable.finding()),
                    unusable.otherwise()
                            .map(known -> plan(known, baseline))
                            .flatMap(planned -> planned instanceof Plan plan
                                    ? Optional.of(plan.steps())
                                    : ((Refusal) planned).pending()));
        }
        if (graph.isEmpty()) {
            ReleaseVersion first = migrations.graph().releases().first();
            return refuse(
                    code.compareTo(first) < 0
                            ? FindingCode.UNKNOWN_TARGET.about(code.toString(), first)
                            : FindingCode.UNKNOWN_RELEASE.about(
                                    code.toString(),
                                    migrations.graph().releases().last()));
        }
        AlterAlgorithm way = new AlterAlgorithm(graph.get());
        if (state instanceof DatabaseState.Empty) {
            return way.fromNothing();
        }
        if (state instanceof DatabaseState.Managed managed) {
            return way.from(managed);
        }
        if (state instanceof DatabaseState.Legacy legacy) {
            return way.takeOver(legacy.version(), legacy.table(), "The table " + legacy.table());
        }
        DatabaseState.UnknownOrigin unknown = (DatabaseState.UnknownOrigin) state;
        return baseline.map(release -> way.takeOver(release, "baseline", BASELINE))
                .orElseGet(() -> refuse(FindingCode.UNKNOWN_ORIGIN.about(
                        unknown.schemas(),
                        unknown.tables(),
                        graph.get().releases().first())));
    }

    private static PlanResult refuse(Finding finding) {
        return new Refusal(List.of(finding));
    }

    /** The way through one graph. */
    private final class AlterAlgorithm {

        private final ReleaseGraph known;
        private final NavigableSet<ReleaseVersion> contained;
        private final Changes changes;

        AlterAlgorithm(ReleaseGraph known) {
            this.known = known;
            this.contained = known.containedIn(code);
            this.changes = migrations.changes(known);
        }

        PlanResult fromNothing() {
            return plan(Optional.empty(), none(), new TreeSet<>(contained), new AppliedMigrations(changes, List.of()));
        }

        PlanResult from(DatabaseState.Managed managed) {
            Optional<ReleaseVersion> newer = newerThanCode(managed);
            if (newer.isPresent()) {
                return new OlderReleaseGuard(known, code, ours(), around.rolling(), around.phasing())
                        .beside(managed, newer.get());
            }
            NavigableSet<ReleaseVersion> toReach = new TreeSet<>(contained);
            toReach.removeAll(managed.reached());
            Optional<ReleaseVersion> from = managed.release()
                    .or(() -> managed.applied().isEmpty()
                            ? Optional.empty()
                            : Optional.of(known.releases().first()));
            return plan(from, none(), toReach, new AppliedMigrations(changes, managed.applied()));
        }

        private List<VersionedMigration> ours() {
            return migrations.versioned().stream()
                    .filter(migration -> contained.contains(migration.name().release()))
                    .toList();
        }

        /** A database that other software brought to a release has all that the release contains. */
        PlanResult takeOver(ReleaseVersion release, String source, Object sourceAsWritten) {
            if (release.isAfter(code)) {
                return new Refusal(
                        List.of(FindingCode.DATABASE_NEWER.about(release.toString(), code, "it is older")),
                        Optional.of(List.of()));
            }
            Optional<ReleaseGraph> withIt = known.with(release);
            if (withIt.isEmpty()) {
                ReleaseVersion first = known.releases().first();
                String why = release.compareTo(first) < 0
                        ? "which is older than the first known release"
                        : "which releases.yaml does not declare";
                return refuse(FindingCode.LEGACY_RELEASE_UNKNOWN.about(source, release, why, first, sourceAsWritten));
            }
            NavigableSet<ReleaseVersion> has = withIt.get().containedIn(release);
            List<AppliedMigration> there = migrations.versioned().stream()
                    .filter(migration -> has.contains(migration.name().release()))
                    .map(AlterAlgorithm::asApplied)
                    .toList();
            NavigableSet<ReleaseVersion> toReach = new TreeSet<>(contained);
            toReach.removeAll(has);
            return plan(Optional.of(release), has, toReach, new AppliedMigrations(changes, there));
        }

        private static NavigableSet<ReleaseVersion> none() {
            return new TreeSet<>();
        }

        private static AppliedMigration asApplied(VersionedMigration migration) {
            return new AppliedMigration(
                    migration.key(),
                    migration.script(),
                    Optional.of(migration.name().release()),
                    migration.changeId(),
                    State.DONE,
                    false);
        }

        private Optional<ReleaseVersion> newerThanCode(DatabaseState.Managed managed) {
            NavigableSet<ReleaseVersion> releases = new TreeSet<>(managed.reached());
            managed.applied().forEach(migration -> migration.release().ifPresent(releases::add));
            releases.remove(ReleaseVersion.NEXT);
            return releases.isEmpty() || !releases.last().isAfter(code)
                    ? Optional.empty()
                    : Optional.of(releases.last());
        }

        private PlanResult plan(
                Optional<ReleaseVersion> from,
                NavigableSet<ReleaseVersion> baselined,
                NavigableSet<ReleaseVersion> toReach,
                AppliedMigrations knowledge) {
            List<AppliedMigration> applied = knowledge.ofReleases();
            List<Finding> objections = new ArrayList<>(
                    applied.isEmpty()
                            ? List.of()
                            : new HistoryValidation(known, code, migrations.versioned(), knowledge).of(applied));
            List<Step> steps = steps(knowledge, baselined);
            if (objections.isEmpty()) {
                objections.addAll(conflicts(steps));
            }
            if (objections.isEmpty() && around.rolling().mode() == RollingMode.REQUIRE) {
                from.ifPresent(before -> objections.addAll(obstacles(steps, before)));
            }
            if (!objections.isEmpty()) {
                return new Refusal(objections, Optional.of(steps));
            }
            // on a fresh install there is nothing that an older node could have used
            List<Step> decided = from.isEmpty() ? steps : repeatables().stale(deferred(steps, around.rolling()));
            // what is deferred now is run later, when nothing of this release can be changed any more
            objections.addAll(
                    from.isEmpty()
                            ? List.of()
                            : repeatables().broken(repeatables().stale(steps)));
            if (!objections.isEmpty()) {
                return new Refusal(objections, Optional.of(decided));
            }
            toReach.remove(ReleaseVersion.NEXT);
            return new Plan(from, code, baselined, withoutBlocking(toReach, decided), decided);
        }

        /** What servers of the release that the database is at would not survive. */
        private List<Finding> obstacles(List<Step> steps, ReleaseVersion before) {
            ClusterView withOne = around.rolling().with(new Node("a server", Optional.of(before)));
            return deferred(steps, withOne).stream()
                    .filter(Step::isBlocking)
                    .map(step -> FindingCode.ROLLING_IMPOSSIBLE.about(
                            step.migration().script(), before, step.deferredUntil()))
                    .toList();
        }

        /** What is only recorded waits together with the step of its change. */
        private List<Step> deferred(List<Step> steps, ClusterView others) {
            Map<RunOnce, Step> held = new HashMap<>();
            List<Step> decided = new ArrayList<>();
            for (Step step : new Deferrals(others, around.phasing(), code, around.leavesBackground()).in(steps)) {
                Optional<RunOnce> change = step.migration() instanceof VersionedMigration versioned
                        ? changes.of(versioned)
                        : Optional.empty();
                Optional<Step> first = change.map(held::get);
                if (step.isDeferred()) {
                    change.ifPresent(each -> held.put(each, step));
                }
                decided.add(
                        first.isPresent() && step.action() == Action.ALREADY_APPLIED
                                ? sameAs(first.get(), step)
                                : step);
            }
            return decided;
        }

        private static Step sameAs(Step deferred, Step step) {
            return deferred.phase()
                    .map(step::withPhase)
                    .orElse(step)
                    .deferred("is the same change as " + deferred.migration().script() + ", which is deferred");
        }

        /** A release is not complete without a step that its code cannot do without, nor is one that contains it. */
        private NavigableSet<ReleaseVersion> withoutBlocking(NavigableSet<ReleaseVersion> toReach, List<Step> steps) {
            Set<ReleaseVersion> lacking = steps.stream()
                    .filter(Step::isBlocking)
                    .map(step -> step.releaseIn(code))
                    .collect(Collectors.toSet());
            if (lacking.isEmpty()) {
                return toReach;
            }
            NavigableSet<ReleaseVersion> complete = new TreeSet<>(toReach);
            complete.removeIf(release -> known.containedIn(release).stream().anyMatch(lacking::contains));
            return complete;
        }

        private List<Finding> conflicts(List<Step> steps) {
            List<VersionedMigration> toRun = steps.stream()
                    .filter(Step::runs)
                    .map(Step::migration)
                    .filter(VersionedMigration.class::isInstance)
                    .map(VersionedMigration.class::cast)
                    .toList();
            return toRun.isEmpty() ? List.of() : conflicts.conflicts(known, ours(), toRun);
        }

        /** Repeatables that migrations may call, then what was left half done, then the rest in the graph's order. */
        private List<Step> steps(AppliedMigrations knowledge, NavigableSet<ReleaseVersion> baselined) {
            List<VersionedMigration> ours = ours();
            Set<RunOnce> run = new HashSet<>();
            List<Step> steps = new ArrayList<>(repeatables().toRun(knowledge, true));
            ours.stream().filter(knowledge::isHalfDone).forEach(migration -> {
                changes.of(migration).ifPresent(run::add);
                steps.add(new Step(migration, Action.RESUME));
            });
            for (VersionedMigration migration : ours) {
                if (baselined.contains(migration.name().release())) {
                    steps.add(new Step(migration, Action.BASELINE));
                } else if (!knowledge.has(migration) && !knowledge.isHalfDone(migration)) {
                    boolean there = knowledge.hasChangeOf(migration)
                            || !run.add(changes.of(migration).orElseThrow());
                    steps.add(new Step(migration, there ? Action.ALREADY_APPLIED : Action.RUN));
                }
            }
            steps.addAll(repeatables().toRun(knowledge, false));
            return steps;
        }

        private RepeatableSteps repeatables() {
            return new RepeatableSteps(
                    migrations.repeatables().stream()
                            .filter(repeatable -> repeatable.belongsTo(contained, known))
                            .toList(),
                    around);
        }
    }
}
