package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Clash;

/** A reason why two scripts may not run in either order. */
public sealed interface ScriptClash {

    /** A statement of the first script and one of the second touch the same object. */
    record Conflict(SqlStatement first, SqlStatement second, Clash clash) implements ScriptClash {

        @Override
        public String toString() {
            return "line " + first.line() + " against line " + second.line() + ": " + clash;
        }
    }

    /** What a statement of one script does cannot be decided; someone has to look. */
    record Undecided(Side side, SqlStatement statement, String reason) implements ScriptClash {}

    /** One of the two scripts. */
    enum Side {
        FIRST,
        SECOND
    }
}
