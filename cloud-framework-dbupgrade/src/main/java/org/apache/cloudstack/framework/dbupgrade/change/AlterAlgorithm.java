package org.apache.cloudstack.framework.dbupgrade.change;

import java.util.List;

/**
 * How a server does a change of a table, by itself. The order is that in which servers choose, the best first; of several changes
 * in one statement, the last in this order is the way of all.
 */
public enum AlterAlgorithm {
    /** There is no such thing on this server. */
    NOT_THERE("not known there"),
    /** Servers know no words for it: it is rows, or a name, or a thing as a whole. */
    PLAIN("plain"),
    /** Only what the catalogue says changes. */
    INSTANT("instant", "ALGORITHM=INSTANT"),
    /** Beside the table, such as a new index, while others read and write. */
    IN_PLACE("in place", "ALGORITHM=INPLACE", "LOCK=NONE"),
    /** The whole table is rewritten, while others read and write. */
    REBUILD("in place, rewritten", "ALGORITHM=INPLACE", "LOCK=NONE"),
    /** Beside the table, while others only read. */
    IN_PLACE_READ_ONLY("in place, others only read", "ALGORITHM=INPLACE", "LOCK=SHARED"),
    /** The whole table is rewritten, while others only read. */
    REBUILD_READ_ONLY("in place, rewritten, others only read", "ALGORITHM=INPLACE", "LOCK=SHARED"),
    /** All rows go into a copy, while others read and write. */
    COPY_ONLINE("copy, others write", "ALGORITHM=COPY", "LOCK=NONE"),
    /** All rows go into a copy, while others only read. */
    COPY("copy, others only read", "ALGORITHM=COPY", "LOCK=SHARED");

    private final String title;
    private final List<String> clauses;

    AlterAlgorithm(String title, String... clauses) {
        this.title = title;
        this.clauses = List.of(clauses);
    }

    /** The clauses by which a server is asked for it; none where it knows no such words. */
    public List<String> clauses() {
        return clauses;
    }

    /** Whether all rows are rewritten, which takes the space of the table a second time for a while. */
    public boolean writesTable() {
        return this == REBUILD || this == REBUILD_READ_ONLY || this == COPY || this == COPY_ONLINE;
    }

    /** Whether others cannot write the table meanwhile. */
    public boolean blocksWriters() {
        return this == IN_PLACE_READ_ONLY || this == REBUILD_READ_ONLY || this == COPY;
    }

    @Override
    public String toString() {
        return title;
    }
}
