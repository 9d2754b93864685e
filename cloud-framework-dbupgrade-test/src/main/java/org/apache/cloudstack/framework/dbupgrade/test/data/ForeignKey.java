package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;

/**
 * A foreign key.
 *
 * @param columns those of its own table
 * @param parent the table it refers to
 * @param referenced the columns there, in the order of its own
 */
record ForeignKey(String name, TableId table, List<String> columns, TableId parent, List<String> referenced) {

    boolean isToItself() {
        return table.equals(parent);
    }

    /** Whether another key, which refers to the same row, demands all that this one does. */
    boolean isImpliedBy(ForeignKey other) {
        if (!other.parent.equals(parent) || !other.columns.containsAll(columns)) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!other.referenced.get(other.columns.indexOf(columns.get(i))).equals(referenced.get(i))) {
                return false;
            }
        }
        return true;
    }
}
