package org.apache.cloudstack.framework.dbupgrade.plan;

import org.apache.cloudstack.framework.dbupgrade.migration.Routine;

/**
 * One step of a plan.
 *
 * @param routine the migration or repeatable
 * @param action what is done with it
 */
public record Step(Routine routine, Action action) {

    /** Whether the step runs something. */
    public boolean runs() {
        return action.runs();
    }
}
