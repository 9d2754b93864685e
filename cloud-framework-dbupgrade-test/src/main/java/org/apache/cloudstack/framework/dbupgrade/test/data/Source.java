package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the values of one or several columns come from. */
sealed interface Source permits ColumnSource, KeySource {

    /** The columns that it fills. */
    List<String> columns();

    /** How many different values it can give to a unique key; 0 when it cannot count for it. */
    long sizeFor(UniqueKey key);

    /** Whether it may leave a row without value. */
    boolean nullable();

    @Nullable
    Counter counter();

    /** From now on values are numbered. */
    void count(Counter counter);

    /** Where to start, so that few values already exist. */
    long beginning(long existing, long wanted);

    /** Fills the columns at their places in a row. */
    Fill fill(List<String> columns);
}
