package org.apache.cloudstack.framework.dbupgrade.internal.preflight;

import java.sql.Connection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckOutcome;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;

/** Runs all checks before an upgrade: the library's own, and those that an application brings. */
public final class Preflight {

    private final List<ServerCheck> own = ServerChecks.all();
    private final List<PreflightCheck> brought;

    /** The checks that an application brings. */
    public Preflight(List<? extends PreflightCheck> brought) {
        this.brought = List.copyOf(brought);
    }

    /** What every check says, also those that find nothing. */
    public List<CheckOutcome> outcomes(
            Connection connection, Plan plan, List<String> schemas, Supplier<PlanInspection> inspection) {
        PreflightContext context = new PreflightContext(
                connection, plan, schemas, () -> inspection.get().impact());
        return Stream.concat(
                        brought.stream().map(check -> new CheckOutcome(check.name(), check.check(context))),
                        own.stream().map(check -> check.outcome(context, inspection)))
                .toList();
    }

    /** The findings of all outcomes, so that the operator sees all of them at once. */
    public static List<Finding> findings(List<CheckOutcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.results().stream().map(result -> finding(outcome.name(), result)))
                .toList();
    }

    private static Finding finding(String check, CheckResult result) {
        FindingCode code =
                result.level() == CheckResult.Level.STOP ? FindingCode.PREFLIGHT_STOP : FindingCode.PREFLIGHT_WARNING;
        return code.about(check, withoutStop(result.problem()), withoutStop(result.cure()));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
