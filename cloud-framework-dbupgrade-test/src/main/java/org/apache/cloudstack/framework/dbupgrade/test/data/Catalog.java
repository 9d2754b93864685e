package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables of the databases, and of those that their foreign keys lead to.
 *
 * @param schemas the databases that were asked for
 */
record Catalog(List<String> schemas, SortedMap<TableId, Table> tables) {

    /** Kept by the upgrade itself, and by anyone who asks for the version. */
    private static final Set<String> OWN = Set.of("flyway_schema_history", "version");

    /**
     * The table of a name.
     *
     * @param name with its database; or without, and then of the first database that has it
     * @throws TestDataException when there is none
     */
    Table table(String name) {
        return find(name)
                .orElseThrow(() -> new TestDataException("There is no table '" + name + "' in the databases "
                        + String.join(", ", schemas) + ". Write table or database.table; views take no rows here."));
    }

    private Optional<Table> find(String name) {
        int dot = name.indexOf('.');
        if (dot > 0) {
            return Optional.ofNullable(tables.get(new TableId(name.substring(0, dot), name.substring(dot + 1))));
        }
        return schemas.stream()
                .flatMap(schema -> Optional.ofNullable(tables.get(new TableId(schema, name))).stream())
                .findFirst();
    }

    Table table(TableId id) {
        return Optional.ofNullable(tables.get(id)).orElseThrow();
    }

    /** Those of the databases asked for, without the ones that the upgrade keeps for itself. */
    List<Table> ordinary() {
        return tables.values().stream()
                .filter(table -> schemas.contains(table.id().schema()))
                .filter(table ->
                        !OWN.contains(table.id().name()) && !table.id().name().startsWith("dbupgrade_"))
                .toList();
    }

    static Catalog of(List<String> schemas, Map<TableId, Table> tables) {
        return new Catalog(List.copyOf(schemas), new TreeMap<>(tables));
    }
}
