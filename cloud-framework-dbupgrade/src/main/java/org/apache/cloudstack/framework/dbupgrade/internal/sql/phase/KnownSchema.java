package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/**
 * What operations left behind, folded in the order in which they run: tables, views and stored programs, and which of them
 * came since older nodes were made. What no operation reported is not known. Not for several threads.
 */
public final class KnownSchema {

    private record Program(ObjectOperation.RoutineKind kind, ObjectName name) {}

    private final Map<ObjectName, KnownTable> tables = new HashMap<>();
    private final Map<ObjectName, Optional<Set<String>>> views = new HashMap<>();
    private final Set<Program> programs = new HashSet<>();
    private final Set<Object> ofOlderServers = new HashSet<>();
    private final AbsentTables absent = new AbsentTables();

    /** From now on older nodes know all that is here: a release starts. */
    public void age() {
        tables.values().forEach(KnownTable::age);
        ofOlderServers.clear();
        ofOlderServers.addAll(tables.keySet());
        ofOlderServers.addAll(views.keySet());
        ofOlderServers.addAll(programs);
    }

    /** Whether no database that older nodes use has a table or view of this name, as scripts made all that it has. */
    boolean isAbsent(ObjectName name) {
        boolean hasOlderTables = ofOlderServers.stream()
                .anyMatch(object -> object instanceof ObjectName table
                        && tables.containsKey(table)
                        && table.schema().equalsIgnoreCase(name.schema()));
        return hasOlderTables && table(name).isEmpty() && !isView(name) && absent.isAbsent(name);
    }

    /** Learns that a statement cannot be read: it may create whatever it names. */
    void rememberUnknown(String text) {
        absent.touchAnyOf(text);
    }

    /** Learns what an operation leaves behind. */
    public void remember(Operation operation) {
        if (operation instanceof TableOperation table) {
            remember(table);
        } else if (operation instanceof ColumnOperation column) {
            remember(column);
        } else if (operation instanceof KeyOperation key) {
            remember(key);
        } else if (operation instanceof ObjectOperation object) {
            remember(object);
        } else if (operation instanceof RowOperation rows) {
            rows.changed().stream()
                    .filter(table -> table(table).isEmpty() && !isView(table))
                    .forEach(absent::touchUnknown);
        } else if (operation instanceof DatabaseOperation.DropDatabase drop) {
            tables.keySet().removeIf(table -> table.schema().equalsIgnoreCase(drop.schema()));
            views.keySet().removeIf(view -> view.schema().equalsIgnoreCase(drop.schema()));
            programs.removeIf(program -> program.name().schema().equalsIgnoreCase(drop.schema()));
        }
    }

    Optional<KnownTable> table(ObjectName name) {
        return Optional.ofNullable(tables.get(lower(name)));
    }

    boolean isNewTable(ObjectName name) {
        return table(name).filter(KnownTable::isNew).isPresent();
    }

    boolean isView(ObjectName name) {
        return views.containsKey(lower(name));
    }

    boolean isNewView(ObjectName name) {
        return isView(name) && !ofOlderServers.contains(lower(name));
    }

    /** The columns of a view; empty when they are not known. */
    Optional<Set<String>> columnsOfView(ObjectName name) {
        return views.getOrDefault(lower(name), Optional.empty());
    }

    boolean isNewProgram(ObjectOperation.RoutineKind kind, ObjectName name) {
        Program program = new Program(kind, lower(name));
        return programs.contains(program) && !ofOlderServers.contains(program);
    }

    private KnownTable tableToChange(ObjectName name) {
        return tables.computeIfAbsent(lower(name), any -> {
            absent.touchUnknown(name);
            return new KnownTable(false);
        });
    }

    private KnownTable newTable(ObjectName name) {
        KnownTable table = new KnownTable(!ofOlderServers.contains(lower(name)));
        tables.put(lower(name), table);
        return table;
    }

