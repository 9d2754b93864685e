package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws the rows of one table, one after the other. */
final class RowMaker {

    private static final int TRIES = 1000;

    private final List<Column> columns;
    private final List<Source> sources;
    private final List<Fill> fills;
    private final SplittableRandom random;
    private final Optional<Counter> shortest;
    private long number;

    /**
     * A maker.
     *
     * @param columns those that are filled, in the order of a row
     * @param sources what fills them, each after those it depends on
     */
    RowMaker(List<Column> columns, List<Source> sources, SplittableRandom random) {
        List<String> names = columns.stream().map(Column::name).toList();
        this.columns = columns;
        this.sources = sources;
        this.fills = sources.stream().map(source -> source.fill(names)).toList();
        this.random = random;
        this.shortest = sources.stream()
                .filter(source -> source.counter() != null && !mayLeaveOut(source))
                .map(Source::counter)
                .flatMap(counter -> Optional.ofNullable(counter).stream())
                .min(Comparator.comparingLong(Counter::limit));
    }

    /** A key does not hold for rows with a NULL in it. */
    private boolean mayLeaveOut(Source source) {
        Counter counter = source.counter();
        return counter != null
                && sources.stream()
                        .anyMatch(other -> other.nullable()
                                && other.counter() != null
                                && counter.key().columns().containsAll(other.columns())
                                && !counter.key().name().equals("PRIMARY"));
    }

    List<Column> columns() {
        return columns;
    }

    /** The place of each column in a statement. */
    List<String> placeholders() {
        return columns.stream()
                .map(column -> sources.stream()
                        .filter(source -> source.columns().contains(column.name()))
                        .map(source -> source instanceof ColumnSource own
                                ? own.domain().placeholder()
                                : "?")
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /** The unique key that runs out of values first. */
    Optional<UniqueKey> scarcest() {
        return shortest.map(Counter::key);
    }

    /** How many different rows can be drawn. */
    long capacity() {
        return shortest.map(Counter::limit).orElse(Domain.MANY);
    }

    /** Another row; empty when all have been drawn, or nothing fits. */
    Optional<Object[]> next() {
        for (int i = 0; i < TRIES && number < capacity(); i++) {
            Object[] row = new Object[columns.size()];
            long its = number++;
            boolean filled = true;
            for (Fill fill : fills) {
                filled = filled && fill.fill(row, its, random);
            }
            if (filled) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }
}
