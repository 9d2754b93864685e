package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;

/** What is done when Flyway comes to a routine. */
@FunctionalInterface
public interface RoutineExecution {

    /** Runs the routine on Flyway's connection, whose current database is the first schema. */
    void execute(Connection connection, Routine routine) throws SQLException;
}
