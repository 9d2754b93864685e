package org.apache.cloudstack.framework.dbupgrade.preview;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.mysql.Schemas.TableName;
import org.apache.cloudstack.framework.dbupgrade.mysql.TableSizes;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.apache.cloudstack.framework.dbupgrade.plan.Step;
import org.apache.cloudstack.framework.dbupgrade.sql.Phase;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.Phases;
import org.apache.cloudstack.framework.dbupgrade.sql.analysis.StatementAnalyzer;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.KeyOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.Reads;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.sql.operation.TableOperation;

/**
 * A plan, with what each of its steps means for the databases as they are.
 *
 * @param plan the plan
 * @param steps its steps, in order
 */
public record PlanPreview(Plan plan, List<PreviewedStep> steps) {

    public PlanPreview {
        steps = List.copyOf(steps);
    }

    /**
     * Looks at scripts and table sizes; changes nothing.
     *
     * @param schemas the databases; the first is the current one of every script
     * @throws SQLException when the server does not answer
     */
    public static PlanPreview of(Connection connection, Plan plan, ScriptSplitter splitter, List<String> schemas)
            throws SQLException {
        Map<TableName, TableSizes.Size> sizes = TableSizes.read(connection, schemas);
        List<PreviewedStep> steps = new ArrayList<>();
        for (Step step : plan.steps()) {
            steps.add(previewed(step, splitter, schemas.get(0), sizes));
        }
        return new PlanPreview(plan, steps);
    }

    private static PreviewedStep previewed(
            Step step, ScriptSplitter splitter, String schema, Map<TableName, TableSizes.Size> sizes) {
        Routine routine = step.routine();
        List<SqlStatement> statements = routine.source() instanceof Source.Script script
                ? splitter.split(routine.script(), script.text())
                : List.of();
        List<Analysis> analyses = new StatementAnalyzer().analyze(statements, schema);
        Phase phase = routine.directives().phase().orElseGet(() -> Phases.of(analyses));
        List<Operation> operations = analyses.stream()
                .flatMap(analysis -> analysis.operations().stream())
                .toList();
        List<TableEstimate> tables = step.runs() ? tables(operations, schema, sizes) : List.of();
        return new PreviewedStep(step, phase, statements, operations, tables);
    }

    private static List<TableEstimate> tables(
            List<Operation> operations, String schema, Map<TableName, TableSizes.Size> sizes) {
        Map<TableName, Rewrite> rewrites = new LinkedHashMap<>();
        operations.forEach(operation -> changed(operation)
                .forEach(table -> rewrites.merge(
                        new TableName(table.schema().isEmpty() ? schema : table.schema(), table.name()),
                        Rewrite.of(operation),
                        (one, other) -> one.compareTo(other) > 0 ? one : other)));
        List<TableEstimate> estimates = new ArrayList<>();
        rewrites.forEach((table, rewrite) -> sizeOf(table, sizes)
                .ifPresent(size -> estimates.add(
                        new TableEstimate(table.schema() + "." + table.name(), size.rows(), size.bytes(), rewrite))));
        return estimates;
    }

    private static Optional<TableSizes.Size> sizeOf(TableName table, Map<TableName, TableSizes.Size> sizes) {
        return Optional.ofNullable(sizes.get(table))
                .or(() -> Optional.ofNullable(
                        sizes.get(new TableName(table.schema(), table.name().toLowerCase(Locale.ROOT)))));
    }

    private static Stream<ObjectName> changed(Operation operation) {
        if (operation instanceof TableOperation table) {
            return Stream.of(table.table());
        }
        if (operation instanceof ColumnOperation column) {
            return Stream.of(column.table());
        }
        if (operation instanceof KeyOperation key) {
            return Stream.of(key.table());
        }
        return operation instanceof RowOperation rows ? changedRows(rows) : Stream.empty();
    }

    private static Stream<ObjectName> changedRows(RowOperation operation) {
        if (operation instanceof RowOperation.UpdateRows update) {
            return update.written().stream().map(Reads.Column::table).distinct();
        }
        return operation instanceof RowOperation.DeleteRows delete ? delete.tables().stream() : Stream.empty();
    }
}
