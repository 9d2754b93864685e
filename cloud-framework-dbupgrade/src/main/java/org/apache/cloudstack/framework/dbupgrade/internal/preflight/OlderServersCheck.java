package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/** Whether steps have to wait for older nodes, and whether the new ones can do without them until then. */
final class OlderServersCheck extends ServerCheck {

    OlderServersCheck() {
        super("older nodes");
    }

    @Override
    List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) {
        return context.plan().deferred().stream().map(OlderServersCheck::result).toList();
    }

    private static CheckResult result(Step step) {
        String found = step.migration().script() + " " + step.deferredUntil();
        return step.isBlocking()
                ? CheckResult.warn(
                        found + ", and servers of the new release cannot start without it",
                        "Stop the older nodes before the upgrade")
                : CheckResult.warn(
                        found,
                        "Replace the older nodes; it is run when they are gone, and dbupgrade contract runs it too");
    }
}
