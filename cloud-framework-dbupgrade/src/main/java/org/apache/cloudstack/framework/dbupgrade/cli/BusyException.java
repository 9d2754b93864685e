package org.apache.cloudstack.framework.dbupgrade.cli;

import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/** Thrown when a command has to wait for an upgrade that is under way. */
final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    BusyException(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
