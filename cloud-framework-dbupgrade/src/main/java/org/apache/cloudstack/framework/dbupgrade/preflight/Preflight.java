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

    /** The findings of every check, so that the operator sees all of them at once. */
    public List<Finding> check(PreflightContext context) {
        List<Finding> findings = new ArrayList<>();
        for (PreflightCheck check : checks) {
            check.check(context).forEach(result -> findings.add(finding(check, result)));
        }
        return findings;
    }

    private static Finding finding(PreflightCheck check, CheckResult result) {
        FindingCode code =
                result.level() == CheckResult.Level.STOP ? FindingCode.PREFLIGHT_STOP : FindingCode.PREFLIGHT_WARNING;
        return code.about(check.name(), withoutStop(result.problem()), withoutStop(result.cure()));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
