package org.apache.cloudstack.framework.dbupgrade;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.jspecify.annotations.Nullable;

/** Thrown when an upgrade is not started: no migration was run. */
public final class UpgradeRefusedException extends DatabaseUpgradeException {

    private static final long serialVersionUID = 1L;

    /** Refused for these reasons. */
    public UpgradeRefusedException(List<Finding> findings, @Nullable Throwable cause) {
        super(findings, cause);
    }
}
