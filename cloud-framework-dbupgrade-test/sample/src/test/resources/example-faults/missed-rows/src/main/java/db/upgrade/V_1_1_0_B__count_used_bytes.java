package db.upgrade;

import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;

/** Adds the sizes of all volumes to the pools they are in. */
@MigrationOptions(revision = "1", reads = "volume", writes = "pool")
public final class V_1_1_0_B__count_used_bytes implements JavaMigration {

    private static final int PORTION = 200;

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        long last = context.jdbc()
                .sql("SELECT COALESCE(MAX(id), 0) FROM volume")
                .query(Long.class)
                .single();
        long done = context.checkpointed("volume").map(Long::valueOf).orElse(0L);
        while (done < last) {
            count(context, done + 1, done + PORTION);
            done += PORTION;
            context.checkpoint("volume", String.valueOf(done));
        }
    }

    private static void count(MigrationContext context, long first, long last) {
        context.jdbc()
                .sql("""
                        UPDATE pool p
                        INNER JOIN (SELECT pool_id, SUM(megabytes) AS megabytes FROM volume
                                    WHERE id >= ? AND id < ? GROUP BY pool_id) v ON v.pool_id = p.id
                        SET p.used_bytes = p.used_bytes + v.megabytes * 1048576""")
                .param(first)
                .param(last)
                .update();
    }
}
