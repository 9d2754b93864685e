package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/**
 * A plan as text: whence and where to, then a line for each step.
 *
 * @param plan the plan
 */
record PlanText(Plan plan) {

    @Override
    public String toString() {
        String from = plan.from().map(release -> "from " + release).orElse("of a fresh install");
        String head = "The plan " + from + " to " + plan.target();
        if (plan.steps().isEmpty()) {
            return head + " has no steps.";
        }
        List<List<String>> rows = plan.steps().stream().map(PlanText::row).toList();
        return head + ":\n" + String.join("\n", new TextTable(List.of("step", "what", "script"), rows).lines());
    }

    private static List<String> row(Step step) {
        String what = step.action().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return List.of(
                StoredProgramName.of(step.migration()),
                step.isDeferred() ? what + ", " + step.deferredUntil() : what,
                step.migration().script());
    }
}
