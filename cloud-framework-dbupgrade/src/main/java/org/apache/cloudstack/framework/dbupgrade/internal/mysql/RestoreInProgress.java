package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A table that the first database has while a restore is not done: a half-restored history would otherwise look like a whole
 * one.
 */
public final class RestoreInProgress {

    /** The name of the table. */
    public static final String TABLE = "dbupgrade_restore";

    /** Finds the table of the schema that is the parameter; to be part of other queries too. */
    public static final String QUERY =
            "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = '" + TABLE + "'";

    private RestoreInProgress() {}

    /** Whether a restore of the databases was started and is not done. */
    public static boolean isThere(Connection connection, String schema) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(QUERY)) {
            select.setString(1, schema);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }
}
