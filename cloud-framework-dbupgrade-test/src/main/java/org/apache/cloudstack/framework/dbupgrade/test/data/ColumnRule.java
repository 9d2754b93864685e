package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongFunction;

/**
 * What a column is to hold, in the rows of one table. Without a rule it holds what its type allows.
 *
 * <pre>{@code
 * with("state").from("Running", "Stopped").nullIn(0.1)
 * with("created").between(LocalDate.of(2013, 1, 1).atStartOfDay(), LocalDate.of(2014, 1, 1).atStartOfDay())
 * with("name").by(number -> "vm-" + number)
 * }</pre>
 */
public final class ColumnRule {

    private final String column;
    private final Optional<Domain> domain;
    private final boolean counted;
    private final OptionalDouble nulls;

    private ColumnRule(String column, Optional<Domain> domain, boolean counted, OptionalDouble nulls) {
        this.column = column;
        this.domain = domain;
        this.counted = counted;
        this.nulls = nulls;
    }

    /** A rule for a column, which says nothing yet. */
    public static ColumnRule with(String column) {
        return new ColumnRule(column, Optional.empty(), false, OptionalDouble.empty());
    }

    /**
     * One of these values, at random.
     *
     * @param values numbers, strings, {@code byte[]}, dates and times (in UTC), booleans, or constants of an enum for their
     *     names
     * @throws IllegalArgumentException when there is none
     */
    public ColumnRule from(Object... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("Give at least one value for the column " + column);
        }
        return holding(
                Domain.of(Arrays.stream(values)
                        .map(ColumnRule::written)
                        .distinct()
                        .toList()),
                false);
    }

    /** A whole number, from the least to the most, both included. */
    public ColumnRule between(long least, long most) {
        inOrder(least <= most);
        return holding(NumberDomains.between(least, most), false);
    }

    /** A day, from the first to the last, both included. */
    public ColumnRule between(LocalDate first, LocalDate last) {
        inOrder(!last.isBefore(first));
        return holding(TimeDomains.between(first, last), false);
    }

    /** A moment in UTC, in whole seconds from the first to the last, both included. */
    public ColumnRule between(LocalDateTime first, LocalDateTime last) {
        inOrder(!last.isBefore(first));
        return holding(TimeDomains.between(first, last), false);
    }

    /**
     * What a function makes of the number of the row. In an empty table rows are numbered from 0; in another one the numbers
     * go on after its rows. A number may be left out, where a value of it already exists.
     */
    public ColumnRule by(LongFunction<?> value) {
        Domain made = Domain.of(
                Domain.MANY,
                (number, random) -> written(value.apply(number)),
                random -> {
                    throw new IllegalStateException("Rows are numbered");
                },
                List.of());
        return holding(made, true);
    }

    /**
     * NULL in a share of the rows; 10 % otherwise, where a column may be NULL.
     *
     * @param share from 0 for none to 1 for all
     */
    public ColumnRule nullIn(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("A share is from 0 to 1, not " + share);
        }
        return new ColumnRule(column, domain, counted, OptionalDouble.of(share));
    }

    private ColumnRule holding(Domain values, boolean byNumber) {
        return new ColumnRule(column, Optional.of(values), byNumber, nulls);
    }

    private void inOrder(boolean inOrder) {
        if (!inOrder) {
            throw new IllegalArgumentException("The values for the column " + column + " end before they start");
        }
    }

    private static Object written(Object value) {
        if (value instanceof LocalDateTime moment) {
            return TimeDomains.text(moment);
        }
        if (value instanceof Boolean yes) {
            return yes ? 1L : 0L;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof LocalDate || value instanceof Enum<?> ? value.toString() : value;
    }

    String column() {
        return column;
    }

    Optional<Domain> domain() {
        return domain;
    }

    boolean counted() {
        return counted;
    }

    OptionalDouble nulls() {
        return nulls;
    }
}
