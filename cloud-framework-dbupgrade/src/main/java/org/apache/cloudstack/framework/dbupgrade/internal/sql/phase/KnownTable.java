package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Expression;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ForeignKey;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.IndexDefinition;

/** What is known of a table at one moment. Names are compared without regard to case. */
final class KnownTable {

    private final Map<String, ColumnDefinition> columns = new LinkedHashMap<>();
    private final Map<String, IndexDefinition> indexes = new LinkedHashMap<>();
    private final Map<String, ForeignKey> foreignKeys = new LinkedHashMap<>();
    private final Map<String, Expression> checks = new LinkedHashMap<>();
    private final Map<String, String> options = new HashMap<>();
    private final Set<String> columnsOfOlderServers = new HashSet<>();
    private boolean isNew;

    /** A table that older nodes do not know, or one of which only what comes is known. */
    KnownTable(boolean isNew) {
        this.isNew = isNew;
    }

    /** From now on older nodes know all that is here. */
    void age() {
        isNew = false;
        columnsOfOlderServers.clear();
        columnsOfOlderServers.addAll(columns.keySet());
    }

    boolean isNew() {
        return isNew;
    }

    /** Whether the column was added since, so that older nodes leave it out. */
    boolean isNew(String column) {
        return isNew || columns.containsKey(lower(column)) && !columnsOfOlderServers.contains(lower(column));
    }

    Optional<ColumnDefinition> column(String name) {
        return Optional.ofNullable(columns.get(lower(name)));
    }

    Optional<IndexDefinition> index(String name) {
        return Optional.ofNullable(indexes.get(lower(name)));
    }

    Optional<ForeignKey> foreignKey(String name) {
        return Optional.ofNullable(foreignKeys.get(lower(name)));
    }

    Optional<Expression> check(String name) {
        return Optional.ofNullable(checks.get(lower(name)));
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    boolean has(IndexDefinition.Kind kind) {
        return indexes.values().stream().anyMatch(index -> index.kind() == kind);
    }

    /** Whether rows that differ in these columns must differ already, by another index. */
    boolean differsIn(Set<String> names) {
        Set<String> wanted = new HashSet<>();
        names.forEach(name -> wanted.add(lower(name)));
        return indexes.values().stream()
                .filter(index -> index.kind().forbidsDoubles())
                .anyMatch(
                        index -> index.columns().stream().map(KnownTable::lower).allMatch(wanted::contains));
    }

    /** Whether there is text that is known to compare so. */
    boolean hasText(boolean distinguishesCase) {
        return columns.values().stream()
                .map(column -> ColumnType.of(column.type()).orDefaults(option("charset"), option("collate")))
                .anyMatch(type -> type.isText() && type.distinguishesCase() == distinguishesCase);
    }

    boolean isIndexed(String column) {
        return indexes.values().stream()
                .flatMap(index -> index.columns().stream())
                .map(KnownTable::lower)
                .anyMatch(lower(column)::equals);
    }

    boolean isInPrimaryKey(String column) {
        IndexDefinition primary = indexes.get("primary");
        return primary != null
                && primary.columns().stream().map(KnownTable::lower).anyMatch(lower(column)::equals);
    }

    void put(ColumnDefinition column) {
        columns.put(lower(column.name()), column);
    }

    void change(String name, ColumnDefinition column) {
        boolean wasKnown = columnsOfOlderServers.contains(lower(name));
        if (!lower(name).equals(lower(column.name()))) {
            columns.remove(lower(name));
        }
        put(column);
        if (wasKnown) {
            columnsOfOlderServers.add(lower(column.name()));
        }
    }

    void dropColumn(String name) {
        columns.remove(lower(name));
    }

    void add(IndexDefinition index) {
        String wanted = lower(index.effectiveName());
        String name = wanted;
        for (int i = 2; indexes.containsKey(name) && index.name().isEmpty() && !name.equals("primary"); i++) {
            name = wanted + "_" + i;
        }
        indexes.put(name, index);
    }

    void dropIndex(String name) {
        indexes.remove(lower(name));
    }

    void renameIndex(String name, String newName) {
        IndexDefinition index = indexes.remove(lower(name));
        if (index != null) {
            indexes.put(
                    lower(newName),
                    new IndexDefinition(Optional.of(newName), index.kind(), List.copyOf(index.parts())));
        }
    }

    void add(ForeignKey key, String table) {
        foreignKeys.put(lower(key.name().orElseGet(() -> table + "_ibfk_" + (foreignKeys.size() + 1))), key);
    }

    void add(Optional<String> name, Expression check, String table) {
        checks.put(lower(name.orElseGet(() -> table + "_chk_" + (checks.size() + 1))), check);
    }

    void dropConstraint(String name) {
        foreignKeys.remove(lower(name));
        checks.remove(lower(name));
        indexes.remove(lower(name));
    }

    /** A new table, with its options. */
    void putOptions(Map<String, String> changed) {
        options.putAll(changed);
    }

    /** Other options; another character set is that of columns to come, or of all when their text is converted. */
    void changeOptions(Map<String, String> changed, boolean convertsColumns) {
        if (convertsColumns) {
            columns.replaceAll((name, column) -> Columns.withTextOfTable(column));
            options.remove("collate");
        } else if (changed.containsKey("charset") || changed.containsKey("collate")) {
            columns.replaceAll((name, column) -> Columns.withTextOf(column, option("charset"), option("collate")));
            options.remove("collate");
        }
        options.putAll(changed);
    }

    /** The same shape under another name; foreign keys do not come along. */
    void copyShapeOf(KnownTable other) {
        columns.putAll(other.columns);
        indexes.putAll(other.indexes);
        checks.putAll(other.checks);
        options.putAll(other.options);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
