package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;

/** Fills the virtual size of volumes into the usage events of both databases. */
@MigrationOptions(revision = "V_4_4_0_D__virtual_sizes/1")
public final class V_4_4_0_D__virtual_sizes implements JavaMigration {

    private static final int PORTION = 4_000;

    private static final IdRanges OF_SERVERS = new IdRanges(
            "SELECT COALESCE(MAX(id), 0) FROM usage_event",
            "UPDATE usage_event e INNER JOIN volumes v ON v.id = e.resource_id SET e.virtual_size = v.size"
                    + " WHERE e.type LIKE 'VOLUME.%' AND e.virtual_size IS NULL AND e.id BETWEEN ? AND ?");

    private static final IdRanges OF_USAGE = new IdRanges(
            "SELECT COALESCE(MAX(id), 0) FROM cloud_usage.usage_event",
            "UPDATE cloud_usage.usage_event e INNER JOIN volumes v ON v.id = e.resource_id"
                    + " SET e.virtual_size = v.size"
                    + " WHERE e.type LIKE 'VOLUME.%' AND e.virtual_size IS NULL AND e.id BETWEEN ? AND ?");

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        long total = OF_SERVERS.highestId(context) + OF_USAGE.highestId(context);
        long done = OF_SERVERS.updateInPortions(context, PORTION, 0, total);
        OF_USAGE.updateInPortions(context, PORTION, done, total);
    }
}
