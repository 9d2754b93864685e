package org.apache.cloudstack.framework.dbupgrade.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeConfiguration;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The sample's databases on one server. */
final class SampleDatabase implements AutoCloseable {

    static final List<String> SCHEMAS = List.of("cloud", "cloud_usage");
    static final List<String> RELEASES = List.of(
            "4.0.0", "4.1.0", "4.2.0", "4.2.1", "4.3.0", "4.4.0", "4.5.0", "4.5.1", "4.5.2", "4.5.3", "4.6.0", "4.6.1",
            "4.7.0");
    static final String NEWEST = "4.7.0";

    /** The script that fills databases at 4.0.0 with a platform in use. */
    static final String PLATFORM = "org/apache/cloudstack/framework/dbupgrade/sample/data/platform-at-4.0.0.sql";

    /** The end of the numbers that the rows of the platform are made from. */
    private static final String LAST_NUMBER = "VALUES (30000);";

    /** What the journal, the history and the clock make different is no difference of contents. */
    private static final List<String> OWN = List.of(
            "cloud.version",
            "cloud.flyway_schema_history",
            "cloud.dbupgrade_journal",
            "cloud.dbupgrade_contracted",
            "cloud.dbupgrade_server",
            "cloud.dbupgrade_lease",
            "cloud.dbupgrade_release");

    private final TestDatabase database;

    SampleDatabase(DatabaseServer server) {
        this(TestDatabase.fresh(server));
    }

    /** Databases that are there. */
    SampleDatabase(TestDatabase database) {
        this.database = database;
    }

    DatabaseUpgrade of(String release) {
        return DatabaseUpgrade.of(database.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withLocations(SampleManagementServer.MIGRATIONS)
                        .withRelease(release))
                .checks(List.of(new SystemVmTemplateCheck()))
                .build();
    }

    UpgradeReport upgrade(String release) {
        return of(release).upgrade();
    }

    SampleDatabase at(String release) {
        upgrade(release);
        return this;
    }

    /** Fills the databases, which are at 4.0.0, with a platform in use. */
    SampleDatabase filled() {
        return filledFrom(new ClassPathResource(PLATFORM));
    }

    /** Fills them with the same platform before it had most of its virtual machines, events and jobs. */
    SampleDatabase filledSparsely() {
        try {
            String script = new ClassPathResource(PLATFORM).getContentAsString(StandardCharsets.UTF_8);
            String sparse = script.replace(
                    LAST_NUMBER, LAST_NUMBER + "\nDELETE FROM `seed_number` WHERE `n` BETWEEN 501 AND 18999;\n");
            return filledFrom(new ByteArrayResource(sparse.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SampleDatabase filledFrom(Resource script) {
        new ResourceDatabasePopulator(script)
                .execute(new DriverManagerDataSource(
                        database.server().jdbcUrl("cloud"),
                        database.server().user(),
                        database.server().password()));
        return this;
    }

    /** The same databases as those of any migrations. */
    MigratedDatabase migrated() {
        return new MigratedDatabase(
                database,
                UpgradeSettings.defaults().withLocations(SampleManagementServer.MIGRATIONS),
                builder -> builder.checks(List.of(new SystemVmTemplateCheck())));
    }

    TestDatabase database() {
        return database;
    }

    SchemaSnapshot schema() {
        try (Connection connection = database.dataSource().getConnection()) {
            return SchemaSnapshot.read(connection, SCHEMAS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Number of rows and a checksum over all of them, for each table. */
    Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        for (String table : tables()) {
            List<String> columns = database.jdbc()
                    .sql("SELECT CONCAT('COALESCE(HEX(`', column_name, '`), ''-'')') FROM information_schema.columns"
                            + " WHERE CONCAT(table_schema, '.', table_name) = ? ORDER BY column_name")
                    .param(table)
                    .query(String.class)
                    .list();
            String row = "CRC32(CONCAT_WS('|', " + String.join(", ", columns) + "))";
            contents.put(
                    table,
                    database.jdbc()
                            .sql("SELECT CONCAT(COUNT(*), ' rows, ', COALESCE(SUM(" + row + "), 0)) FROM " + "`"
                                    + table.replace(".", "`.`") + "`")
                            .query(String.class)
                            .single());
        }
        return contents;
    }

    private List<String> tables() {
        List<String> tables = new java.util.ArrayList<>(database.jdbc()
                .sql("SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables"
                        + " WHERE table_schema IN ('cloud', 'cloud_usage') AND table_type = 'BASE TABLE' ORDER BY 1")
                .query(String.class)
                .list());
        tables.removeAll(OWN);
        return tables;
    }

    String text(String query) {
        return database.jdbc().sql(query).query(String.class).single();
    }

    long number(String query) {
        return database.jdbc().sql(query).query(Long.class).single();
    }

    @Override
    public void close() {
        database.close();
    }

    /** Schema, contents, and what the records say; not when. */
    List<Object> ending() {
        return List.of(
                schema(),
                contents(),
                database.rows("SELECT routine, script, change_id, state, statements_done, statements_total"
                        + " FROM cloud.dbupgrade_journal ORDER BY routine"),
                database.rows("SELECT version, script, checksum, success FROM cloud.flyway_schema_history"
                        + " ORDER BY version, script"),
                database.rows("SELECT version, step FROM cloud.version ORDER BY version"));
    }

    /** What upgrades of the sample need besides settings. */
    static final class Checks implements UpgradeConfiguration {
        @Override
        public DatabaseUpgradeBuilder apply(DatabaseUpgradeBuilder upgrade) {
            return upgrade.checks(List.of(new SystemVmTemplateCheck()));
        }
    }
}
