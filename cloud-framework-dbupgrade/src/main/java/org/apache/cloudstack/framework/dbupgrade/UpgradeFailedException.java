package org.apache.cloudstack.framework.dbupgrade;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.jspecify.annotations.Nullable;

/** Thrown when an upgrade stopped after it had started; the next one goes on where this one stopped. */
public final class UpgradeFailedException extends DatabaseUpgradeException {

    private static final long serialVersionUID = 1L;

    private final transient UpgradeReport report;

    public UpgradeFailedException(List<Finding> findings, UpgradeReport report, @Nullable Throwable cause) {
        super(findings, cause);
        this.report = report;
    }

    /** What was done before it stopped. */
    public UpgradeReport report() {
        return report;
    }
}
