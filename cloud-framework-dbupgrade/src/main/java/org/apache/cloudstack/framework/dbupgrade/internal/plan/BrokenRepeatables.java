package org.apache.cloudstack.framework.dbupgrade.internal.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.RepeatableMigration;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;

/** Finds views that repeatables create from columns and tables which an earlier step of the plan drops. */
final class BrokenRepeatables {

    private final RepeatableReading reading;
    /** What is gone, in lower case, with the script that dropped it. */
    private final Map<String, String> gone = new HashMap<>();

    BrokenRepeatables(RepeatableReading reading) {
        this.reading = reading;
    }

    List<Finding> in(List<Step> steps) {
        List<Finding> findings = new ArrayList<>();
        for (Step step : steps.stream().filter(Step::runs).toList()) {
            follow(step.migration(), findings);
        }
        return findings.stream().distinct().toList();
    }

    /** What steps leave dropped: tables and columns, in lower case, each with the script that drops it. */
    Map<String, String> droppedBy(List<Step> steps) {
        in(steps);
        return Map.copyOf(gone);
    }

    private void follow(Migration migration, List<Finding> findings) {
        Optional<List<Analysis>> statements = reading.statements(migration);
        if (statements.isEmpty()) {
            gone.clear();
        }
        for (Analysis statement : statements.orElse(List.of())) {
            if (migration instanceof RepeatableMigration) {
                views(statement).forEach(view -> missing(view)
                        .ifPresent(object -> findings.add(FindingCode.REPEATABLE_READS_DROPPED.about(
                                migration.script(), object, gone.getOrDefault(object, "")))));
            }
            // one statement may swap names, so that what it drops comes before what it makes
            statement.operations().forEach(operation -> followDrop(operation, migration.script()));
            statement.operations().forEach(this::followCreation);
            if (statement.unknown().isPresent()) {
                // it may create again what was dropped
                gone.clear();
            }
        }
    }

    private static Stream<ObjectOperation.CreateView> views(Analysis statement) {
        return statement.operations().stream()
                .filter(ObjectOperation.CreateView.class::isInstance)
                .map(ObjectOperation.CreateView.class::cast);
    }

    private Optional<String> missing(ObjectOperation.CreateView view) {
        Optional<String> table = view.reads().tables().stream()
                .map(BrokenRepeatables::key)
                .filter(gone::containsKey)
                .sorted()
                .findFirst();
        return table.or(() -> view.required().stream()
                .filter(column -> !column.name().equals(Reads.ALL_COLUMNS))
                .map(column -> key(column.table(), column.name()))
                .filter(gone::containsKey)
                .sorted()
                .findFirst());
    }

    private void followDrop(Operation operation, String script) {
        if (operation instanceof ColumnOperation.DropColumn drop) {
            gone.put(key(drop.table(), drop.column()), script);
        } else if (operation instanceof ColumnOperation.ChangeColumn change && change.renames()) {
            gone.put(key(change.table(), change.column()), script);
        } else if (operation instanceof ColumnOperation.RenameColumn rename) {
            gone.put(key(rename.table(), rename.column()), script);
        } else if (operation instanceof TableOperation.DropTable drop && !drop.temporary()) {
            forget(drop.table());
            gone.put(key(drop.table()), script);
        } else if (operation instanceof TableOperation.RenameTable rename) {
            forget(rename.table());
            gone.put(key(rename.table()), script);
        } else if (operation instanceof ObjectOperation.DropView drop) {
            gone.put(key(drop.name()), script);
        }
    }

    private void followCreation(Operation operation) {
        if (operation instanceof ColumnOperation.AddColumn add) {
            gone.remove(key(add.table(), add.column()));
        } else if (operation instanceof ColumnOperation.ChangeColumn change) {
            gone.remove(key(change.table(), change.definition().name()));
        } else if (operation instanceof ColumnOperation.RenameColumn rename) {
            gone.remove(key(rename.table(), rename.newName()));
        } else if (operation instanceof TableOperation.RenameTable rename) {
            forget(rename.newName());
        } else if (operation instanceof ObjectOperation.CreateView create) {
            forget(create.name());
        } else if (operation instanceof TableOperation created && isCreation(created)) {
            forget(created.table());
        }
    }

    private static boolean isCreation(TableOperation operation) {
        return operation instanceof TableOperation.CreateTable
                || operation instanceof TableOperation.CreateTableLike
                || operation instanceof TableOperation.CreateTableAsSelect;
    }

    private void forget(ObjectName table) {
        String key = key(table);
        gone.keySet().removeIf(each -> each.equals(key) || each.startsWith(key + "."));
    }

    private static String key(ObjectName table) {
        return table.toString().toLowerCase(Locale.ROOT);
    }

    private static String key(ObjectName table, String column) {
        return key(table) + "." + column.toLowerCase(Locale.ROOT);
    }
}
