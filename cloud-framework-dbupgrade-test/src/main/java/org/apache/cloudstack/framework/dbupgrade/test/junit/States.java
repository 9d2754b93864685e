package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.Migrations;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.test.database.ServerLease;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.SavedState;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The states of releases that tests have had, on each server. Only the test that has a server uses those on it. */
final class States {

    private static final Logger LOG = LoggerFactory.getLogger(States.class);

    private final Map<Key, SavedState> kept = new ConcurrentHashMap<>();

    /**
     * Names a state.
     *
     * @param server its URL
     * @param changes the ids of all changes in the locations
     */
    private record Key(String server, PauseFlag request, String changes) {}

    /**
     * Makes the databases on a server what a test asks for.
     *
     * @throws ExtensionConfigurationException when there is no such release
     */
    MigratedDatabase prepare(ServerLease lease, PauseFlag request) {
        UpgradeSettings settings = request.settings();
        String[] names = settings.schemas().toArray(String[]::new);
        String changes = changes(request, settings);
        if (request.isEmpty()) {
            return new MigratedDatabase(TestDatabase.fresh(lease.server(), names), settings, request.upgrades());
        }
        Key key = new Key(lease.server().jdbcUrl(), request, changes);
        TestDatabase database = TestDatabase.present(lease.server(), names);
        if (!restored(key)) {
            TestDatabase.fresh(lease.server(), names);
            make(new MigratedDatabase(database, settings, request.upgrades()), request);
            keep(key, database, settings.schemas(), lease.isGiven());
        }
        return new MigratedDatabase(database, settings, request.upgrades());
    }

    private boolean restored(Key key) {
        SavedState state = kept.get(key);
        if (state == null) {
            return false;
        }
        try {
            state.restore();
            return true;
        } catch (IllegalStateException e) {
            // a test may have dropped what the server kept
            LOG.warn("{} is made by an upgrade again: {}", key.request(), e.getMessage());
            kept.remove(key);
            return false;
        }
    }

    private void keep(Key key, TestDatabase database, List<String> schemas, boolean isGiven) {
        try {
            SavedState state = SavedState.of(database, schemas);
            kept.put(key, state);
            if (isGiven) {
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(
                                () -> {
                                    state.close();
                                    database.close();
                                },
                                "drop a kept state"));
            }
        } catch (IllegalStateException e) {
            LOG.warn("{} will be made by an upgrade each time: {}", key.request(), e.getMessage());
        }
    }

    private static void make(MigratedDatabase database, PauseFlag request) {
        if (!request.at().isEmpty()) {
            upgrade(database, request.at());
        }
        for (String script : request.scripts()) {
            DatabaseAt first =
                    new DatabaseAt(database.server(), database.schemas().get(0));
            first.run(new ClassPathResource(script, request.loader()));
        }
    }

    private static void upgrade(MigratedDatabase database, String at) {
        List<String> releases = database.toNewest().status().releases().stream()
                .map(ReleaseVersion::toString)
                .toList();
        if (at.equals(PauseFlag.NEWEST)) {
            database.upgrade();
        } else if (releases.contains(at)) {
            database.upgrade(at);
        } else {
            throw new ExtensionConfigurationException(
                    "@UpgradeDatabase asks for release '" + at + "', and the migrations in "
                            + String.join(", ", database.settings().locations()) + " know "
                            + String.join(", ", releases) + ". Name one of them, or " + PauseFlag.NEWEST + ".");
        }
    }

    /** What decides, with the release, what an upgrade makes. */
    private static String changes(PauseFlag request, UpgradeSettings settings) {
        if (request.at().isEmpty() && request.locations().isEmpty()) {
            // anyone who names neither a release nor a place may have migrations that are still to be written
            return "";
        }
        Migrations migrations = MigrationScanner.scan(
                        settings.locations(), request.loader(), MigrationInstances.byDefaultConstructor(), Map.of())
                .migrations();
        if (migrations.versioned().isEmpty() && request.configuration() == UpgradeConfiguration.None.class) {
            throw new ExtensionConfigurationException(
                    "No migrations were found in "
                            + String.join(", ", settings.locations())
                            + ". Name the directory that they are in as locations of @UpgradeDatabase, such as classpath:db/upgrade.");
        }
        return Stream.concat(migrations.versioned().stream(), migrations.repeatables().stream())
                .map(Migration.class::cast)
                .map(migration -> migration.key() + " " + migration.changeId())
                .collect(Collectors.joining("\n", migrations.declarations() + "\n", ""));
    }

    /** One of the databases, in which scripts are run. */
    private record DatabaseAt(TestDatabase database, String name) {

        void run(ClassPathResource script) {
            ResourceDatabasePopulator populator = new ResourceDatabasePopulator(script);
            populator.setSqlScriptEncoding(StandardCharsets.UTF_8.name());
            populator.execute(new DriverManagerDataSource(
                    database.server().jdbcUrl(name),
                    database.server().user(),
                    database.server().password()));
        }
    }
}
