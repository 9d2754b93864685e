package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

/** Thrown and caught in this package: what a statement does cannot be determined. */
final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Undecided(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
