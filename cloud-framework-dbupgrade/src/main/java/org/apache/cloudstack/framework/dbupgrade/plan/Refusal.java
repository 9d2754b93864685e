package org.apache.cloudstack.framework.dbupgrade.plan;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/**
 * Why there is no plan.
 *
 * @param findings every reason, with its remedy; at least one
 */
public record Refusal(List<Finding> findings) implements Planned {

    public Refusal {
        findings = List.copyOf(findings);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("A refusal has a reason");
        }
    }
}
