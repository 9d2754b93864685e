package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of one column. */
final class ColumnSource implements Source {

    private final Column column;
    private final Domain domain;
    private final boolean nullable;
    private final double nulls;
    private final boolean ruled;
    private final double edges;
    private final long highest;
    private @Nullable Counter counter;

    /**
     * Values.
     *
     * @param nullable whether a row may be without
     * @param nulls the share of rows without
     * @param ruled whether somebody said what the values are
     * @param edges the share of odd ones
     * @param highest the highest whole number that is there; -1 when that means nothing
     */
    ColumnSource(
            Column column, Domain domain, boolean nullable, double nulls, boolean ruled, double edges, long highest) {
        this.column = column;
        this.domain = domain;
        this.nullable = nullable;
        this.nulls = nulls;
        this.ruled = ruled;
        this.edges = ruled || domain.edges().isEmpty() ? 0 : edges;
        this.highest = highest;
    }

    Domain domain() {
        return domain;
    }

    double nulls() {
        return nulls;
    }

    double edges() {
        return edges;
    }

    @Nullable
    Object literalDefault() {
        return ruled || column.type().equals("bit") || column.type().endsWith("binary")
                ? null
                : column.literalDefault();
    }

    @Override
    public List<String> columns() {
        return List.of(column.name());
    }

    @Override
    public long sizeFor(UniqueKey key) {
        return domain.size();
    }

    @Override
    public boolean nullable() {
        return nullable;
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
        return !ruled && highest >= 0 && highest < domain.size() - wanted ? highest : existing;
    }

    @Override
    public Fill fill(List<String> columns) {
        return new ColumnFill(columns.indexOf(column.name()), this);
    }
}
