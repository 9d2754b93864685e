package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;

/** Gives every VM, volume and nic a uuid, which follows from its table and id so that all servers agree on it. */
@MigrationOptions(revision = "V_410_C/1")
public final class V_410_C implements JavaMigration {

    private static final int PORTION = 5_000;

    private static final List<IdRanges> TABLES = List.of(uuidsOf("vm_instance"), uuidsOf("volumes"), uuidsOf("nics"));

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        long total = 0;
        for (IdRanges table : TABLES) {
            total += table.highestId(context);
        }
        long done = 0;
        for (IdRanges table : TABLES) {
            done = table.updateInPortions(context, PORTION, done, total);
        }
    }

    private static IdRanges uuidsOf(String table) {
        String hash = "SHA2(CONCAT('" + table + ":', id), 256)";
        return new IdRanges(
                "SELECT COALESCE(MAX(id), 0) FROM " + table,
                "UPDATE " + table + " SET uuid = CONCAT_WS('-', LEFT(" + hash + ", 8), SUBSTRING(" + hash
                        + ", 9, 4), SUBSTRING(" + hash + ", 13, 4), SUBSTRING(" + hash + ", 17, 4), SUBSTRING("
                        + hash + ", 21, 12)) WHERE uuid IS NULL AND id BETWEEN ? AND ?");
    }
}
