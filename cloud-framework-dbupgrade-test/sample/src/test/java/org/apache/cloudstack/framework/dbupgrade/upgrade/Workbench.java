package org.apache.cloudstack.framework.dbupgrade.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeFailedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
import org.flywaydb.core.api.callback.Callback;

/** Databases, a directory of migrations, and upgrades of the ones by the other. */
final class Workbench implements AutoCloseable {

    private final MigrationFolder folder;
    private final MigratedDatabase database;
    private UnaryOperator<UpgradeSettings> settings = UnaryOperator.identity();

    /** The databases are closed by anyone who gave them. */
    Workbench(Path folder, MigratedDatabase database) {
        this.folder = new MigrationFolder(folder);
        this.database = database.withMigrations(this.folder);
    }

    /** Empty databases on a server that a test names itself; it closes them. */
    Workbench(Path folder, DatabaseServer server) {
        this(folder, new MigratedDatabase(TestDatabase.fresh(server)));
    }

    Workbench with(String file, String content) {
        folder.with(file, content);
        return this;
    }

    Workbench with(String file, byte[] content) {
        folder.with(file, content);
        return this;
    }

    Workbench without(String file) {
        folder.without(file);
        return this;
    }

    Workbench settings(UnaryOperator<UpgradeSettings> settings) {
        this.settings = settings;
        return this;
    }

    TestDatabase database() {
        return database.server();
    }

    UpgradeSettings settings() {
        UpgradeSettings given = database.settings();
        return settings.apply(given.withWaits(given.waits().withLocks(Duration.ofSeconds(1), Duration.ofSeconds(2))));
    }

    DatabaseUpgrade upgrade(DataSource dataSource) {
        return database.upgradeOn(dataSource, settings()).build();
    }

    DatabaseUpgrade upgradeWith(Callback callback) {
        return database.upgradeOn(database.dataSource(), settings())
                .callbacks(List.of(callback))
                .build();
    }

    DatabaseUpgrade upgrade() {
        return upgrade(database.dataSource());
    }

    /** Upgrades, and gives the files that were run. */
    List<String> scriptsRun() {
        return upgrade().upgrade().runs().stream()
                .map(UpgradeReport.Run::script)
                .toList();
    }

    /** Upgrades, which must be refused. */
    List<Finding> refused() {
        return refused(database.dataSource());
    }

    List<Finding> refused(DataSource dataSource) {
        UpgradeRefusedException refusal = catchThrowableOfType(
                UpgradeRefusedException.class, () -> upgrade(dataSource).upgrade());
        assertThat(refusal).as("the upgrade is refused").isNotNull();
        return refusal.findings();
    }

    /** Upgrades, which must be refused for one reason. */
    Finding refusedFor(FindingCode code) {
        List<Finding> findings = refused();
        assertThat(findings).extracting(Finding::code).containsExactly(code);
        return findings.get(0);
    }

    /** Upgrades, which must stop in the middle. */
    UpgradeFailedException failed() {
        UpgradeFailedException failure = catchThrowableOfType(
                UpgradeFailedException.class, () -> upgrade().upgrade());
        assertThat(failure).as("the upgrade fails").isNotNull();
        return failure;
    }

    List<String> databases() {
        return database.jdbc()
                .sql("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'cloud%' ORDER BY 1")
                .query(String.class)
                .list();
    }

    List<String> tables() {
        return database.jdbc()
                .sql("SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables"
                        + " WHERE table_schema LIKE 'cloud%' ORDER BY 1")
                .query(String.class)
                .list();
    }

    <T> T value(Class<T> type, String sql) {
        return database.jdbc().sql(sql).query(type).single();
    }

    @Override
    public void close() {
        database.close();
    }
}
