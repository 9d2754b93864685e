package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** Checks whether a DDL statement took effect. */
@FunctionalInterface
public interface DdlEffectProbe {

    /**
     * What is seen.
     *
     * @param effect of the statement
     * @param difference of what is there from what the statement makes; empty when there is none, or nobody can say it
     */
    record Seen(DdlOutcome effect, String difference) {

        /** A lookup that finds nothing else of that name. */
        public static Seen of(DdlOutcome effect) {
            return new Seen(effect, "");
        }
    }

    /**
     * Looks at the database for the effect of the last of the statements.
     *
     * @param statements a script up to the statement in question; those before it say which database is current
     */
    Seen lookUp(Connection connection, List<SqlStatement> statements) throws SQLException;
}
