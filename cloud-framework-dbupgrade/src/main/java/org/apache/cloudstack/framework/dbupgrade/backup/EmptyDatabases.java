package org.apache.cloudstack.framework.dbupgrade.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.mysql.RestoreMark;
import org.apache.cloudstack.framework.dbupgrade.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.sql.Identifier;

/**
 * The databases before a restore fills them. Until it is done, the first one has a table that says so: a half-restored
 * history would otherwise look like a whole one.
 */
final class EmptyDatabases {

    private static final int SECONDS_FOR_LOCKS = 60;

    private final DataSource dataSource;
    private final DumpTarget target;
    private final List<BackupManifest.Database> databases;

    EmptyDatabases(DataSource dataSource, DumpTarget target, List<BackupManifest.Database> databases) {
        this.dataSource = dataSource;
        this.target = target;
        this.databases = List.copyOf(databases);
    }

    /** Drops all of them before it creates one, so that nothing old stands beside what is new. */
    void create() throws ToolFailedException {
        execute(statement -> {
            statement.execute("SET SESSION foreign_key_checks = 0, lock_wait_timeout = " + SECONDS_FOR_LOCKS);
            for (BackupManifest.Database database : databases) {
                statement.execute("DROP DATABASE IF EXISTS " + Identifier.quote(database.name()));
            }
            statement.execute(databases.get(0).creation());
            statement.execute("CREATE TABLE " + mark() + " (begun TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
            statement.execute("SET SESSION foreign_key_checks = DEFAULT, lock_wait_timeout = DEFAULT");
        });
    }

    /** Takes the sign away. */
    void complete() throws ToolFailedException {
        execute(statement -> statement.execute("DROP TABLE " + mark()));
    }

    private String mark() {
        return Identifier.quote(databases.get(0).name(), RestoreMark.TABLE);
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
