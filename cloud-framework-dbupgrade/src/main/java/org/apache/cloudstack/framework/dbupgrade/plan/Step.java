package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.sql.Phase;

/**
 * One step of a plan.
 *
 * @param routine the migration or repeatable
 * @param action what is done with it
 * @param phase what it means for older servers; empty where that cannot be told, or was not looked at
 * @param waitsFor why it is held back, in words; empty when it is not
 */
public record Step(Migration routine, Action action, Optional<Phase> phase, String waitsFor) {

    /** A step that is not held back. */
    public Step(Migration routine, Action action) {
        this(routine, action, Optional.empty(), "");
    }

    /** Whether the step runs something. */
    public boolean runs() {
        return action.runs();
    }

    /** Whether it waits for older servers to go, or for this one to be up. */
    public boolean isHeldBack() {
        return action == Action.HELD_BACK;
    }

    /** Whether code of the target cannot do without it, although it is held back. */
    public boolean isMissed() {
        return isHeldBack() && !canWait();
    }

    /** Whether code of the target can do without it. */
    public boolean canWait() {
        return takesAway() || isInBackground();
    }

    /** Whether its author lets it run after the server is up. */
    public boolean isInBackground() {
        return routine.directives().background();
    }

    /** Whether older code does not work any more when it was run. */
    public boolean takesAway() {
        return phase.equals(Optional.of(Phase.CONTRACT));
    }

    /** Whether older code may not work any more when it was run. */
    public boolean mayTakeAway() {
        return phase.map(known -> known == Phase.CONTRACT).orElse(true);
    }

    /** The release whose servers work with what it leaves: its own, for a repeatable that of the plan. */
    public ReleaseVersion releaseIn(ReleaseVersion target) {
        return routine instanceof VersionedMigration migration
                ? migration.name().release()
                : target;
    }

    Step withPhase(Optional<Phase> known) {
        return new Step(routine, action, known, waitsFor);
    }

    /** The same, to be run another time. */
    public Step heldBackFor(String why) {
        return heldBack(phase, why);
    }

    Step heldBack(Optional<Phase> known, String why) {
        return new Step(routine, Action.HELD_BACK, known, why);
    }
}
