package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/**
 * Triggers and events that MySQL's program writes such that MySQL cannot read them: it puts their text into a comment for
 * certain versions, where a semicolon at the end of the text is an error. MySQL keeps one when they are created by one of
 * several statements that are sent at once.
 */
final class UnrestorableObjects {

    private static final String QUERY = """
            SELECT CONCAT('trigger ', trigger_schema, '.', trigger_name)
            FROM information_schema.triggers WHERE trigger_schema = ? AND TRIM(action_statement) LIKE '%;'
            UNION ALL
            SELECT CONCAT('event ', event_schema, '.', event_name)
            FROM information_schema.events WHERE event_schema = ? AND TRIM(event_definition) LIKE '%;'
            """;

    private UnrestorableObjects() {}

    /** Those that would be lost, such as {@code trigger cloud.vm_bu}. */
    static List<String> in(Connection connection, ServerProduct product, List<String> schemas) throws SQLException {
        List<String> lost = new ArrayList<>();
        if (product == ServerProduct.MARIADB) {
            return lost;
        }
        try (PreparedStatement select = connection.prepareStatement(QUERY)) {
            for (String schema : schemas) {
                select.setString(1, schema);
                select.setString(2, schema);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        lost.add(row.getString(1));
                    }
                }
            }
        }
        return lost;
    }
}
