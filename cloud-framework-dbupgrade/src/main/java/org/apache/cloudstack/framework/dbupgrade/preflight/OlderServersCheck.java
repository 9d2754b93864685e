package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/** Whether steps have to wait for older nodes, and whether the new ones can do without them until then. */
final class OlderServersCheck implements PreflightCheck {

    @Override
    public String name() {
        return "older nodes";
    }

    @Override
    public List<CheckResult> check(PreflightContext context) {
        return context.plan().deferred().stream().map(OlderServersCheck::told).toList();
    }

    private static CheckResult told(Step step) {
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
