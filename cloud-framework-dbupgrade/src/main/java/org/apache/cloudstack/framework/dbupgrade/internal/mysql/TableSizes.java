package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;

/** How large tables are, as the server estimates it. */
public final class TableSizes {

    private static final String SELECT = "SELECT table_schema, table_name, COALESCE(table_rows, 0),"
            + " COALESCE(data_length, 0) + COALESCE(index_length, 0) FROM information_schema.tables"
            + " WHERE table_schema = ? AND table_type = 'BASE TABLE'";

    private TableSizes() {}

    /**
     * A size.
     *
     * @param rows how many rows
     * @param bytes what rows and indexes take
     */
    public record Size(long rows, long bytes) {}

    /** The sizes of all tables of these databases. */
    public static Map<TableName, Size> read(Connection connection, List<String> schemas) throws SQLException {
        Map<TableName, Size> sizes = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            for (String schema : schemas) {
                select.setString(1, schema);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        sizes.put(
                                new TableName(rows.getString(1), rows.getString(2)),
                                new Size(rows.getLong(3), rows.getLong(4)));
                    }
                }
            }
        }
        return sizes;
    }
}
