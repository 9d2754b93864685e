package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Decides where the values of a table's columns come from: rules first, then foreign keys, then the types.
 *
 * @param step the table and the keys that are settled later
 * @param wanted how many rows are wanted
 * @param edges the share of odd values
 */
record RowPlan(TableOrder.Step step, Rules rules, Rows rows, long wanted, double edges) {

    /** Keys that are kept in memory, where not each row needs one of its own. */
    private static final long KEYS = 10_000;

    private Table table() {
        return step.table();
    }

    RowMaker maker(Connection connection, SplittableRandom random) throws SQLException {
        long existing = rows.existing(table().id());
        List<Source> sources = sources(connection, existing);
        Uniqueness uniqueness = new Uniqueness(sources, existing, wanted);
        table().uniqueKeys().forEach(uniqueness::keep);
        Set<String> filled =
                sources.stream().flatMap(source -> source.columns().stream()).collect(Collectors.toSet());
        return new RowMaker(
                table().columns().stream()
                        .filter(column -> filled.contains(column.name()))
                        .toList(),
                sources,
                random);
    }

    private List<Source> sources(Connection connection, long existing) throws SQLException {
        List<Source> sources = new ArrayList<>();
        for (Column column : table().columns()) {
            if (rules.givesValues(column)) {
                sources.add(source(column));
            }
        }
        List<ForeignKey> keys = new ArrayList<>(table().foreignKeys());
        keys.sort(
                Comparator.comparing((ForeignKey key) -> -key.columns().size()).thenComparing(ForeignKey::name));
        List<ForeignKey> done = new ArrayList<>();
        for (ForeignKey key : keys) {
            if (done.stream().noneMatch(key::isImpliedBy)) {
                keySource(connection, key, filled(sources), existing).ifPresent(sources::add);
                done.add(key);
            }
        }
        Set<String> filled = filled(sources);
        for (Column column : table().columns()) {
            if (!filled.contains(column.name()) && isFilled(column)) {
                sources.add(source(column));
            }
        }
        return sources;
    }

    private static Set<String> filled(List<Source> sources) {
        Set<String> filled = new HashSet<>();
        sources.forEach(source -> filled.addAll(source.columns()));
        return filled;
    }

    /** Empty when the key is settled later, or by rules alone. */
    private Optional<Source> keySource(Connection connection, ForeignKey key, Set<String> filled, long existing)
            throws SQLException {
        if (rules.giveValues(key)) {
            return Optional.empty();
        }
        List<Column> own = key.columns().stream()
                .filter(name -> !filled.contains(name))
                .flatMap(name -> table().column(name).stream())
                .toList();
        List<String> mayBeNull =
                own.stream().filter(rules::mayBeNull).map(Column::name).toList();
        KeyPool pool = KeyPool.read(connection, key, isUnique(key) ? Math.max(KEYS, existing + wanted) : KEYS);
        if (pool.size() == 0) {
            if (!step.deferred().contains(key) && mayBeNull.isEmpty()) {
                throw new TestDataException("Rows of " + table().id() + " refer to rows of " + key.parent()
                        + " by the foreign key " + key.name() + ", and that table is empty. Ask for rows of it too.");
            }
            return own.size() == 1 && !mayBeNull.isEmpty() ? Optional.of(nothing(own.get(0))) : Optional.empty();
        }
        double nulls = own.stream().mapToDouble(rules::nulls).max().orElse(0);
        return Optional.of(new KeySource(key, own.stream().map(Column::name).toList(), mayBeNull, pool, nulls));
    }

    private boolean isUnique(ForeignKey key) {
        return table().uniqueKeys().stream()
                .anyMatch(unique -> unique.columns().stream().anyMatch(key.columns()::contains));
    }

    private Source nothing(Column column) {
        return new ColumnSource(column, Domain.of(List.of(0L)), true, 1, true, 0, -1);
    }

    /** What the server makes is left to it. */
    private boolean isFilled(Column column) {
        if (column.generated() || column.autoIncrement()) {
            return false;
        }
        if (rules.domain(column).isPresent()) {
            return true;
        }
        if (column.nullable() || column.hasDefault()) {
            return false;
        }
        throw new TestDataException("The column " + column.name() + " of " + table().id() + " is of type "
                + column.type() + ", for which no values are known here. Give some: with(\"" + column.name()
                + "\").from(…).");
    }

    private Source source(Column column) {
        boolean counts = table().uniqueKeys().stream()
                .anyMatch(key -> key.columns().stream().anyMatch(column.name()::equalsIgnoreCase));
        boolean whole = column.type().toLowerCase(Locale.ROOT).endsWith("int");
        ColumnSource source = new ColumnSource(
                column,
                rules.domain(column).orElseThrow(),
                rules.mayBeNull(column),
                rules.nulls(column),
                rules.givesValues(column),
                edges,
                counts && whole ? rows.highest(table().id(), column) : -1);
        if (rules.on(column).map(ColumnRule::counted).orElse(false)) {
            UniqueKey itself = new UniqueKey("the rule", List.of(new UniqueKey.Part(column.name(), 0)));
            source.count(new Counter(itself, rows.existing(table().id()), 1, Domain.MANY, Domain.MANY));
        }
        return source;
    }
}
