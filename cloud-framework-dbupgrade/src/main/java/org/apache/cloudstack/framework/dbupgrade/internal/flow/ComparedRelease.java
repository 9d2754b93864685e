package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.cluster.Node;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.AppliedMigration;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.ClusterView;
import org.apache.cloudstack.framework.dbupgrade.internal.plan.DatabaseState;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;
import org.apache.cloudstack.framework.dbupgrade.plan.RollingMode;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseGraph;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * Whether databases are just at one release, so that they can be compared with it.
 *
 * @param release the release, where it is known
 * @param objections why they cannot be compared; empty when they can
 * @param notes what to keep in mind about the comparison
 * @param isWhole whether its schema is that of the release: not while something is deferred
 */
public record ComparedRelease(
        Optional<ReleaseVersion> release, List<Finding> objections, List<String> notes, boolean isWhole) {

    /** Somebody older than anything, so that whatever may be deferred is. */
    private static final ClusterView WITH_SOMEBODY =
            new ClusterView(RollingMode.AUTO, List.of(new Node("older nodes", Optional.empty())));

    public ComparedRelease {
        objections = List.copyOf(objections);
        notes = List.copyOf(notes);
    }

    static ComparedRelease of(Connection connection, UpgradePlanner planning) throws SQLException {
        String first = planning.settings().schemas().get(0);
        if (planning.leases().isHeldElsewhere(connection)) {
            return between(Optional.empty(), first, "another node upgrades it now");
        }
        DatabaseState state = planning.state(connection);
        Optional<ReleaseVersion> release = release(state, planning);
        if (release.isEmpty()) {
            return objected(release, List.of(withoutRelease(state, planning, first)));
        }
        ReleaseVersion at = release.get();
        Optional<ReleaseGraph> graph = planning.migrations().graph().with(at);
        if (graph.isEmpty() && at.isAfter(planning.code())) {
            return objected(
                    release,
                    List.of(FindingCode.DATABASE_NEWER.about(
                            at.toString(), planning.code(), "it cannot know what that release should be")));
        }
        if (graph.isPresent() && state instanceof DatabaseState.Managed managed) {
            Optional<String> beyond = beyond(
                    managed,
                    graph.get().containedIn(at),
                    at,
                    planning.migrations().background());
            if (beyond.isPresent()) {
                return between(release, first, beyond.get());
            }
        }
        PlanResult planned = planning.planner(at, WITH_SOMEBODY)
                .leavingBackground()
                .plan(state, planning.settings().baseline());
        return planned(planned, at, state, first);
    }

    private static ComparedRelease planned(PlanResult planned, ReleaseVersion at, DatabaseState state, String first) {
        if (planned instanceof Refusal refusal) {
            return objected(Optional.of(at), refusal.findings());
        }
        List<String> notes = new ArrayList<>();
        if (at.isNext()) {
            notes.add("Release " + at + " is not cut, and carries no snapshot.");
        }
        if (state instanceof DatabaseState.Legacy legacy) {
            notes.add("No upgrade of this library has taken it over yet; that it is at release " + at
                    + " is what the table " + legacy.table() + " says.");
        }
        Plan plan = (Plan) planned;
        for (Step step :
                Stream.concat(plan.runs().stream(), plan.blocking().stream()).toList()) {
            if (step.migration() instanceof VersionedMigration) {
                return between(Optional.of(at), first, step.migration() + " of it was not run");
            }
            notes.add(step.migration() + " was not run yet as it is now, so that what it makes may differ.");
        }
        List<Step> deferred = plan.deferred();
        if (!deferred.isEmpty()) {
            notes.add(deferred.get(0).migration().script() + (deferred.size() > 1 ? " and others were" : " was")
                    + (deferred.get(0).isInBackground()
                            ? " left to the background"
                            : " deferred until older nodes are gone")
                    + ", so that the schema is not yet compared with release "
                    + at
                    + ".");
        }
        return new ComparedRelease(Optional.of(at), List.of(), notes, deferred.isEmpty());
    }

    /** The release not cut yet is never recorded as complete, so its migrations show that. */
    private static Optional<ReleaseVersion> release(DatabaseState state, UpgradePlanner planning) {
        if (state instanceof DatabaseState.UnknownOrigin) {
            return planning.settings().baseline();
        }
        boolean hasUncut = state instanceof DatabaseState.Managed managed
                && managed.applied().stream()
                        .anyMatch(each ->
                                each.release().filter(ReleaseVersion::isNext).isPresent())
                && planning.migrations().graph().has(ReleaseVersion.NEXT);
        return hasUncut ? Optional.of(ReleaseVersion.NEXT) : state.release();
    }

    private static Finding withoutRelease(DatabaseState state, UpgradePlanner planning, String first) {
        if (state instanceof DatabaseState.Managed) {
            return FindingCode.UPGRADE_UNFINISHED.about(first, "no release is complete yet");
        }
        PlanResult planned = planning.planner(planning.code()).plan(state, Optional.empty());
        return planned instanceof Refusal refusal
                ? refusal.findings().get(0)
                : FindingCode.DATABASE_BEHIND.about("none (it is empty)", planning.code());
    }

    private static Optional<String> beyond(
            DatabaseState.Managed managed, Set<ReleaseVersion> contained, ReleaseVersion at, Set<String> background) {
        for (AppliedMigration migration : managed.applied()) {
            if (migration.state() == AppliedMigration.State.FAILED && !background.contains(migration.key())) {
                return Optional.of(migration.script() + " was started and is not done");
            }
            Optional<ReleaseVersion> other = migration.release().filter(release -> !contained.contains(release));
            if (other.isPresent()) {
                return Optional.of("it has " + migration.script() + " of release " + other.get() + ", which release "
                        + at + ", the newest complete one, does not contain");
            }
        }
        return Optional.empty();
    }

    private static ComparedRelease between(Optional<ReleaseVersion> release, String schema, String why) {
        return objected(release, List.of(FindingCode.UPGRADE_UNFINISHED.about(schema, why)));
    }

    private static ComparedRelease objected(Optional<ReleaseVersion> release, List<Finding> objections) {
        return new ComparedRelease(release, objections, List.of(), false);
    }
}
