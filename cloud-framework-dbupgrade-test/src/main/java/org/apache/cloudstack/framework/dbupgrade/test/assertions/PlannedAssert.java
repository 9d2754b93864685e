package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.PlanResult;
import org.apache.cloudstack.framework.dbupgrade.plan.Refusal;

/** Assertions about what planning ended in: {@code assertThat(database.to("4.6.0")).isRefused()}. */
public final class PlannedAssert extends TextAssert<PlannedAssert, PlanResult> {

    PlannedAssert(PlanResult actual) {
        super(actual, PlannedAssert.class);
    }

    /** There is a plan; goes on with its steps. */
    public PlanAssert isPlan() {
        if (actual instanceof Refusal refusal) {
            throw failure("A plan is expected, and the upgrade is refused:\n"
                    + refusal.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
        return new PlanAssert((Plan) actual);
    }

    /** There is none; goes on with the reasons. */
    public FindingsAssert isRefused() {
        if (actual instanceof Plan plan) {
            throw failure("A refusal is expected, and there is a plan:\n" + new PlanText(plan));
        }
        return new FindingsAssert(((Refusal) actual).findings());
    }
}
