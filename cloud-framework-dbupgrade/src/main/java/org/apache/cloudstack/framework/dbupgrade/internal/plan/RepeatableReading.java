package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;

/** What migrations make and read, by objects; each migration is read once. */
final class RepeatableReading {

    private final MigrationAnalyses analyses;
    private final Map<String, Set<SchemaObject>> made = new HashMap<>();
    private final Map<String, Set<SchemaObject>> needed = new HashMap<>();

    RepeatableReading(MigrationAnalyses analyses) {
        this.analyses = analyses;
    }

    /** What a migration does; empty where its code declares nothing, or its script cannot be read, which others report. */
    Optional<List<Analysis>> statements(Migration migration) {
        try {
            return analyses.of(migration);
        } catch (UnreadableScriptException e) {
            return Optional.empty();
        }
    }

    Stream<Operation> operations(Migration migration) {
        return statements(migration).stream().flatMap(List::stream).flatMap(each -> each.operations().stream());
    }

    /** The tables, views and stored programs that a migration creates and does not drop again. */
    Set<SchemaObject> made(Migration migration) {
        return made.computeIfAbsent(migration.key(), key -> {
            Set<SchemaObject> objects = new LinkedHashSet<>();
            operations(migration).forEach(operation -> {
                if (makes(operation)) {
                    objects.addAll(named(Footprint.of(operation).writes()));
                } else if (drops(operation)) {
                    objects.removeAll(named(Footprint.of(operation).writes()));
                }
            });
            return objects;
        });
    }

    /** Whether a migration drops one of these. */
    boolean drops(Migration migration, SchemaObject object) {
        return operations(migration)
                .filter(RepeatableReading::drops)
                .anyMatch(operation -> named(Footprint.of(operation).writes()).contains(object));
    }

    /** Those that must exist when it runs, and that it does not create itself. */
    Set<SchemaObject> needed(Migration migration) {
        return needed.computeIfAbsent(migration.key(), key -> {
            Set<SchemaObject> objects = new HashSet<>();
            operations(migration)
                    .forEach(operation ->
                            objects.addAll(named(Footprint.of(operation).reads())));
            objects.removeAll(made(migration));
            return objects;
        });
    }

    private static boolean makes(Operation operation) {
        return operation instanceof ObjectOperation.CreateView
                || operation instanceof ObjectOperation.CreateRoutine
                || operation instanceof TableOperation.CreateTable
                || operation instanceof TableOperation.CreateTableLike
                || operation instanceof TableOperation.CreateTableAsSelect;
    }

    private static boolean drops(Operation operation) {
        return operation instanceof ObjectOperation.DropView
                || operation instanceof ObjectOperation.DropRoutine
                || operation instanceof TableOperation.DropTable;
    }

    /** Tables and views share their names. */
    private static Set<SchemaObject> named(Set<SchemaObject> objects) {
        Set<SchemaObject> named = new LinkedHashSet<>();
        for (SchemaObject object : objects) {
            switch (object.kind()) {
                case TABLE, VIEW -> named.add(new SchemaObject(Kind.TABLE, object.schema(), object.owner(), ""));
                case PROCEDURE, FUNCTION, TRIGGER, EVENT -> named.add(object);
                default -> {
                    // what belongs to a table is not made or needed without it
                }
            }
        }
        return named;
    }
}
