package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.RestoreInProgress;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * The databases before a restore fills them. Until it is done, the first one has a table that says so: a half-restored
 * history would otherwise look like a whole one.
 */
final class DatabaseRecreation {

    private static final int SECONDS_FOR_LOCKS = 60;

    private final DataSource dataSource;
    private final DumpTarget target;
    private final List<BackupManifest.Database> databases;
    private volatile boolean isMarked;

    DatabaseRecreation(DataSource dataSource, DumpTarget target, List<BackupManifest.Database> databases) {
        this.dataSource = dataSource;
        this.target = target;
        this.databases = List.copyOf(databases);
    }

    /**
     * Drops all of them before it creates one, so that nothing old stands beside what is new.
     *
     * @param cleanup sees to the sign when the program is told to exit meanwhile
     */
    void create(Cleanup cleanup) throws IOException, ToolFailedException {
        cleanup.add(this::mark);
        execute(statement -> {
            statement.execute("SET SESSION foreign_key_checks = 0, lock_wait_timeout = " + SECONDS_FOR_LOCKS);
            if (isThere(statement)) {
                // before the first database goes, whatever may take long is gone
                createMark(statement);
                dropTables(statement);
            }
            for (BackupManifest.Database database : lastFirst()) {
                statement.execute("DROP DATABASE IF EXISTS " + Identifier.quote(database.name()));
            }
            statement.execute(first().creation());
            createMark(statement);
            isMarked = true;
            statement.execute("SET SESSION foreign_key_checks = DEFAULT, lock_wait_timeout = DEFAULT");
        });
    }

    /** Of a program that ends between the drop and the sign, a fresh install would be all that anybody saw. */
    private void mark() throws IOException {
        if (isMarked) {
            return;
        }
        try {
            execute(statement -> {
                if (!isThere(statement)) {
                    statement.execute(first().creation());
                }
                createMark(statement);
            });
        } catch (ToolFailedException e) {
            throw new IOException(e);
        }
    }

    /** Takes the sign away. */
    void complete() throws ToolFailedException {
        execute(statement -> statement.execute("DROP TABLE " + markTable()));
    }

    private boolean isThere(Statement statement) throws SQLException {
        return new Schemas(List.of(first().name()))
                .missing(statement.getConnection())
                .isEmpty();
    }

    private void createMark(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS " + markTable() + " (begun TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
    }

    /** Those of the first database, but for the sign. */
    private void dropTables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(
                "SHOW FULL TABLES FROM " + Identifier.quote(first().name()) + " WHERE table_type = 'BASE TABLE'")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        tables.remove(RestoreInProgress.TABLE);
        for (String table : tables) {
            statement.execute("DROP TABLE " + Identifier.quote(first().name(), table));
        }
    }

    private BackupManifest.Database first() {
        return databases.get(0);
    }

    private List<BackupManifest.Database> lastFirst() {
        List<BackupManifest.Database> reversed = new ArrayList<>(databases);
        Collections.reverse(reversed);
        return reversed;
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
