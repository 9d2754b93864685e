package org.apache.cloudstack.framework.dbupgrade.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;

/** Looks whether a definition took effect. */
@FunctionalInterface
public interface EffectLookup {

    /**
     * Looks at the database for the effect of the last of the statements.
     *
     * @param statements a script up to the statement in question; those before it say which database is current
     */
    Effect lookUp(Connection connection, List<SqlStatement> statements) throws SQLException;
}
