package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgradeBuilder;
import org.apache.cloudstack.framework.dbupgrade.UpgradeReport;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The databases of one set of migrations on a real server, for one test. It belongs to anyone who made it: a test that gets it
 * from {@link UpgradeDatabase} does not close it.
 *
 * <pre>{@code
 * database.upgrade("4.6.0");
 * database.run("INSERT INTO cloud.vm (name) VALUES ('one')");
 * database.upgrade();
 * }</pre>
 */
public final class MigratedDatabase implements AutoCloseable {

    private final TestDatabase database;
    private final UpgradeSettings settings;
    private final UnaryOperator<DatabaseUpgradeBuilder> configuration;

    /** Empty databases, for upgrades with the library's own settings until others are stated. */
    public MigratedDatabase(TestDatabase database) {
        this(
                database,
                UpgradeSettings.defaults().withSchemas(database.names().toArray(String[]::new)),
                UnaryOperator.identity());
    }

    /**
     * Empty databases.
     *
     * @param settings names the schemas and the locations of the migrations
     * @param configuration what else an upgrade needs, such as checks or Java migrations that are beans
     */
    public MigratedDatabase(
            TestDatabase database, UpgradeSettings settings, UnaryOperator<DatabaseUpgradeBuilder> configuration) {
        this.database = database;
        this.settings = settings;
        this.configuration = configuration;
    }

    /** The upgrade to the newest release. */
    public DatabaseUpgrade toNewest() {
        return with(settings);
    }

    /** The same databases for the migrations in a directory, and in no other place. */
    public MigratedDatabase withMigrations(MigrationFolder folder) {
        return withSettings(present -> present.withLocations(folder.location()));
    }

    /**
     * The same databases, with other settings for their upgrades.
     *
     * @param change gives the new settings, with the same schemas, for {@link #settings()}
     * @throws IllegalArgumentException when it names other schemas, which nobody would drop
     */
    public MigratedDatabase withSettings(UnaryOperator<UpgradeSettings> change) {
        UpgradeSettings changed = change.apply(settings);
        if (!changed.schemas().equals(schemas())) {
            throw new IllegalArgumentException("The databases are " + String.join(", ", schemas())
                    + "; name others as schemas of @UpgradeDatabase, not " + String.join(", ", changed.schemas()));
        }
        return new MigratedDatabase(database, changed, configuration);
    }

    /**
     * The upgrade to a release.
     *
     * @throws org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException by its calls, when there is no such release
     */
    public DatabaseUpgrade to(String release) {
        return with(settings.withRelease(release));
    }

    private DatabaseUpgrade with(UpgradeSettings chosen) {
        return upgradeOn(database.dataSource(), chosen).build();
    }

    /**
     * An upgrade that is still to be built, on connections which the caller watches or breaks.
     *
     * @param connections lead to the same server
     * @param chosen as {@link #settings()}, but for what the caller wants otherwise
     */
    public DatabaseUpgradeBuilder upgradeOn(DataSource connections, UpgradeSettings chosen) {
        return configuration.apply(DatabaseUpgrade.of(connections).settings(chosen));
    }

    /** Upgrades to the newest release. */
    public UpgradeReport upgrade() {
        return toNewest().upgrade();
    }

    /** Upgrades to a release. */
    public UpgradeReport upgrade(String release) {
        return to(release).upgrade();
    }

    /** What upgrades work with. */
    public UpgradeSettings settings() {
        return settings;
    }

    /** The databases as a server has them. */
    public TestDatabase server() {
        return database;
    }

    /** Connections with no database selected, not pooled. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** Queries with no database selected: tables are written {@code cloud.vm}. */
    public JdbcClient jdbc() {
        return database.jdbc();
    }

    /**
     * Runs statements with semicolons between them.
     *
     * @throws org.springframework.dao.DataAccessException when one of them fails; those before it have run
     */
    public void run(String sql) {
        database.run(sql);
    }

    /** The names of its databases. */
    public List<String> schemas() {
        return settings.schemas();
    }

    /** What its schemas look like now, without the tables of the upgrade itself. */
    public SchemaSnapshot schema() {
        try (Connection connection = dataSource().getConnection()) {
            return SchemaSnapshot.read(connection, schemas());
        } catch (SQLException e) {
            throw new IllegalStateException("The schema could not be read", e);
        }
    }

    /** Drops the databases. */
    @Override
    public void close() {
        database.close();
    }
}
