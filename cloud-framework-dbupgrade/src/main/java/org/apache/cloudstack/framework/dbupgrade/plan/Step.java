package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * One step of a plan.
 *
 * @param migration the migration or repeatable
 * @param action what is done with it
 * @param phase what it means for older nodes; empty where that cannot be determined, or was not looked at
 * @param deferredUntil why it is deferred, in words; empty when it is not
 * @param again why a repeatable runs although its content was run already, in words; empty when it was not
 */
public record Step(Migration migration, Action action, Optional<Phase> phase, String deferredUntil, String again) {

    /** A step that is not deferred. */
    public Step(Migration migration, Action action) {
        this(migration, action, Optional.empty(), "", "");
    }

    /** The same, as a repeatable that runs again though it did not change. */
    public Step again(String why) {
        return new Step(migration, action, phase, deferredUntil, why);
    }

    /** Whether the step runs something. */
    public boolean runs() {
        return action.runs();
    }

    /** Whether it waits for older nodes to go, or for this one to be up. */
    public boolean isDeferred() {
        return action == Action.DEFERRED;
    }

    /** Whether code of the target cannot do without it, although it is deferred. */
    public boolean isBlocking() {
        return isDeferred() && !canWait();
    }

    /** Whether code of the target can do without it. */
    public boolean canWait() {
        return isContract() || isInBackground();
    }

    /** Whether its author lets it run after the server is up. */
    public boolean isInBackground() {
        return migration.directives().background();
    }

    /** Whether older code does not work any more when it was run. */
    public boolean isContract() {
        return phase.equals(Optional.of(Phase.CONTRACT));
    }

    /** Whether older code may not work any more when it was run. */
    public boolean mayBeContract() {
        return phase.map(known -> known == Phase.CONTRACT).orElse(true);
    }

    /** The release whose servers work with what it leaves: its own, for a repeatable that of the plan. */
    public ReleaseVersion releaseIn(ReleaseVersion target) {
        return migration instanceof VersionedMigration versioned
                ? versioned.name().release()
                : target;
    }

    /** The same, where the phase is known. */
    public Step withPhase(Phase known) {
        return new Step(migration, action, Optional.of(known), deferredUntil, again);
    }

    /** The same, to be run another time. */
    public Step deferred(String why) {
        return new Step(migration, Action.DEFERRED, phase, why, again);
    }
}
