package org.apache.cloudstack.framework.dbupgrade;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.jspecify.annotations.Nullable;

/** An upgrade that did not come to its end: it was refused, or it failed. */
public abstract sealed class DatabaseUpgradeException extends RuntimeException
        permits UpgradeRefusedException, UpgradeFailedException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    DatabaseUpgradeException(List<Finding> findings, @Nullable Throwable cause) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")), cause);
        this.findings = List.copyOf(findings);
    }

    /** Every reason, with its remedy. */
    public List<Finding> findings() {
        return findings;
    }
}
