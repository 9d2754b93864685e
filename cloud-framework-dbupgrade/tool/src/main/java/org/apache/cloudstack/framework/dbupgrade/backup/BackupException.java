package org.apache.cloudstack.framework.dbupgrade.backup;

import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.jspecify.annotations.Nullable;

/** A backup that was not taken, or one that was not restored. */
public final class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    BackupException(Finding finding, @Nullable Throwable cause) {
        super(finding.toString(), cause);
        this.finding = finding;
    }

    BackupException(Finding finding) {
        this(finding, null);
    }

    /** What was found, why it stops, and what to do. */
    public Finding finding() {
        return finding;
    }
}
