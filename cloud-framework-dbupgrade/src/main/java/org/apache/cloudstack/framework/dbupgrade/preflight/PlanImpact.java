package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;

/**
 * A plan, with what each of its steps means for the databases as they are.
 *
 * @param plan the plan
 * @param steps its steps, in order
 */
public record PlanImpact(Plan plan, List<StepImpact> steps) {

    public PlanImpact {
        steps = List.copyOf(steps);
    }
}
