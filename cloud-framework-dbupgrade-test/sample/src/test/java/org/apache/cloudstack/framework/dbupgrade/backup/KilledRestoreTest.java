package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.RestoreInProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A restore that is killed after any of its statements has changed nothing, is marked as unfinished, or is complete. */
class KilledRestoreTest {

    private static final int MOST_STATEMENTS = 50;
    private static final List<String> ONE = List.of("cloud");

    private final BackupBench bench;

    KilledRestoreTest(@TempDir Path folder) {
        this.bench = new BackupBench(folder);
    }

    @AfterEach
    void dropDatabases() {
        bench.close();
    }

    @Test
    void noMomentLooksLikeAFreshInstallation() throws SQLException {
        bench.withSmallDatabases();
        bench.database.run("CREATE VIEW cloud.names AS SELECT name FROM cloud.vm");
        bench.database.run("CREATE PROCEDURE cloud.fill() SELECT 1");
        bench.database.run("CREATE EVENT cloud.nightly ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1");
        assertMarkedAfterEveryStatement(BackupBench.SCHEMAS);
    }

    @Test
    void aSingleDatabaseIsMarkedToo() throws SQLException {
        bench.withSmallDatabases();
        assertMarkedAfterEveryStatement(ONE);
    }

    @Test
    void aDroppedDatabaseIsMarkedBeforeItHasTables() throws SQLException {
        bench.withSmallDatabases();
        Backup backup = take(ONE);
        int statements = 1;
        do {
            bench.database.run("DROP DATABASE IF EXISTS cloud");
            if (isKilledAfter(statements, backup) && hasTables()) {
                assertThat(isMarked()).as("after statement " + statements).isTrue();
                return;
            }
            statements++;
        } while (statements < MOST_STATEMENTS);
        fail("The restore made no table");
    }

    private void assertMarkedAfterEveryStatement(List<String> schemas) throws SQLException {
        Backup backup = take(schemas);
        List<String> whole = bench.picture(schemas);
        int statements = 1;
        while (isKilledAfter(statements, backup)) {
            if (!isMarked()) {
                assertThat(bench.picture(schemas))
                        .as("after statement " + statements)
                        .isEqualTo(whole);
            }
            bench.restore().restore(backup.folder(), schemas, BackupListener.NONE);
            statements++;
        }
        assertThat(statements).isGreaterThan(3);
        assertThat(isMarked()).isFalse();
        assertThat(bench.picture(schemas)).isEqualTo(whole);
    }

    private Backup take(List<String> schemas) {
        return bench.backups().take(schemas, BackupBench.LABEL, bench.folder, BackupListener.NONE);
    }

    /** False when it was complete before. */
    private boolean isKilledAfter(int statements, Backup backup) {
        DyingDataSource dying = new DyingDataSource(bench.database.dataSource(), statements);
        try {
            new Restore(dying, bench.target, bench.tools, CrossProductPolicy.REFUSE)
                    .restore(backup.folder(), backup.manifest().names(), BackupListener.NONE);
        } catch (BackupException e) {
            assertThat(dying.left).as(e.toString()).isNegative();
        }
        return dying.left < 0;
    }

    private boolean hasTables() {
        return !bench.database
                .rows("SELECT 1 FROM information_schema.tables WHERE table_schema = 'cloud'")
                .isEmpty();
    }

    private boolean isMarked() throws SQLException {
        try (Connection connection = bench.database.dataSource().getConnection()) {
            return RestoreInProgress.isThere(connection, "cloud");
        }
    }

    /** Runs so many changes, and nothing after them, as if the process were gone. */
    private static final class DyingDataSource extends DelegatingDataSource {

        private int left;

        DyingDataSource(DataSource alive, int left) {
            super(alive);
            this.left = left;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection alive = super.getConnection();
            return proxy(Connection.class, alive);
        }

        private <T> T proxy(Class<T> type, T alive) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getName().equals("execute") && --left < 0) {
                            throw new SQLException("killed", "08S01");
                        }
                        try {
                            Object result = method.invoke(alive, arguments);
                            return method.getName().equals("createStatement")
                                    ? proxy(Statement.class, (Statement) result)
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }));
        }
    }
}
