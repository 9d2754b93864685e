package org.apache.cloudstack.framework.dbupgrade.test.interruption;

import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;

/** What a Java migration of the tests does: it inserts four rows, with a checkpoint after each. */
final class RowByRow {

    static final int COUNT = 4;

    private RowByRow() {}

    /** The row after the last checkpoint. */
    static int behind(MigrationContext context) {
        return context.checkpointed("row").map(id -> Integer.parseInt(id) + 1).orElse(0);
    }

    /** Inserts the rows from the given one on. */
    static void insert(MigrationContext context, int first) throws Exception {
        for (int id = first; id < COUNT; id++) {
            context.jdbc().sql("INSERT INTO a (id) VALUES (?)").param(id).update();
            context.checkpoint("row", Integer.toString(id));
        }
    }
}
