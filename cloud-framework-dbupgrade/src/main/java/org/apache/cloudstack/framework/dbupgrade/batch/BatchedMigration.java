package org.apache.cloudstack.framework.dbupgrade.batch;

import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;

/**
 * A Java migration that changes the rows of a large table while others use it: batch by batch along a key, each committed
 * together with its checkpoint. Whatever interrupts it, each row is changed once.
 *
 * <pre>{@code
 * @MigrationOptions(revision = "1", phase = "migrate", reads = "volumes.size", writes = "volumes.bytes")
 * public final class V_4_7_0_D__fill_bytes implements BatchedMigration {
 *
 *     @Override
 *     public Batches batches() {
 *         return Batches.of("volumes", "id")
 *                 .run("UPDATE volumes SET bytes = size WHERE bytes IS NULL AND id BETWEEN ? AND ?");
 *     }
 * }
 * }</pre>
 *
 * <p>Rows that are added after the last one while it walks are walked too; it ends with the first batch that is not full.
 * Rows that are added later, or at places that it passed, are the business of anyone who adds them: new nodes write them as
 * they should be, and for old ones there is a default or a trigger.
 *
 * <p>A batch that meets a deadlock, or rows that others hold for more than two seconds, is rolled back and comes again after
 * a pause, smaller. Between batches it pauses for others as every Java migration does at its checkpoints.
 */
public interface BatchedMigration extends JavaMigration {

    /** What is walked, and what is done with each batch. */
    Batches batches();

    /** Walks the table. */
    @Override
    default void migrate(MigrationContext context) throws Exception {
        new BatchRun(batches(), context).run();
    }
}
