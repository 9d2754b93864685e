package org.apache.cloudstack.framework.dbupgrade.execute;

/** Thrown when a migration in the background stops at a checkpoint, to go on there another time. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException(String reason) {
        super(reason);
    }
}
