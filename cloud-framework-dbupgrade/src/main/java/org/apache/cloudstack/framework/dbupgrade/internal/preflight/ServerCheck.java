package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckOutcome;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/** A check that asks the server; what the account may not ask is reported rather than passed over. */
abstract class ServerCheck {

    private final String name;

    ServerCheck(String name) {
        this.name = name;
    }

    /**
     * Looks, and only looks.
     *
     * @param inspection the plan, looked at; to ask for it reads every pending script
     */
    abstract List<CheckResult> look(PreflightContext context, Supplier<PlanInspection> inspection) throws SQLException;

    final CheckOutcome outcome(PreflightContext context, Supplier<PlanInspection> inspection) {
        try {
            return new CheckOutcome(name, look(context, inspection));
        } catch (SQLException e) {
            return new CheckOutcome(
                    name,
                    List.of(CheckResult.warn(
                            "This could not be looked at; the server answers with error " + e.getErrorCode(),
                            "Look at it by hand, or let an account with more privileges do the check")));
        }
    }
}
