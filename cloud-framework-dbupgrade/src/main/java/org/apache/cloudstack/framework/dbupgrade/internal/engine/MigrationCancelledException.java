package org.apache.cloudstack.framework.dbupgrade.internal.engine;

/** Thrown when a migration in the background stops at a checkpoint, to go on there another time. */
public final class MigrationCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MigrationCancelledException(String reason) {
        super(reason);
    }
}
