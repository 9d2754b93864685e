package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was said about the columns of one table. */
record Rules(Table table, Map<String, ColumnRule> byColumn) {

    private static final double USUAL_NULLS = 0.1;

    /**
     * Checks the rules.
     *
     * @throws TestDataException when a column is not there, or cannot do what is said
     */
    static Rules of(Table table, List<ColumnRule> rules) {
        Map<String, ColumnRule> byColumn = new TreeMap<>();
        for (ColumnRule rule : rules) {
            Column column = table.column(rule.column())
                    .orElseThrow(() -> new TestDataException("The table " + table.id() + " has no column '"
                            + rule.column() + "'. Its columns are "
                            + String.join(
                                    ", ",
                                    table.columns().stream().map(Column::name).toList()) + "."));
            if (column.generated()) {
                throw new TestDataException("The server computes the column " + column.name() + " of " + table.id()
                        + ". Leave its rule out.");
            }
            if (!column.nullable() && rule.nulls().orElse(0) > 0) {
                throw new TestDataException("The column " + column.name() + " of " + table.id()
                        + " cannot be NULL. Leave nullIn out of its rule.");
            }
            if (byColumn.put(column.name().toLowerCase(Locale.ROOT), rule) != null) {
                throw new TestDataException(
                        "The column " + column.name() + " of " + table.id() + " has two rules. Leave one of them out.");
            }
        }
        return new Rules(table, byColumn);
    }

    Optional<ColumnRule> on(Column column) {
        return Optional.ofNullable(byColumn.get(column.name().toLowerCase(Locale.ROOT)));
    }

    boolean givesValues(Column column) {
        return on(column).flatMap(ColumnRule::domain).isPresent();
    }

    /** Whether the values of a foreign key's columns are somebody else's care. */
    boolean giveValues(ForeignKey key) {
        return columns(key).stream().allMatch(this::givesValues);
    }

    /** Whether anything is said about the columns of a foreign key. */
    boolean concern(ForeignKey key) {
        return columns(key).stream().anyMatch(column -> on(column).isPresent());
    }

    /** Whether no row refers to anything. */
    boolean leaveOut(ForeignKey key) {
        return columns(key).stream().anyMatch(column -> nulls(column) >= 1);
    }

    private List<Column> columns(ForeignKey key) {
        return key.columns().stream()
                .flatMap(name -> table.column(name).stream())
                .toList();
    }

    /** The share of rows without a value. */
    double nulls(Column column) {
        if (!column.nullable()) {
            return 0;
        }
        Optional<ColumnRule> rule = on(column);
        // who names values wants them
        double unlessSaid = rule.flatMap(ColumnRule::domain).isPresent() ? 0 : USUAL_NULLS;
        return rule.map(said -> said.nulls().orElse(unlessSaid)).orElse(USUAL_NULLS);
    }

    boolean mayBeNull(Column column) {
        return column.nullable() && on(column).map(rule -> nulls(column) > 0).orElse(true);
    }

    /** The values of a column; empty when its type is not known and nobody gave any. */
    Optional<Domain> domain(Column column) {
        return on(column)
                .flatMap(ColumnRule::domain)
                .map(values -> Domains.of(column, 0)
                        .map(own -> values.in(own.placeholder()))
                        .orElse(values))
                .or(() -> Domains.of(column, prefix(column)));
    }

    /** The shortest prefix that a unique key looks at. */
    private long prefix(Column column) {
        List<Long> prefixes = new ArrayList<>();
        for (UniqueKey key : table.uniqueKeys()) {
            for (UniqueKey.Part part : key.parts()) {
                if (part.prefix() > 0 && part.column().equalsIgnoreCase(column.name())) {
                    prefixes.add(part.prefix());
                }
            }
        }
        return prefixes.stream().min(Long::compare).orElse(0L);
    }
}
