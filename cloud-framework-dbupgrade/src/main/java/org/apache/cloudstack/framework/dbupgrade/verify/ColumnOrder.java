package org.apache.cloudstack.framework.dbupgrade.verify;

/** What it means that the columns of a table are in another order than its release makes. */
public enum ColumnOrder {

    /** A note: the parallel lines of a release graph end in different orders, and code that names its columns does not see it. */
    NOTE,

    /** A difference, as any other. */
    STRICT
}
