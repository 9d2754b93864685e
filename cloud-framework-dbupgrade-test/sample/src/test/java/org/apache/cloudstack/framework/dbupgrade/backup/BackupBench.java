package org.apache.cloudstack.framework.dbupgrade.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fresh databases and a directory for backups. On the shared server where executables of its product are on this machine, else
 * on an embedded MariaDB, which brings its own.
 */
final class BackupBench implements AutoCloseable {

    static final List<String> SCHEMAS = List.of("cloud", "cloud_usage");
    static final BackupLabel LABEL = new BackupLabel("4.7.0", "0123456789abcdef", "");

    final Path folder;
    final TestDatabase database;
    final DumpTools tools;
    final DumpTarget target;

    BackupBench(Path folder) {
        DatabaseServer shared = TestServers.shared();
        DatabaseServer server = hasPrograms(shared) ? shared : TestServers.mariaDb11_4();
        this.folder = folder;
        this.tools = tools(server);
        this.database = TestDatabase.fresh(server);
        this.target = DumpTarget.of(server.jdbcUrl(), server.user(), server.password());
    }

    private static DumpTools tools(DatabaseServer server) {
        String base = JdbcClient.create(server.dataSource())
                .sql("SELECT @@basedir")
                .query(String.class)
                .single();
        return DumpTools.onPath().withFolder(Path.of(base, "bin"));
    }

    private static boolean hasPrograms(DatabaseServer server) {
        ServerProduct product = product(server);
        try {
            DumpTools tools = tools(server);
            return tools.dump(product).product() == product
                    && tools.client(product).product() == product;
        } catch (BackupException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerProduct product(DatabaseServer server) {
        return server.version().startsWith("MariaDB") ? ServerProduct.MARIADB : ServerProduct.MYSQL;
    }

    ServerProduct product() {
        return product(database.server());
    }

    Backups backups() {
        return backups(target, tools);
    }

    Backups backups(DumpTarget target, DumpTools tools) {
        return new Backups(database.dataSource(), target, tools, Clock.systemUTC());
    }

    Backup take() {
        return backups().take(SCHEMAS, LABEL, folder, BackupListener.NONE);
    }

    Restore restore() {
        return restore(target, CrossProductPolicy.REFUSE);
    }

    Restore restore(DumpTarget target, CrossProductPolicy otherProduct) {
        return new Restore(database.dataSource(), target, tools, otherProduct);
    }

    void restore(Backup backup) {
        restore().restore(backup.folder(), SCHEMAS, BackupListener.NONE);
    }

    /** Two small databases. */
    BackupBench withSmallDatabases() {
        database.run("""
                CREATE DATABASE cloud CHARACTER SET utf8mb4;
                CREATE DATABASE cloud_usage CHARACTER SET utf8mb4;
                CREATE TABLE cloud.vm (id INT PRIMARY KEY, name VARCHAR(40));
                CREATE TABLE cloud_usage.hours (id INT PRIMARY KEY, vm INT);
                INSERT INTO cloud.vm VALUES (1, 'one'), (2, 'two');
                INSERT INTO cloud_usage.hours VALUES (1, 1)""");
        return this;
    }

    List<String> picture() {
        return picture(SCHEMAS);
    }

    List<String> picture(List<String> schemas) {
        try (Connection connection = database.dataSource().getConnection()) {
            return DatabasePicture.of(connection, schemas);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something while another connection keeps every dump from its last table. */
    void whileLocked(Work work) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLES cloud_usage.hours WRITE");
            work.run();
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something that may wait. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** What work is refused with. */
    static Finding refusal(FindingCode code, ThrowingCallable work) {
        BackupException refusal = catchThrowableOfType(BackupException.class, work);
        assertThat(refusal).as("the refusal").isNotNull();
        assertThat(refusal.finding().code()).as(refusal.toString()).isEqualTo(code);
        return refusal.finding();
    }

    /** Files and directories in the directory of backups. */
    List<Path> left() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // foreign keys may go from one database to the other
        database.run(
                "SET SESSION foreign_key_checks = 0; DROP DATABASE IF EXISTS cloud; DROP DATABASE IF EXISTS cloud_usage");
        database.close();
    }
}
