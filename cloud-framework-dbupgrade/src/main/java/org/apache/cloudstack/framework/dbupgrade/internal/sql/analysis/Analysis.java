package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.footprint.Footprint;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Value;

/**
 * What is known of one statement.
 *
 * @param statement the statement, with its place in the script
 * @param operations what it does, in order; empty when it holds nothing but comments, or cannot be read
 * @param footprint what it reads and writes, as far as that is known
 * @param unknown why it cannot be decided what the statement changes; it then commutes with nothing
 * @param nonDeterministic what makes its result differ between runs and servers, one sentence each
 * @param dependsOnRows why what it does to definitions depends on what is in tables
 * @param whenCalled what a stored program that it creates would touch; empty when that cannot be determined
 */
public record Analysis(
        SqlStatement statement,
        List<Operation> operations,
        Footprint footprint,
        Optional<String> unknown,
        List<String> nonDeterministic,
        Optional<String> dependsOnRows,
        Optional<Footprint> whenCalled) {

    /** An id that a statement gives to a new row. */
    public record LiteralId(ObjectName table, String value) {}

    public Analysis {
        operations = List.copyOf(operations);
        nonDeterministic = List.copyOf(nonDeterministic);
    }

    /** A statement that is known by its operations alone. */
    static Analysis decided(SqlStatement statement, List<? extends Operation> operations) {
        return new Analysis(
                statement,
                List.copyOf(operations),
                footprintOf(operations),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Something of which only the footprint is known, such as code that declares it. */
    public static Analysis declared(SqlStatement statement, Footprint footprint) {
        return new Analysis(
                statement, List.of(), footprint, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    static Footprint footprintOf(List<? extends Operation> operations) {
        return operations.stream().map(Footprint::of).reduce(Footprint.NONE, Footprint::plus);
    }

    /** A statement of which nothing is known but why. */
    static Analysis unknown(SqlStatement statement, String reason) {
        return new Analysis(
                statement,
                List.of(),
                Footprint.NONE,
                Optional.of(reason),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The literal values that new rows get in a column {@code id}, which the server would count up. */
    public List<LiteralId> literalIds() {
        return operations.stream()
                .filter(RowOperation.InsertRows.class::isInstance)
                .map(RowOperation.InsertRows.class::cast)
                .flatMap(
                        insert -> RowSelection.ofNewRows(insert.columns(), insert.rows())
                                .values()
                                .getOrDefault(RowSelection.ID, List.of())
                                .stream()
                                .map(Value::text)
                                .map(id -> new LiteralId(insert.table(), id)))
                .toList();
    }

    /** Whether it changes definitions, as a call or a prepared statement may too. */
    public boolean changesDefinitions() {
        return statement.isDefinition()
                || operations.stream()
                        .anyMatch(each -> !(each instanceof RowOperation || each instanceof SessionOperation));
    }

    /** The procedures that are called. */
    public List<ObjectName> calls() {
        return operations.stream()
                .map(Analysis::called)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ObjectName> called(Operation operation) {
        if (operation instanceof SessionOperation.CallKnown call) {
            return Optional.of(call.procedure());
        }
        return operation instanceof UndecidedOperation.CallProcedure call
                ? Optional.of(call.procedure())
                : Optional.empty();
    }
}
