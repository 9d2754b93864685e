package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.RestoreInProgress;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * The databases before a restore fills them. Until it is done, the first one has a table that says so: a half-restored
 * history would otherwise look like a whole one. So that one is emptied and never dropped, which would take the table along,
 * and the table is there before anything goes.
 */
final class DatabaseRecreation {

    private static final int SECONDS_FOR_LOCKS = 60;

    /** The kind of each object, as DROP names it, and its name; everything that holds rows is dropped as a table. */
    private static final String OBJECTS = """
            SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = ?
            UNION ALL SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = ?
            UNION ALL SELECT IF(table_type LIKE '%VIEW', 'VIEW', 'TABLE'), table_name FROM information_schema.tables
              WHERE table_schema = ? AND table_name <> ?""";

    private static final String LIBRARIES =
            " UNION ALL SELECT 'LIBRARY', library_name FROM information_schema.libraries WHERE library_schema = ?";

    private final DataSource dataSource;
    private final DumpTarget target;
    private final List<BackupManifest.Database> databases;

    DatabaseRecreation(DataSource dataSource, DumpTarget target, List<BackupManifest.Database> databases) {
        this.dataSource = dataSource;
        this.target = target;
        this.databases = List.copyOf(databases);
    }

    /** Drops everything before it creates anything, so that nothing old stands beside what is new. */
    void create() throws ToolFailedException {
        execute(statement -> {
            statement.execute("SET SESSION foreign_key_checks = 0, lock_wait_timeout = " + SECONDS_FOR_LOCKS);
            boolean isNew = isMissing(statement);
            if (isNew) {
                statement.execute(first().creation());
            }
            statement.execute("CREATE TABLE IF NOT EXISTS " + markTable()
                    + " (id TINYINT NOT NULL PRIMARY KEY, started TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
            for (String drop : drops(statement.getConnection())) {
                statement.execute(drop);
            }
            for (BackupManifest.Database other : databases.subList(1, databases.size())) {
                statement.execute("DROP DATABASE IF EXISTS " + Identifier.quote(other.name()));
            }
            if (!isNew) {
                statement.execute(first().creation().replaceFirst("^CREATE", "ALTER"));
            }
            statement.execute("SET SESSION foreign_key_checks = DEFAULT, lock_wait_timeout = DEFAULT");
        });
    }

    /** Takes the mark away. */
    void complete() throws ToolFailedException {
        execute(statement -> statement.execute("DROP TABLE " + markTable()));
    }

    private boolean isMissing(Statement statement) throws SQLException {
        return !new Schemas(List.of(first().name()))
                .missing(statement.getConnection())
                .isEmpty();
    }

    /** Of whatever is in the first database but the mark. */
    private List<String> drops(Connection connection) throws SQLException {
        boolean hasLibraries = !new Schemas(List.of())
                .columns(connection, new TableName("information_schema", "LIBRARIES"))
                .isEmpty();
        List<String> drops = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OBJECTS + (hasLibraries ? LIBRARIES : ""))) {
            for (int i : hasLibraries ? new int[] {1, 2, 3, 5} : new int[] {1, 2, 3}) {
                select.setString(i, first().name());
            }
            select.setString(4, RestoreInProgress.TABLE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    // a package takes its body along
                    drops.add("DROP " + row.getString(1) + " IF EXISTS "
                            + Identifier.quote(first().name(), row.getString(2)));
                }
            }
        }
        return drops;
    }

    private BackupManifest.Database first() {
        return databases.get(0);
    }

    private String markTable() {
        return Identifier.quote(first().name(), RestoreInProgress.TABLE);
    }

    private void execute(Work work) throws ToolFailedException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            work.on(statement);
        } catch (SQLException e) {
            List<String> names =
                    databases.stream().map(BackupManifest.Database::name).toList();
            throw new ToolFailedException(
                    new ServerErrors(target.address(), names).explain(e).evidence());
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(Statement statement) throws SQLException;
    }
}
