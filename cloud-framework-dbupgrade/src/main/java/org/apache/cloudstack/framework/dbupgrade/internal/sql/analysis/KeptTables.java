package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/**
 * Tables whose rows no rollback takes back, as statements in the order in which they run leave them; views, triggers and
 * procedures that write them are known too. Not for several threads.
 */
public final class KeptTables {

    private record Program(ObjectOperation.RoutineKind kind, ObjectName name) {}

    private record Body(Optional<ObjectName> table, Set<ObjectName> written) {}

    private final Set<String> transactional;
    private final Map<ObjectName, String> engines = new HashMap<>();
    private final Map<ObjectName, Set<ObjectName>> views = new HashMap<>();
    private final Map<Program, Body> programs = new HashMap<>();

    /**
     * None at first.
     *
     * @param transactional the engines that roll back, in lower case; a table without a stated engine is of one of these
     */
    public KeptTables(Set<String> transactional) {
        this.transactional = Set.copyOf(transactional);
    }

    /** Whether there are any. */
    public boolean exist() {
        return !engines.isEmpty();
    }

    /** Learns what a statement leaves behind. */
    public void remember(Analysis statement) {
        statement.operations().forEach(operation -> {
            remember(operation);
            if (operation instanceof ObjectOperation.CreateRoutine create) {
                Set<ObjectName> written =
                        statement.whenCalled().map(KeptTables::written).orElse(Set.of());
                programs.put(
                        program(create.kind(), create.name()),
                        new Body(create.table().map(KeptTables::lower), written));
            }
        });
    }

    /** Learns that a table is there. */
    public void remember(ObjectName table, String engine) {
        if (engine.isEmpty() || transactional.contains(engine.toLowerCase(Locale.ROOT))) {
            engines.remove(lower(table));
        } else {
            engines.put(lower(table), engine);
        }
    }

    private void remember(Operation operation) {
        if (operation instanceof TableOperation.CreateTable create) {
            if (!create.temporary()) {
                remember(create.table(), create.options().getOrDefault("engine", ""));
            }
        } else if (operation instanceof TableOperation.CreateTableAsSelect create) {
            if (!create.temporary()) {
                remember(create.table(), create.options().getOrDefault("engine", ""));
            }
        } else if (operation instanceof TableOperation.CreateTableLike like) {
            remember(like.table(), engines.getOrDefault(lower(like.source()), ""));
        } else if (operation instanceof TableOperation.ChangeTableOptions change) {
            Optional.ofNullable(change.options().get("engine")).ifPresent(engine -> remember(change.table(), engine));
        } else if (operation instanceof TableOperation.RenameTable rename) {
            remember(rename.newName(), engines.getOrDefault(lower(rename.table()), ""));
            engines.remove(lower(rename.table()));
        } else if (operation instanceof TableOperation.DropTable drop && !drop.temporary()) {
            engines.remove(lower(drop.table()));
        } else if (operation instanceof ObjectOperation.CreateView view) {
            views.put(lower(view.name()), view.reads().tables());
        } else if (operation instanceof ObjectOperation.DropView drop) {
            views.remove(lower(drop.name()));
        } else if (operation instanceof ObjectOperation.DropRoutine drop) {
            programs.remove(program(drop.kind(), drop.name()));
        } else if (operation instanceof DatabaseOperation.DropDatabase drop) {
            engines.keySet().removeIf(table -> table.schema().equalsIgnoreCase(drop.schema()));
        }
    }

    /** Those whose rows a statement changes, such as {@code log, MyISAM}; a definition, which nothing takes back, changes none. */
    public List<String> changedBy(Analysis statement) {
        if (engines.isEmpty() || statement.statement().commitsBefore()) {
            return List.of();
        }
        Set<ObjectName> met = new LinkedHashSet<>();
        written(statement.footprint()).forEach(table -> meet(table, met));
        statement.calls().forEach(procedure -> Optional.ofNullable(
                        programs.get(program(ObjectOperation.RoutineKind.PROCEDURE, procedure)))
                .ifPresent(body -> body.written().forEach(table -> meet(table, met))));
        List<String> names = new ArrayList<>();
        met.stream().filter(engines::containsKey).forEach(table -> names.add(table.name() + ", " + engines.get(table)));
        return names;
    }

    /** What is written through a table or view too. */
    private void meet(ObjectName name, Set<ObjectName> met) {
        ObjectName table = lower(name);
        if (met.add(table)) {
            views.getOrDefault(table, Set.of()).forEach(below -> meet(below, met));
            new HashSet<>(programs.values())
                    .stream()
                            .filter(body -> body.table().equals(Optional.of(table)))
                            .forEach(body -> body.written().forEach(other -> meet(other, met)));
        }
    }

    private static Set<ObjectName> written(Footprint footprint) {
        return footprint.rowsWritten().stream()
                .map(table -> new ObjectName(table.schema(), table.owner()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Program program(ObjectOperation.RoutineKind kind, ObjectName name) {
        return new Program(kind, lower(name));
    }

    private static ObjectName lower(ObjectName name) {
        return new ObjectName(
                name.schema().toLowerCase(Locale.ROOT), name.name().toLowerCase(Locale.ROOT));
    }
}
