package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/** Runs all checks before an upgrade. */
public final class Preflight {

    private final List<PreflightCheck> checks;

    /** The checks that an application brings. */
    public Preflight(List<? extends PreflightCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /** What every check says, also those that find nothing. */
    public List<CheckOutcome> outcomes(PreflightContext context) {
        return checks.stream()
                .map(check -> new CheckOutcome(check.name(), check.check(context)))
                .toList();
    }

    /** The findings of every check, so that the operator sees all of them at once. */
    public List<Finding> check(PreflightContext context) {
        List<Finding> findings = new ArrayList<>();
        for (CheckOutcome outcome : outcomes(context)) {
            outcome.results().forEach(result -> findings.add(finding(outcome.name(), result)));
        }
        return findings;
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
