package org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint;

import static org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.ALL;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;

/** Collects what one operation reads and writes. Whatever is touched reads what holds it. */
final class FootprintBuilder {

    private final Set<SchemaObject> reads = new HashSet<>();
    private final Set<SchemaObject> writes = new HashSet<>();
    private final Map<SchemaObject, RowSelection> rows = new HashMap<>();

    static Footprint of(Operation operation) {
        FootprintBuilder builder = new FootprintBuilder();
        if (operation instanceof TableOperation table) {
            new TableFootprint(builder).add(table);
        } else if (operation instanceof ColumnOperation column) {
            new ColumnFootprint(builder).add(column);
        } else if (operation instanceof KeyOperation key) {
            new KeyFootprint(builder).add(key);
        } else if (operation instanceof RowOperation change) {
            new RowFootprint(builder).add(change);
        } else if (operation instanceof ObjectOperation object) {
            builder.add(object);
        } else if (operation instanceof DatabaseOperation database) {
            builder.writes.add(SchemaObject.database(database.schema()));
        } else if (operation instanceof SessionOperation.SetVariables set) {
            builder.add(set);
        } else if (operation instanceof SessionOperation.CallKnown call) {
            builder.readsRows(call.reads());
            builder.reads(Kind.PROCEDURE, call.procedure());
        } else if (operation instanceof UndecidedOperation.CallProcedure call) {
            builder.readsRows(call.reads());
            builder.reads(Kind.PROCEDURE, call.procedure());
        }
        return new Footprint(builder.reads, builder.writes, builder.rows);
    }

    private void add(ObjectOperation operation) {
        readsDatabase(operation.name());
        if (operation instanceof ObjectOperation.CreateView view) {
            writes.add(SchemaObject.inTable(Kind.VIEW, view.name(), ""));
            readsDefinitions(view.reads());
        } else if (operation instanceof ObjectOperation.DropView view) {
            writes.add(SchemaObject.inTable(Kind.VIEW, view.name(), ""));
        } else if (operation instanceof ObjectOperation.CreateRoutine migration) {
            writes.add(SchemaObject.inDatabase(kindOf(migration.kind()), migration.name()));
            migration.table().ifPresent(table -> {
                readsTable(table);
                writes(Kind.ROW_RULE, table, migration.name().name());
            });
        } else if (operation instanceof ObjectOperation.DropRoutine migration) {
            writes.add(SchemaObject.inDatabase(kindOf(migration.kind()), migration.name()));
            if (migration.kind() == ObjectOperation.RoutineKind.TRIGGER) {
                writes.add(new SchemaObject(
                        Kind.ROW_RULE,
                        migration.name().schema(),
                        ALL,
                        migration.name().name()));
            }
        }
    }

    private void add(SessionOperation.SetVariables set) {
        readsRows(set.reads());
        if (set.global()) {
            set.names().forEach(name -> writes.add(new SchemaObject(Kind.SERVER_SETTING, "", "", name)));
        }
    }

    private static Kind kindOf(ObjectOperation.RoutineKind kind) {
        return switch (kind) {
            case PROCEDURE -> Kind.PROCEDURE;
            case FUNCTION -> Kind.FUNCTION;
            case TRIGGER -> Kind.TRIGGER;
            case EVENT -> Kind.EVENT;
        };
    }

    void readsDatabase(ObjectName name) {
        reads.add(SchemaObject.database(name.schema()));
    }

    void readsTable(ObjectName table) {
        readsDatabase(table);
        reads.add(SchemaObject.table(table));
    }

    void writesTable(ObjectName table) {
        readsDatabase(table);
        writes.add(SchemaObject.table(table));
    }

    void reads(Kind kind, ObjectName table, String name) {
        reads.add(SchemaObject.inTable(kind, table, name));
    }

    void reads(Kind kind, ObjectName table, Collection<String> names) {
        names.forEach(name -> reads(kind, table, name));
    }

    void reads(Kind kind, ObjectName name) {
        readsDatabase(name);
        reads.add(SchemaObject.inDatabase(kind, name));
    }

    void writes(Kind kind, ObjectName table, String name) {
        writes.add(SchemaObject.inTable(kind, table, name));
    }

    /** Constraints have their names in the database, not in the table. */
    void writesConstraint(ObjectName table, String name) {
        writes.add(new SchemaObject(Kind.CONSTRAINT, table.schema(), "", name));
    }

    void selects(ObjectName table, RowSelection selection) {
        rows.put(SchemaObject.table(table), selection);
    }

    /** Reads tables and columns, and what is in them. */
    void readsRows(Reads from) {
        readsDefinitions(from);
        for (ObjectName table : from.tables()) {
            if (!isCatalogue(table)) {
                reads(Kind.ROWS, table, "");
            }
        }
        for (Reads.Column column : from.columns()) {
            if (!isCatalogue(column.table())) {
                reads(Kind.CELLS, column.table(), column.name());
            }
        }
    }

    /** Reads tables and columns, but nothing that is in them. */
    void readsDefinitions(Reads from) {
        for (ObjectName table : from.tables()) {
            if (isCatalogue(table)) {
                reads.add(new SchemaObject(Kind.DEFINITIONS, ALL, "", ""));
            } else {
                readsTable(table);
            }
        }
        for (Reads.Column column : from.columns()) {
            if (!isCatalogue(column.table())) {
                reads(Kind.COLUMN, column.table(), column.name());
            }
        }
        from.functions().forEach(function -> reads(Kind.FUNCTION, function));
    }

    private static boolean isCatalogue(ObjectName table) {
        return table.schema().equalsIgnoreCase("information_schema");
    }
}
