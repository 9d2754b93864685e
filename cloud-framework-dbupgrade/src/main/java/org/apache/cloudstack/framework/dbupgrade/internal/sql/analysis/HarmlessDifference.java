package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * Something that differs with the order of two scripts and that applications do not notice.
 *
 * @param kind what differs
 * @param table in which table
 * @param text one sentence, with names
 */
public record HarmlessDifference(Kind kind, ObjectName table, String text) {

    /** What differs. */
    public enum Kind {
        /** The order of columns, which only statements without a list of columns notice. */
        COLUMN_POSITIONS,
        /** The ids that the server counts up for new rows. */
        GENERATED_IDS
    }
}
