package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.PresentObjects;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.SchemaObject.Kind;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.plan.Action;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/**
 * Tables that a plan's statements change, and procedures that they call, which neither the databases have nor an earlier step
 * makes.
 */
final class NeededObjects {

    private final PresentObjects present;
    private final String schema;
    private final Set<SchemaObject> made = new HashSet<>();
    private final List<Missing> missing = new ArrayList<>();
    /** After a statement that may make anything, nothing is missing for sure. */
    private boolean mayHaveMade;

    /**
     * An object that a statement needs and that is not there.
     *
     * @param line the line of the statement in its script
     */
    record Missing(String script, int line, SchemaObject object) {}

    NeededObjects(PresentObjects present, String schema) {
        this.present = present;
        this.schema = schema;
    }

    /** What is missing for steps that run in this order. */
    List<Missing> missingFor(List<Step> steps) {
        steps.forEach(this::follow);
        return List.copyOf(missing);
    }

    private void follow(Step step) {
        if (!(step.migration().source() instanceof Source.Script)) {
            mayHaveMade = true;
            return;
        }
        for (Analysis statement : statements(step)) {
            // of what is half done, the first statements have had their effect
            boolean isAsked = step.action() != Action.RESUME;
            for (Operation operation : statement.operations()) {
                Optional<SchemaObject> lacking = needed(statement, operation).filter(this::isMissing);
                if (isAsked && lacking.isPresent()) {
                    missing.add(new Missing(
                            step.migration().script(), statement.statement().line(), lacking.get()));
                    isAsked = false;
                }
                remember(operation);
            }
            mayHaveMade |= statement.unknown().isPresent();
        }
    }

    private List<Analysis> statements(Step step) {
        try {
            return new StatementAnalyzer().analyze(step.migration().statements(), schema);
        } catch (UnreadableScriptException e) {
            // which is reported with all others, before anything starts
            mayHaveMade = true;
            return List.of();
        }
    }

    private boolean isMissing(SchemaObject object) {
        return !mayHaveMade && !made.contains(object) && present.isMissing(object);
    }

    private static Optional<SchemaObject> needed(Analysis statement, Operation operation) {
        if (!statement.calls().isEmpty()) {
            return Optional.of(procedure(statement.calls().get(0)));
        }
        boolean isGuarded =
                statement.statement().text().toUpperCase(Locale.ROOT).contains("IF EXISTS");
        return isGuarded ? Optional.empty() : changed(operation).map(NeededObjects::table);
    }

    private static Optional<ObjectName> changed(Operation operation) {
        if (operation instanceof ColumnOperation column) {
            return Optional.of(column.table());
        }
        if (operation instanceof KeyOperation key) {
            return Optional.of(key.table());
        }
        if (operation instanceof RowOperation rows) {
            return rows.changed().stream()
                    .findFirst()
                    .filter(any -> rows.changed().size() == 1);
        }
        return operation instanceof TableOperation table && !isCreation(table)
                ? Optional.of(table.table())
                : Optional.empty();
    }

    private void remember(Operation operation) {
        if (operation instanceof TableOperation.RenameTable rename) {
            made.add(table(rename.newName()));
        } else if (operation instanceof TableOperation table && isCreation(table)) {
            made.add(table(table.table()));
        } else if (operation instanceof ObjectOperation.CreateView view) {
            made.add(table(view.name()));
        } else if (operation instanceof ObjectOperation.CreateRoutine routine
                && routine.kind() == ObjectOperation.RoutineKind.PROCEDURE) {
            made.add(procedure(routine.name()));
        }
    }

    private static boolean isCreation(TableOperation operation) {
        return operation instanceof TableOperation.CreateTable
                || operation instanceof TableOperation.CreateTableLike
                || operation instanceof TableOperation.CreateTableAsSelect;
    }

    private static SchemaObject table(ObjectName table) {
        return new SchemaObject(Kind.TABLE, table.schema(), table.name(), "");
    }

    private static SchemaObject procedure(ObjectName name) {
        return new SchemaObject(Kind.PROCEDURE, name.schema(), "", name.name());
    }
}
