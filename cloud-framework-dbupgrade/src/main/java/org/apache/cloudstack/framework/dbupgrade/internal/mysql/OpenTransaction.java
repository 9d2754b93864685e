package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * A transaction of InnoDB.
 *
 * @param seconds how long it has been open
 * @param locksRows whether it has locked or changed rows
 * @param waits whether it waits for rows
 */
record OpenTransaction(long seconds, boolean locksRows, boolean waits) {

    /** Its start is given in the time zone of the server's machine, whatever that of the session is. */
    private static final String ALL = """
            SELECT trx_mysql_thread_id,
                GREATEST(0, TIMESTAMPDIFF(SECOND, CONVERT_TZ(trx_started, 'SYSTEM', '+00:00'), UTC_TIMESTAMP())),
                trx_rows_locked + trx_rows_modified > 0,
                trx_state = 'LOCK WAIT'
            FROM information_schema.innodb_trx
            WHERE trx_mysql_thread_id NOT IN (0, CONNECTION_ID())""";

    /** Those of other connections, by the ids of these. */
    static Map<Long, OpenTransaction> all(Connection asking) throws SQLException {
        Map<Long, OpenTransaction> transactions = new HashMap<>();
        try (Statement select = asking.createStatement();
                ResultSet rows = select.executeQuery(ALL)) {
            while (rows.next()) {
                transactions.put(
                        rows.getLong(1), new OpenTransaction(rows.getLong(2), rows.getBoolean(3), rows.getBoolean(4)));
            }
        }
        return transactions;
    }
}
