package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a migration stops before its end; what was done before is journalled. Neither it nor its causes hold values of
 * rows.
 */
public final class StatementFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;
    private final String script;

    StatementFailure(Migration migration, Finding finding, @Nullable Throwable cause) {
        super(finding.toString(), cause == null ? null : SafeCause.of(cause));
        this.finding = finding;
        this.script = migration.script();
    }

    /** What is reported to the operator. */
    public Finding finding() {
        return finding;
    }

    /** The file or class that stopped. */
    public String script() {
        return script;
    }
}
