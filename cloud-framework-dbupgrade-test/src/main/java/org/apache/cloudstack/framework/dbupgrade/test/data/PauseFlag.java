package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked for.
 *
 * @param schemas the databases
 * @param counts rows by table, as the caller writes it
 * @param values rules by table, as the caller writes it
 * @param everywhere rows for each empty table; 0 for none
 * @param edges the share of odd values
 */
record PauseFlag(
        List<String> schemas,
        Map<String, Long> counts,
        Map<String, List<ColumnRule>> values,
        long everywhere,
        double edges,
        long seed) {

    Map<TableId, Long> countsByTable(Catalog catalog) {
        Map<TableId, Long> byTable = new LinkedHashMap<>();
        counts.forEach((name, count) -> byTable.merge(catalog.table(name).id(), count, Long::sum));
        return byTable;
    }

    Map<TableId, List<ColumnRule>> rulesByTable(Catalog catalog) {
        Map<TableId, List<ColumnRule>> byTable = new LinkedHashMap<>();
        values.forEach(
                (name, rules) -> byTable.computeIfAbsent(catalog.table(name).id(), any -> new ArrayList<>())
                        .addAll(rules));
        return byTable;
    }

    PauseFlag withRows(String table, long count) {
        Map<String, Long> more = new LinkedHashMap<>(counts);
        more.merge(table, count, Long::sum);
        return new PauseFlag(schemas, more, values, everywhere, edges, seed);
    }

    PauseFlag withValues(String table, List<ColumnRule> rules) {
        Map<String, List<ColumnRule>> more = new LinkedHashMap<>(values);
        List<ColumnRule> all = new ArrayList<>(more.getOrDefault(table, List.of()));
        all.addAll(rules);
        more.put(table, all);
        return new PauseFlag(schemas, counts, more, everywhere, edges, seed);
    }
}
