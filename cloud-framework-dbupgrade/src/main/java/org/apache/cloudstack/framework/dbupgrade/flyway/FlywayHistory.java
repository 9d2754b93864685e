package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;

/** Flyway's history table, read and kept right without {@code repair}. */
public final class FlywayHistory {

    /** The table's name. */
    public static final String TABLE = "flyway_schema_history";

    private final String table;

    /** The history in the given schema. */
    public FlywayHistory(String schema) {
        this.table = Identifier.quote(schema, TABLE);
    }

    /**
     * One row.
     *
     * @param key the version, or the name of the repeatable
     * @param script the file or class
     * @param installedOn when it was run, in the server's words
     * @param milliseconds how long it took
     * @param success whether it came to its end
     */
    public record Row(String key, String script, String installedOn, int milliseconds, boolean success) {}

    /** All rows in the order they were written. */
    public List<Row> rows(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT version, script, CAST(installed_on AS CHAR),"
                        + " execution_time, success FROM " + table + " ORDER BY installed_rank")) {
            while (found.next()) {
                String script = found.getString(2);
                String key = Optional.ofNullable(found.getString(1)).orElse(script.replaceFirst("\\.sql$", ""));
                rows.add(new Row(key, script, found.getString(3), found.getInt(4), found.getBoolean(5)));
            }
        }
        return rows;
    }

    /**
     * Forgets what would keep Flyway from running a routine: a failure of it, and for a repeatable that failed with newer
     * content, a success with the content it has again.
     */
    public void forget(Connection connection, Routine routine) throws SQLException {
        boolean repeatable = routine instanceof Repeatable;
        String condition = repeatable ? "version IS NULL AND script = ?" : "version = ?";
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + table + " WHERE " + condition + " AND (success = 0 OR checksum = ?)")) {
            delete.setString(1, repeatable ? routine.script() : routine.key());
            delete.setInt(2, routine.changeId().checksum());
            delete.executeUpdate();
        }
    }

    @Override
    public String toString() {
        return table;
    }
}
