package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;

/**
 * An update of one table that goes through its ids in ranges and commits each, so that no range holds locks for long.
 *
 * @param highestIdSql selects the highest id, 0 for an empty table
 * @param updateSql updates the rows between two ids; leaves out the rows that are done, so that it can be repeated
 */
record IdRanges(String highestIdSql, String updateSql) {

    long highestId(MigrationContext context) {
        return context.jdbc().sql(highestIdSql).query(Long.class).single();
    }

    /** Goes through all ids and gives back how far it is, counted on from {@code done}. */
    long updateInPortions(MigrationContext context, int portion, long done, long total) throws SQLException {
        long last = highestId(context);
        for (long first = 1; first <= last; first += portion) {
            long end = Math.min(first + portion - 1, last);
            context.jdbc().sql(updateSql).param(first).param(end).update();
            context.connection().commit();
            context.progress(done + end, total);
        }
        return done + last;
    }
}
