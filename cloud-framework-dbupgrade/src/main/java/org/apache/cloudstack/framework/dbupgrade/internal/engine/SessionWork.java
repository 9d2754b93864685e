package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * What a session has done so far, as the server counts it.
 *
 * @param rows rows that were written, changed and deleted
 * @param statements statements that change something, also inside procedures; those that failed too
 */
record SessionWork(long rows, long statements) {

    private static final String COUNTERS = "SHOW SESSION STATUS WHERE Variable_name LIKE 'Com\\_%'"
            + " OR Variable_name IN ('Handler_write', 'Handler_update', 'Handler_delete')";
    private static final Set<String> CHANGE_NOTHING = Set.of(
            "Com_admin_commands",
            "Com_begin",
            "Com_call_procedure",
            "Com_change_db",
            "Com_commit",
            "Com_compound_sql",
            "Com_dealloc_sql",
            "Com_do",
            "Com_empty_query",
            "Com_execute_immediate",
            "Com_execute_sql",
            "Com_prepare_sql",
            "Com_release_savepoint",
            "Com_resignal",
            "Com_rollback",
            "Com_rollback_to_savepoint",
            "Com_savepoint",
            "Com_select",
            "Com_set_option",
            "Com_signal");

    static SessionWork of(Connection connection) throws SQLException {
        long rows = 0;
        long statements = 0;
        try (Statement select = connection.createStatement();
                ResultSet counters = select.executeQuery(COUNTERS)) {
            while (counters.next()) {
                String name = counters.getString(1);
                if (name.startsWith("Handler_")) {
                    rows += counters.getLong(2);
                } else if (!CHANGE_NOTHING.contains(name)
                        && !name.startsWith("Com_show_")
                        && !name.startsWith("Com_stmt_")) {
                    statements += counters.getLong(2);
                }
            }
        }
        return new SessionWork(rows, statements);
    }

    /** Whether nothing was changed until now, except by one statement at most: where that one failed, by none. */
    boolean isAll(SessionWork now) {
        return rows == now.rows && now.statements - statements <= 1;
    }
}
