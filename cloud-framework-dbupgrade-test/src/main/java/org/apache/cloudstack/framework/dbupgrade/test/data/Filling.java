package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One insertion: works out what every table gets, and fills one after the other. */
final class Filling {

    private final Connection connection;
    private final DataSession session;
    private final PauseFlag request;
    private final Catalog catalog;
    private final Rows rows;
    private final Map<TableId, Rules> rules = new HashMap<>();
    private final Map<ForeignKey, NewRows> toLink = new LinkedHashMap<>();
    private final Map<String, Long> inserted = new LinkedHashMap<>();

    Filling(Connection connection, DataSession session, PauseFlag request) throws SQLException {
        this.connection = connection;
        this.session = session;
        this.request = request;
        this.catalog = CatalogReader.read(connection, request.schemas());
        this.rows = new Rows(connection);
        Map<TableId, List<ColumnRule>> said = request.rulesByTable(catalog);
        said.forEach((id, its) -> rules.put(id, Rules.of(catalog.table(id), its)));
    }

    InsertedRows run() throws SQLException {
        Map<TableId, Long> asked = request.countsByTable(catalog);
        Set<TableId> exact = new HashSet<>(asked.keySet());
        if (request.everywhere() > 0) {
            for (Table table : catalog.ordinary()) {
                if (rows.existing(table.id()) == 0) {
                    asked.putIfAbsent(table.id(), request.everywhere());
                }
            }
        }
        Map<TableId, Long> wanted = Amounts.of(catalog, rows, this::rules, asked);
        List<Table> tables = wanted.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> catalog.table(entry.getKey()))
                .toList();
        List<TableOrder.Step> steps = TableOrder.of(tables, key -> !rules(key).concern(key));
        for (TableOrder.Step step : steps) {
            fill(
                    step,
                    wanted.getOrDefault(step.table().id(), 0L),
                    exact.contains(step.table().id()));
        }
        settle(steps);
        return new InsertedRows(request.seed(), inserted);
    }

    private Rules rules(Table table) {
        return rules.computeIfAbsent(table.id(), any -> Rules.of(table, List.of()));
    }

    private Rules rules(ForeignKey key) {
        return rules(catalog.table(key.table()));
    }

    private void fill(TableOrder.Step step, long wanted, boolean exact) throws SQLException {
        Table table = step.table();
        RowPlan plan = new RowPlan(step, rules(table), rows, wanted, request.edges());
        RowMaker maker = plan.maker(connection, random(table.id().toString()));
        if (exact && maker.capacity() < wanted) {
            throw tooMany(table, maker, wanted, 0);
        }
        NewRows added = NewRows.of(table, maker, rows);
        step.deferred().stream()
                .filter(table::mayBeNull)
                .sorted(Comparator.comparing(ForeignKey::name))
                .forEach(key -> toLink.put(key, added));
        session.checkForeignKeys(step.demanding().isEmpty());
        try (RowWriter writer = new RowWriter(connection, table, maker)) {
            long written = writer.write(wanted, added);
            inserted.put(table.id().toString(), written);
            if (exact && written < wanted) {
                throw tooMany(table, maker, wanted, written);
            }
        }
        session.checkForeignKeys(true);
    }

    private TestDataException tooMany(Table table, RowMaker maker, long wanted, long written) {
        String why = maker.scarcest()
                .map(key -> "its unique key " + key + " has " + maker.capacity() + " different values")
                .orElse("no more rows fit its unique and foreign keys, which are "
                        + String.join(
                                ", ",
                                table.uniqueKeys().stream()
                                        .map(UniqueKey::toString)
                                        .toList()));
        return new TestDataException(
                "The table " + table.id() + " cannot take " + wanted + " more rows: " + why + ", and "
                        + rows.existing(table.id()) + " rows were there before"
                        + (written > 0 ? "; " + written + " were added" : "")
                        + ". Ask for fewer rows, for more rows of the tables it refers to, or give more values, such as by"
                        + " with(\"column\").between(…).");
    }

    private void settle(List<TableOrder.Step> steps) throws SQLException {
        for (Map.Entry<ForeignKey, NewRows> link : toLink.entrySet()) {
            ForeignKey key = link.getKey();
            new Links(connection, rows).link(key, link.getValue(), random(key.table() + "/" + key.name()));
        }
        for (TableOrder.Step step : steps) {
            if (!step.demanding().isEmpty()) {
                settle(step);
            }
        }
    }

    private void settle(TableOrder.Step step) throws SQLException {
        Links links = new Links(connection, rows);
        session.checkForeignKeys(false);
        for (ForeignKey key : step.demanding()) {
            boolean oneEach = step.table().uniqueKeys().stream()
                    .anyMatch(unique -> key.columns().containsAll(unique.columns()));
            links.adopt(key, oneEach);
        }
        session.checkForeignKeys(true);
        step.table().foreignKeys().forEach(links::prove);
    }

    /** Each table has its own, so that its rows do not depend on those of others. */
    private SplittableRandom random(String name) {
        long mixed = request.seed();
        for (int i = 0; i < name.length(); i++) {
            mixed = mixed * 1_000_003 + name.charAt(i);
        }
        return new SplittableRandom(mixed);
    }
}
