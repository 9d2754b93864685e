package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.HeldLock.Scope;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Asks for the locks that connections hold, the asking one among them.
 *
 * @param asking the connection that asks
 */
record HeldLocks(Connection asking) {

    private static final String OF_PERFORMANCE_SCHEMA = """
            SELECT t.processlist_id, m.object_type, m.object_schema, m.object_name, m.lock_type
            FROM performance_schema.metadata_locks m
            JOIN performance_schema.threads t ON t.thread_id = m.owner_thread_id
            WHERE m.lock_status = 'GRANTED' AND t.processlist_id IS NOT NULL""";
    private static final String OF_MARIADB_PLUGIN = """
            SELECT thread_id, lock_type, table_schema, table_name, lock_mode
            FROM information_schema.metadata_lock_info""";
    private static final String ROWS_OF_MYSQL = """
            SELECT b.processlist_id, 'ROWS', l.object_schema, l.object_name, l.lock_mode
            FROM performance_schema.data_lock_waits w
            JOIN performance_schema.threads r ON r.thread_id = w.requesting_thread_id
            JOIN performance_schema.threads b ON b.thread_id = w.blocking_thread_id
            JOIN performance_schema.data_locks l ON l.engine_lock_id = w.blocking_engine_lock_id
            WHERE r.processlist_id = ?""";
    private static final String ROWS_OF_MARIADB = """
            SELECT b.trx_mysql_thread_id, 'ROWS',
                REPLACE(SUBSTRING_INDEX(l.lock_table, '`.`', 1), '`', ''),
                REPLACE(SUBSTRING_INDEX(l.lock_table, '`.`', -1), '`', ''), l.lock_mode
            FROM information_schema.innodb_lock_waits w
            JOIN information_schema.innodb_trx r ON r.trx_id = w.requesting_trx_id
            JOIN information_schema.innodb_trx b ON b.trx_id = w.blocking_trx_id
            JOIN information_schema.innodb_locks l ON l.lock_id = w.blocking_lock_id
            WHERE r.trx_mysql_thread_id = ?""";

    /**
     * Locks on objects, databases and the server, as the performance schema lists them. Where that is switched off there are
     * none, not even those that the question itself takes.
     */
    List<HeldLock> ofPerformanceSchema() throws SQLException {
        return metadataLocks(OF_PERFORMANCE_SCHEMA);
    }

    /** The same, as MariaDB lists them where its plug-in {@code metadata_lock_info} is loaded. */
    List<HeldLock> ofMariaDbPlugin() throws SQLException {
        return metadataLocks(OF_MARIADB_PLUGIN);
    }

    /** The locks on rows that a connection waits for at this moment. */
    List<HeldLock> onRowsNeededBy(ServerProduct product, long waiting) throws SQLException {
        String query = product == ServerProduct.MYSQL ? ROWS_OF_MYSQL : ROWS_OF_MARIADB;
        try (PreparedStatement select = asking.prepareStatement(query)) {
            select.setLong(1, waiting);
            return locks(select.executeQuery());
        }
    }

    private List<HeldLock> metadataLocks(String query) throws SQLException {
        try (Statement select = asking.createStatement()) {
            return locks(select.executeQuery(query));
        }
    }

    private static List<HeldLock> locks(ResultSet rows) throws SQLException {
        List<HeldLock> locks = new ArrayList<>();
        while (rows.next()) {
            locks.add(new HeldLock(
                    rows.getLong(1),
                    scope(rows.getString(2)),
                    new ObjectName(String.valueOf(rows.getString(3)), String.valueOf(rows.getString(4))),
                    rows.getString(5).replaceFirst("^MDL_", "")));
        }
        return locks;
    }

    /** MySQL says {@code TABLE} or {@code BACKUP LOCK}, MariaDB {@code Table metadata lock} or {@code Backup lock}. */
    private static Scope scope(String type) {
        String words = type.toUpperCase(Locale.ROOT).replaceFirst(" METADATA LOCK$", "");
        return switch (words.replaceFirst("^STORED ", "")) {
            case "TABLE", "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT" -> Scope.OBJECT;
            case "SCHEMA" -> Scope.SCHEMA;
            case "GLOBAL", "COMMIT", "GLOBAL READ LOCK", "COMMIT LOCK" -> Scope.SERVER;
            case "BACKUP LOCK", "BACKUP" -> Scope.BACKUP;
            case "ROWS" -> Scope.ROWS;
            default -> Scope.OTHER;
        };
    }
}
