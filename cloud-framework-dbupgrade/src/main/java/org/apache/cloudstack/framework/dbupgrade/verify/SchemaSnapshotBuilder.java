package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A snapshot while it is being read, of databases by their places. The tables of this library are left out, with all that belongs to them. */
final class SchemaSnapshotBuilder {

    private final boolean mariaDb;
    private final LogicalNames names;
    private final Map<SchemaObject, String> objects = new HashMap<>();
    private final Map<String, List<String>> columnOrders = new HashMap<>();

    SchemaSnapshotBuilder(boolean mariaDb, LogicalNames names) {
        this.mariaDb = mariaDb;
        this.names = names;
    }

    LogicalNames names() {
        return names;
    }

    static boolean isOurs(String table) {
        return table.equals("flyway_schema_history") || table.startsWith("dbupgrade_");
    }

    void addDatabase(String schema, String text) {
        objects.put(new SchemaObject(SchemaKind.DATABASE, "", names.of(schema)), text);
    }

    /** Adds something that is directly in a database. */
    void add(SchemaKind kind, String schema, String name, String text) {
        if (!isOurs(name)) {
            objects.put(new SchemaObject(kind, names.of(schema), name), text);
        }
    }

    /** Adds something that belongs to a table. */
    void add(SchemaKind kind, String schema, String table, String name, String text) {
        if (!isOurs(table)) {
            objects.put(new SchemaObject(kind, names.of(schema) + "." + table, name), text);
        }
    }

    void addColumn(String schema, String table, String name, String text) {
        add(SchemaKind.COLUMN, schema, table, name, text);
        if (!isOurs(table)) {
            columnOrders
                    .computeIfAbsent(names.of(schema) + "." + table, key -> new ArrayList<>())
                    .add(name);
        }
    }

    SchemaSnapshot toSnapshot() {
        Map<String, List<String>> orders = new HashMap<>();
        columnOrders.forEach((table, columns) -> orders.put(table, List.copyOf(columns)));
        return new SchemaSnapshot(mariaDb, !names.isCaseSensitive(), objects, orders);
    }
}
