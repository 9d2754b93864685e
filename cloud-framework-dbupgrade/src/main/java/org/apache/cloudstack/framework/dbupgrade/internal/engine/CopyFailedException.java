package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;

/** Thrown when a table could not be changed by a copy; its text has no secrets and no values of rows. */
public final class CopyFailedException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public CopyFailedException(String reason) {
        super(reason);
    }
}
