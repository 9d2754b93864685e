package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.util.List;

/**
 * What one check said.
 *
 * @param name the check
 * @param results what it found; empty when all is well
 */
public record CheckOutcome(String name, List<CheckResult> results) {

    public CheckOutcome {
        results = List.copyOf(results);
    }

    /** Whether the upgrade is refused for it. */
    public boolean stops() {
        return results.stream().anyMatch(result -> result.level() == CheckResult.Level.STOP);
    }
}
