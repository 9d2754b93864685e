package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

public final class PatientRetry implements LockRetry {

    private final LockWaits waits;

    public PatientRetry(LockWaits waits) {
        this.waits = waits;
    }

    @Override
    public boolean isLockedOut(SQLException error) {
        return waits.isLockedOut(error);
    }

    @Override
    public boolean pause(Connection connection, SqlStatement statement, int attempt, RunObserver observer) {
        return false;
    }
}