    private void remember(TableOperation operation) {
        if (operation instanceof TableOperation.CreateTable create) {
            create(create);
        } else if (operation instanceof TableOperation.CreateTableLike like) {
            if (!like.ifNotExists() || table(like.table()).isEmpty()) {
                KnownTable table = newTable(like.table());
                table(like.source()).ifPresent(table::copyShapeOf);
            }
        } else if (operation instanceof TableOperation.CreateTableAsSelect create) {
            if (create.temporary()) {
                absent.putTemporary(create.table());
            } else {
                create.columns().forEach(newTable(create.table())::put);
            }
        } else if (operation instanceof TableOperation.DropTable drop) {
            if (!drop.temporary() && tables.remove(lower(drop.table())) == null && !drop.ifExists()) {
                absent.touchUnknown(drop.table());
            }
        } else if (operation instanceof TableOperation.RenameTable rename) {
            KnownTable table = tables.remove(lower(rename.table()));
            if (table == null) {
                absent.touchUnknown(rename.table());
            } else {
                tables.put(lower(rename.newName()), table);
            }
        } else if (operation instanceof TableOperation.ChangeTableOptions change) {
            tableToChange(change.table()).changeOptions(change.options(), change.convertsColumns());
        }
    }

    private void create(TableOperation.CreateTable create) {
        if (create.temporary()) {
            absent.putTemporary(create.table());
            return;
        }
        if (create.ifNotExists() && table(create.table()).isPresent()) {
            return;
        }
        KnownTable table = newTable(create.table());
        String name = create.table().name();
        create.columns().forEach(table::put);
        create.indexes().forEach(table::add);
        create.foreignKeys().forEach(key -> table.add(key, name));
        create.checks().forEach(check -> table.add(Optional.empty(), check, name));
        table.putOptions(create.options());
    }

    private void remember(ColumnOperation operation) {
        KnownTable table = tableToChange(operation.table());
        if (operation instanceof ColumnOperation.AddColumn add) {
            if (!add.ifNotExists() || table.column(add.column()).isEmpty()) {
                table.put(add.definition());
            }
        } else if (operation instanceof ColumnOperation.DropColumn drop) {
            table.dropColumn(drop.column());
        } else if (operation instanceof ColumnOperation.ChangeColumn change) {
            table.change(change.column(), change.definition());
        } else if (operation instanceof ColumnOperation.RenameColumn rename) {
            table.column(rename.column())
                    .ifPresent(column -> table.change(rename.column(), Columns.renamed(column, rename.newName())));
        } else if (operation instanceof ColumnOperation.SetDefault set) {
            table.column(set.column())
                    .ifPresent(column -> table.put(Columns.withDefault(column, Optional.of(set.value()))));
        } else if (operation instanceof ColumnOperation.DropDefault drop) {
            table.column(drop.column()).ifPresent(column -> table.put(Columns.withDefault(column, Optional.empty())));
        }
    }

    private void remember(KeyOperation operation) {
        KnownTable table = tableToChange(operation.table());
        String name = operation.table().name();
        if (operation instanceof KeyOperation.AddIndex add) {
            table.add(add.index());
        } else if (operation instanceof KeyOperation.DropIndex drop) {
            table.dropIndex(drop.index());
        } else if (operation instanceof KeyOperation.RenameIndex rename) {
            table.renameIndex(rename.index(), rename.newName());
        } else if (operation instanceof KeyOperation.AddForeignKey add) {
            table.add(add.foreignKey(), name);
        } else if (operation instanceof KeyOperation.AddCheck add) {
            table.add(add.name(), add.condition(), name);
        } else if (operation instanceof KeyOperation.DropForeignKey drop) {
            table.dropConstraint(drop.name());
        } else if (operation instanceof KeyOperation.DropConstraint drop) {
            table.dropConstraint(drop.name());
        }
    }

    private void remember(ObjectOperation operation) {
        if (operation instanceof ObjectOperation.CreateView view) {
            views.put(lower(view.name()), view.columns());
        } else if (operation instanceof ObjectOperation.DropView drop) {
            views.remove(lower(drop.name()));
        } else if (operation instanceof ObjectOperation.CreateRoutine create) {
            programs.add(new Program(create.kind(), lower(create.name())));
        } else if (operation instanceof ObjectOperation.DropRoutine drop) {
            programs.remove(new Program(drop.kind(), lower(drop.name())));
        }
    }

    private static ObjectName lower(ObjectName name) {
        return new ObjectName(
                name.schema().toLowerCase(Locale.ROOT), name.name().toLowerCase(Locale.ROOT));
    }
}
