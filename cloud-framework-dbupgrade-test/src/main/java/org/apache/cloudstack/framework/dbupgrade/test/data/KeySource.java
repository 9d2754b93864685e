package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of the columns of a foreign key: those of a row that it refers to. */
final class KeySource implements Source {

    private final ForeignKey key;
    private final List<String> own;
    private final List<String> mayBeNull;
    private final KeyPool pool;
    private final double nulls;
    private @Nullable Counter counter;

    /**
     * Values.
     *
     * @param own the columns of the key that nothing else has filled before
     * @param mayBeNull those of them that may be NULL
     * @param nulls the share of rows that refer to nothing
     */
    KeySource(ForeignKey key, List<String> own, List<String> mayBeNull, KeyPool pool, double nulls) {
        this.key = key;
        this.own = own;
        this.mayBeNull = mayBeNull;
        this.pool = pool;
        this.nulls = mayBeNull.isEmpty() ? 0 : nulls;
    }

    ForeignKey key() {
        return key;
    }

    KeyPool pool() {
        return pool;
    }

    List<String> mayBeNull() {
        return mayBeNull;
    }

    double nulls() {
        return nulls;
    }

    @Override
    public List<String> columns() {
        return own;
    }

    /** Only whole keys can be counted. */
    @Override
    public long sizeFor(UniqueKey unique) {
        return own.equals(key.columns()) && unique.columns().containsAll(own) ? pool.size() : 0;
    }

    @Override
    public boolean nullable() {
        return !mayBeNull.isEmpty();
    }

    @Override
    public @Nullable Counter counter() {
        return counter;
    }

    @Override
    public void count(Counter by) {
        counter = by;
    }

    @Override
    public long beginning(long existing, long wanted) {
        return existing;
    }

    @Override
    public Fill fill(List<String> columns) {
        return new KeyFill(this, columns);
    }
}
