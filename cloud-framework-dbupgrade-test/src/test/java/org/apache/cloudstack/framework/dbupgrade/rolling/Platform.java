package org.apache.cloudstack.framework.dbupgrade.rolling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleManagementServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot;

/** The sample's databases, in which the newest release also renames a column that its servers use all the time. */
final class Platform implements AutoCloseable {

    static final String OLD = "4.6.0";
    static final String NEW = "4.7.0";

    private static final Map<String, String> RENAME = Map.of(
            "V_4_6_0_X__contact.sql",
            "ALTER TABLE account ADD COLUMN contact VARCHAR(255) NULL;\n",
            "V_4_7_0_X__contact_mail.sql",
            "ALTER TABLE account ADD COLUMN contact_mail VARCHAR(255) NULL;\n",
            "V_4_7_0_Y__contact_mail.sql",
            "UPDATE account SET contact_mail = contact WHERE contact_mail IS NULL;\n",
            "V_4_7_0_Z__contact.sql",
            "-- dbupgrade: phase=contract\nALTER TABLE account DROP COLUMN contact;\n");

    private final Path folder;
    private final TestDatabase database = TestDatabase.fresh(TestServers.shared());

    private Platform(Path folder) {
        this.folder = folder;
    }

    /** At the old release. */
    static Platform old(Path folder) throws IOException {
        for (Map.Entry<String, String> script : RENAME.entrySet()) {
            Files.writeString(folder.resolve(script.getKey()), script.getValue());
        }
        Platform platform = new Platform(folder);
        platform.upgrade(OLD);
        return platform;
    }

    /** Upgrades with all servers stopped. */
    void upgrade(String release) {
        DatabaseUpgrade.of(database.dataSource())
                .settings(UpgradeSettings.defaults()
                        .withLocations(locations().toArray(String[]::new))
                        .withRelease(release))
                .build()
                .upgrade();
    }

    List<String> locations() {
        return List.of(SampleManagementServer.MIGRATIONS, "filesystem:" + folder);
    }

    TestDatabase database() {
        return database;
    }

    boolean hasOldColumn() {
        return number("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'cloud'"
                        + " AND table_name = 'account' AND column_name = 'contact'")
                == 1;
    }

    long number(String query) {
        return database.jdbc().sql(query).query(Long.class).single();
    }

    String text(String query) {
        return database.jdbc().sql(query).query(String.class).single();
    }

    SchemaSnapshot schema() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return SchemaSnapshot.read(connection, List.of("cloud", "cloud_usage"));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
