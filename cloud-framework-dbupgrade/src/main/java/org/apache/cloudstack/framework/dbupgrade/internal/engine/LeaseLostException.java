package org.apache.cloudstack.framework.dbupgrade.internal.engine;

/** Thrown when another node took the upgrade over, so that this one may not write any more. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Another server holds the lease now. */
    public LeaseLostException() {
        super("Another node took the upgrade over");
    }
}
