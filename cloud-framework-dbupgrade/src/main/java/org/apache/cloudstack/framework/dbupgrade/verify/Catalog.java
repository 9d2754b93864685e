package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server reports about itself in {@code information_schema}. */
final class Catalog {

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    boolean isMariaDb() throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }

    /** Whether names of databases that differ in case are two. */
    boolean isCaseSensitive() throws SQLException {
        return rows("SELECT @@lower_case_table_names AS folding").get(0).is("folding", "0");
    }

    /** The rows of a query whose only parameters are the name of the schema, once or more. */
    List<Row> rows(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (found.next()) {
                    rows.add(row(found));
                }
                return rows;
            }
        }
    }

    private static Row row(ResultSet found) throws SQLException {
        Map<String, String> values = new HashMap<>();
        ResultSetMetaData columns = found.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            @Nullable String value = found.getString(i);
            if (value != null) {
                values.put(columns.getColumnLabel(i), value);
            }
        }
        return new Row(Map.copyOf(values));
    }
}
