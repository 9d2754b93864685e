package org.apache.cloudstack.framework.dbupgrade.rolling;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleManagementServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigrationFolder;
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

    private final MigratedDatabase database;

    private Platform(MigratedDatabase database) {
        this.database = database;
    }

    /** At the old release. */
    static Platform old(Path folder, MigratedDatabase empty) {
        MigrationFolder renames = new MigrationFolder(folder);
        RENAME.forEach(renames::with);
        Platform platform = new Platform(empty.withSettings(
                settings -> settings.withLocations(SampleManagementServer.MIGRATIONS, renames.location())));
        platform.upgrade(OLD);
        return platform;
    }

    /** Upgrades with all nodes stopped. */
    void upgrade(String release) {
        database.upgrade(release);
    }

    List<String> locations() {
        return database.settings().locations();
    }

    TestDatabase database() {
        return database.server();
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

    SchemaSnapshot schema() {
        return database.schema();
    }

    @Override
    public void close() {
        database.close();
    }
}
