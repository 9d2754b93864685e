package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was inserted: {@code TestData.in(database).rows("vm", 1000).insert().in("cloud.vm")} is 1000.
 *
 * @param seed makes the same rows again, from the same beginning
 * @param tables the number of rows by table, written {@code cloud.vm}, in the order in which they were filled; parents that
 *     nobody asked for are among them
 */
public record InsertedRows(long seed, Map<String, Long> tables) {

    public InsertedRows {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** The rows of one table, written {@code cloud.vm}; 0 when it got none. */
    public long in(String table) {
        return tables.getOrDefault(table, 0L);
    }

    /** The rows of all tables. */
    public long total() {
        return tables.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return total() + " rows in " + tables.size() + " tables, by seed " + seed;
    }
}
