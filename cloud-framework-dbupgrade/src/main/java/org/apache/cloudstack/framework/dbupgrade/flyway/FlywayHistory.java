package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.execute.OpenStatements;
import org.apache.cloudstack.framework.dbupgrade.migration.Repeatable;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;
import org.jspecify.annotations.Nullable;

/** Flyway's history table, read and kept right without {@code repair}. */
public final class FlywayHistory {

    /** The table's name. */
    public static final String TABLE = "flyway_schema_history";

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS %s (
              `installed_rank` INT NOT NULL,
              `version` VARCHAR(50),
              `description` VARCHAR(200) NOT NULL,
              `type` VARCHAR(20) NOT NULL,
              `script` VARCHAR(1000) NOT NULL,
              `checksum` INT,
              `installed_by` VARCHAR(100) NOT NULL,
              `installed_on` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
              `execution_time` INT NOT NULL,
              `success` BOOL NOT NULL,
              CONSTRAINT `flyway_schema_history_pk` PRIMARY KEY (`installed_rank`),
              INDEX `flyway_schema_history_s_idx` (`success`)
            ) ENGINE=InnoDB""";
    private static final String INSERT = """
            INSERT INTO %s (installed_rank, version, description, type, script, checksum, installed_by, execution_time,
                            success)
            VALUES %s""";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, LEFT(SUBSTRING_INDEX(USER(), '@', 1), 100), ?, ?)";
    private static final int MOST_ROWS = 100;
    private static final int DESCRIPTION_LIMIT = 200;

    private final String table;
    private final Map<Integer, String> inserts = new HashMap<>();

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

    /**
     * A row to be added, as Flyway would have written it.
     *
     * @param rank its place
     * @param milliseconds how long it took; 0 for what was not run
     * @param success whether it came to its end
     */
    public record NewRow(int rank, Routine routine, long milliseconds, boolean success) {

        private List<@Nullable Object> values() {
            ResolvedRoutine resolved = new ResolvedRoutine(routine);
            String description = resolved.getDescription();
            return Arrays.asList(
                    rank,
                    routine instanceof Repeatable ? null : routine.key(),
                    description.substring(0, Math.min(DESCRIPTION_LIMIT, description.length())),
                    resolved.getType().name(),
                    routine.script(),
                    resolved.getChecksum(),
                    Math.min(milliseconds, Integer.MAX_VALUE),
                    success);
        }
    }

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

    /** Makes the table as Flyway itself makes it, where it is missing; commits, as every definition does. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE.formatted(table));
        }
    }

    /** The rank of the next row. */
    public int nextRank(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT MAX(installed_rank) FROM " + table)) {
            found.next();
            return found.getInt(1) + 1;
        }
    }

    /** Adds rows, with one statement for all but very many; does not commit. */
    public void add(OpenStatements statements, List<NewRow> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += MOST_ROWS) {
            List<NewRow> some = rows.subList(from, Math.min(rows.size(), from + MOST_ROWS));
            PreparedStatement insert = statements.of(inserts.computeIfAbsent(some.size(), this::insertOf));
            int column = 0;
            for (NewRow row : some) {
                for (Object value : row.values()) {
                    insert.setObject(++column, value);
                }
            }
            insert.executeUpdate();
        }
    }

    private String insertOf(int rows) {
        return INSERT.formatted(table, String.join(", ", Collections.nCopies(rows, ROW)));
    }

    /** Forgets the failures of a routine, which is done now or has failed again; does not commit. */
    public void forgetFailures(Connection connection, Routine routine) throws SQLException {
        boolean repeatable = routine instanceof Repeatable;
        String condition = repeatable ? "version IS NULL AND script = ?" : "version = ?";
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE " + condition + " AND success = 0")) {
            delete.setString(1, repeatable ? routine.script() : routine.key());
            delete.executeUpdate();
        }
    }

    @Override
    public String toString() {
        return table;
    }
}
