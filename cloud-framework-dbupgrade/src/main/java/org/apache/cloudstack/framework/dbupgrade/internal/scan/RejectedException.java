package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import org.apache.cloudstack.framework.dbupgrade.finding.Finding;

/** Carries the finding about one file or class to the scanner, which collects them all. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    RejectedException(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
