package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/**
 * Why there is no plan.
 *
 * @param findings every reason, with its remedy; at least one
 * @param pending the steps that are refused; empty when they are not known
 */
public record Refusal(List<Finding> findings, Optional<List<Step>> pending) implements PlanResult {

    /** Reasons for which not even what is pending is known. */
    public Refusal(List<Finding> findings) {
        this(findings, Optional.empty());
    }

    public Refusal {
        findings = List.copyOf(findings);
        pending = pending.map(List::copyOf);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("A refusal has a reason");
        }
    }
}
