package org.apache.cloudstack.framework.dbupgrade.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.state.Ending;
import org.apache.cloudstack.framework.dbupgrade.test.state.SavedState;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The platform that uses the sample's databases. */
final class SamplePlatform {

    static final String OLDEST = "4.0.0";
    static final String NEWEST = "4.7.0";
    static final List<String> RELEASES = List.of(
            OLDEST, "4.1.0", "4.2.0", "4.2.1", "4.3.0", "4.4.0", "4.5.0", "4.5.1", "4.5.2", "4.5.3", "4.6.0", "4.6.1",
            NEWEST);

    /** The script that fills databases at the oldest release with a platform in use. */
    static final String SCRIPT = "org/apache/cloudstack/framework/dbupgrade/sample/data/platform-at-4.0.0.sql";

    /** The end of the numbers that the rows of the platform are made from. */
    private static final String LAST_NUMBER = "VALUES (30000);";

    private SamplePlatform() {}

    /** Empty databases on a server that a test names itself, and closes them. */
    static MigratedDatabase emptyOn(DatabaseServer server) {
        return new MigratedDatabase(
                TestDatabase.fresh(server),
                UpgradeSettings.defaults()
                        .withSchemas("cloud", "cloud_usage")
                        .withLocations(SampleManagementServer.MIGRATIONS),
                new SampleUpgrade.Checks());
    }

    /** As {@link PlatformInUse} has it, on a server that a test names itself; it closes them. */
    static MigratedDatabase inUseOn(DatabaseServer server) {
        MigratedDatabase platform = emptyOn(server);
        platform.upgrade(OLDEST);
        fill(platform, new ClassPathResource(SCRIPT));
        return platform;
    }

    /** Fills databases at the oldest release with the platform before it had most of its virtual machines, events and jobs. */
    static void fillSparsely(MigratedDatabase platform) {
        try {
            String script = new ClassPathResource(SCRIPT).getContentAsString(StandardCharsets.UTF_8);
            String sparse = script.replace(
                    LAST_NUMBER, LAST_NUMBER + "\nDELETE FROM `seed_number` WHERE `n` BETWEEN 501 AND 18999;\n");
            fill(platform, new ByteArrayResource(sparse.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(MigratedDatabase platform, Resource script) {
        DatabaseServer server = platform.server().server();
        new ResourceDatabasePopulator(script)
                .execute(new DriverManagerDataSource(server.jdbcUrl("cloud"), server.user(), server.password()));
    }

    /** What an undisturbed upgrade leaves behind; the databases are what they were afterwards. */
    static Ending undisturbed(MigratedDatabase platform) {
        try (SavedState before = SavedState.of(platform.server(), platform.schemas())) {
            platform.upgrade(NEWEST);
            Ending undisturbed = ending(platform);
            before.restore();
            return undisturbed;
        }
    }

    /** What was left behind; the order in which releases were noted is not, since a note may be rolled back. */
    static Ending ending(MigratedDatabase platform) {
        return Ending.of(platform.server(), platform.schemas(), Set.of("cloud.version.id"));
    }
}
