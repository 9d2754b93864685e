package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/** Knows of tables without transactions, whose changed rows a rollback keeps. */
public interface KeptRows {

    /** Every table rolls back. */
    KeptRows NONE = new KeptRows() {

        @Override
        public boolean mayComeFrom(Connection connection, List<SqlStatement> statements) {
            return false;
        }

        @Override
        public void sent(SqlStatement statement) {}
    };

    /**
     * Whether a statement may change rows that a rollback keeps.
     *
     * @param statements a script up to the statement in question; those before it say which database is current
     */
    boolean mayComeFrom(Connection connection, List<SqlStatement> statements) throws SQLException;

    /** Takes note that a statement was sent, which may have made such a table. */
    void sent(SqlStatement statement);
}
