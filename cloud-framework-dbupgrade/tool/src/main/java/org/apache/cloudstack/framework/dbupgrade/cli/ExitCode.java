package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/** What the tool returns to the shell that started it. */
public enum ExitCode {
    DONE(0, "done, or nothing to do"),
    FAILED(1, "it failed, and goes on where it stopped when it is started again"),
    WRONG_USE(2, "wrong use: the command line, a configuration or a file it names"),
    REFUSED(3, "refused: nothing was changed, and the reason is reported"),
    DIFFERENCES(4, "differences were found"),
    DECISION_NEEDED(5, "the operator has to decide first, with resolve"),
    BUSY(6, "another upgrader is at work"),
    WARNINGS(7, "lint has warnings, and no errors");

    private static final Set<FindingCode> HALF_DONE =
            Set.of(FindingCode.MIGRATION_FAILED, FindingCode.MIGRATION_UNFINISHED);

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The status of the process. */
    public int status() {
        return status;
    }

    /** One phrase for the manual. */
    public String meaning() {
        return meaning;
    }

    /** The code of an upgrade that stopped on its way. */
    static ExitCode ofFailure(Collection<Finding> findings) {
        return of(findings) == DECISION_NEEDED ? DECISION_NEEDED : FAILED;
    }

    /** The code of a refusal; {@link #DONE} where nothing is in the way. */
    static ExitCode of(Collection<Finding> findings) {
        Set<FindingCode> codes = findings.stream().map(Finding::code).collect(Collectors.toSet());
        if (codes.isEmpty()) {
            return DONE;
        }
        if (codes.contains(FindingCode.MIGRATION_INTERRUPTED) || codes.contains(FindingCode.SESSION_LOST)) {
            return DECISION_NEEDED;
        }
        if (HALF_DONE.containsAll(codes)) {
            return FAILED;
        }
        if (codes.contains(FindingCode.BACKUP_FAILED) || codes.contains(FindingCode.RESTORE_FAILED)) {
            return FAILED;
        }
        return codes.contains(FindingCode.UPGRADE_RUNNING) ? BUSY : REFUSED;
    }
}
