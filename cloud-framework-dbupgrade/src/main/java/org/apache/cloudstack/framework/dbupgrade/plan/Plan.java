package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The ordered steps that take a database to a release.
 *
 * @param from the release the database is at; empty for a fresh install
 * @param target the release it will be at
 * @param baselined the releases that other software brought the database to, recorded before anything else
 * @param reached the releases that the upgrade completes, in ascending order
 * @param steps the steps, in the order they are done; empty when only releases are recorded
 */
public record Plan(
        Optional<ReleaseVersion> from,
        ReleaseVersion target,
        NavigableSet<ReleaseVersion> baselined,
        NavigableSet<ReleaseVersion> reached,
        List<Step> steps)
        implements PlanResult {

    public Plan {
        baselined = Collections.unmodifiableNavigableSet(new TreeSet<>(baselined));
        reached = Collections.unmodifiableNavigableSet(new TreeSet<>(reached));
        steps = List.copyOf(steps);
    }

    /** Whether the databases are empty so far. */
    public boolean isFreshInstall() {
        return from.isEmpty();
    }

    /** Whether nothing is to be done now; something may be deferred. */
    public boolean isEmpty() {
        return steps.stream().allMatch(Step::isDeferred) && reached.isEmpty();
    }

    /** The steps that wait, each for its reason. */
    public List<Step> deferred() {
        return steps.stream().filter(Step::isDeferred).toList();
    }

    /** Those deferred which code of the target cannot do without. */
    public List<Step> blocking() {
        return steps.stream().filter(Step::isBlocking).toList();
    }

    /** Whether the release is complete, and all that is left to be run is what was deferred before. */
    public boolean isRestOnly() {
        return reached.isEmpty() && blocking().isEmpty() && runs().stream().allMatch(Step::canWait);
    }

    /** The newest release of a step that may take away what older code needs; empty when no step does. */
    public Optional<ReleaseVersion> contractUpTo() {
        return steps.stream()
                .filter(step -> step.runs() && step.mayBeContract())
                .map(step -> step.releaseIn(target))
                .max(Comparator.naturalOrder());
    }

    /** The steps that run something. */
    public List<Step> runs() {
        return steps.stream().filter(Step::runs).toList();
    }

    /** The part of it that records what other software brought, and runs nothing. */
    public Plan recordsOnly() {
        List<Step> records =
                steps.stream().filter(step -> step.action() == Action.BASELINE).toList();
        return new Plan(from, target, baselined, new TreeSet<>(), records);
    }

    /** Whether a migration of the given release is run. */
    public boolean runs(ReleaseVersion release) {
        return steps.stream()
                .anyMatch(step -> step.runs()
                        && step.migration() instanceof VersionedMigration versioned
                        && versioned.name().release().equals(release));
    }
}
